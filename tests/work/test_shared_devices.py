"""A receipt printer and an I/O board have one line: papers, sheets, trials and watches take turns on it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import (
    BoardReading,
    DeviceCode,
    DeviceFault,
    Light,
    NotPrinted,
    PrintDocument,
    Printed,
    PrinterBlocked,
    PrinterFacts,
    PrinterReady,
    PrinterUnknown,
    PrintProgress,
    RollPaper,
)
from kiosk.work.shared_devices import SharedIoBoard, SharedReceiptPrinter
from tests.devices.page.onlooker import Onlooker
from tests.work.builders import ObedientPrinter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.contract import BoardStatus, PrinterStatus, PrintObserver, PrintOutcome

SECOND, AT_ONCE = timedelta(seconds=1), timedelta(seconds=0.01)
SLIP = PrintDocument("QJ.1.slip", b"", 1)


class RollPrinter(ObedientPrinter):
    """A receipt printer that stands still in the middle of a slip until it is let go."""

    roll = RollPaper(80, 576)
    mood: PrinterStatus = PrinterReady("roll")

    def __init__(self) -> None:
        super().__init__(at=self._stand_still)
        self.is_busy, self.may_end = threading.Event(), threading.Event()

    def status(self, deadline: timedelta) -> PrinterStatus:
        self.deadlines.append(deadline)
        return self.mood

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        self._observer = observer
        return super().print(document, observer, deadline)

    def tell(self, waiting_for: DeviceCode | None) -> None:
        self._observer.progressed(PrintProgress(0, waiting_for))

    def _stand_still(self, step: str) -> None:
        if step == "sending":
            self.is_busy.set()
            assert self.may_end.wait(5)


class Impatient(Onlooker):
    """Wants to cancel whenever it is asked."""

    def wants_cancel(self) -> bool:
        return True


@contextmanager
def busy(
    shared: SharedReceiptPrinter, printer: RollPrinter, observer: PrintObserver | None = None
) -> Iterator[None]:
    """While another thread prints a slip; at the end the slip comes out."""
    thread = threading.Thread(target=shared.print, args=(SLIP, observer or Onlooker(), SECOND))
    thread.start()
    assert printer.is_busy.wait(5)
    yield
    printer.may_end.set()
    thread.join(5)


def test_whoever_watches_a_printer_while_it_prints_hears_the_last_status() -> None:
    printer = RollPrinter()
    shared = SharedReceiptPrinter(printer)
    assert shared.status(SECOND) == PrinterReady("roll")
    with busy(shared, printer):
        printer.mood = PrinterBlocked(DeviceCode.RECEIPT_PAPER_OUT)

        assert shared.status(AT_ONCE) == PrinterReady("roll")

    assert shared.status(SECOND) == PrinterBlocked(DeviceCode.RECEIPT_PAPER_OUT)


def test_a_printer_that_stops_in_the_middle_of_a_slip_is_not_good_while_it_hangs() -> None:
    printer = RollPrinter()
    printer.mood = PrinterReady("roll", facts=PrinterFacts(serial="R1"))
    shared = SharedReceiptPrinter(printer)
    shared.status(SECOND)
    with busy(shared, printer):
        printer.tell(DeviceCode.RECEIPT_PAPER_OUT)
        hung = shared.status(AT_ONCE)
        printer.tell(None)
        going_on = shared.status(AT_ONCE)

    assert hung == PrinterBlocked(DeviceCode.RECEIPT_PAPER_OUT)
    assert going_on == PrinterReady("roll")
    assert isinstance(hung, PrinterBlocked)
    assert hung.facts == PrinterFacts(serial="R1")


def test_the_one_who_prints_hears_it_too() -> None:
    printer, onlooker = RollPrinter(), Onlooker()
    shared = SharedReceiptPrinter(printer)
    with busy(shared, printer, onlooker):
        printer.tell(DeviceCode.RECEIPT_COVER_OPEN)

    assert onlooker.waited_for() == [DeviceCode.RECEIPT_COVER_OPEN]


def test_a_printer_that_another_holds_is_not_closed_under_its_hands() -> None:
    printer = RollPrinter()
    shared = SharedReceiptPrinter(printer)
    with busy(shared, printer):
        shared.close()
        assert "close" not in printer.asked

    shared.close()
    assert "close" in printer.asked


def test_a_printer_never_asked_before_is_unknown_while_it_prints() -> None:
    printer = RollPrinter()
    shared = SharedReceiptPrinter(printer)
    with busy(shared, printer):
        assert isinstance(shared.status(AT_ONCE), PrinterUnknown)


def test_a_slip_that_waits_for_another_can_be_cancelled_and_was_never_sent() -> None:
    printer = RollPrinter()
    shared = SharedReceiptPrinter(printer)
    with busy(shared, printer):
        second = Impatient()

        assert shared.print(SLIP, second, SECOND) == NotPrinted(DeviceCode.JOB_CANCELLED)
        assert second.told == []

    assert len(printer.printed) == 1


def test_a_slip_whose_turn_never_comes_is_not_printed_and_nothing_was_begun() -> None:
    printer = RollPrinter()
    shared = SharedReceiptPrinter(printer)
    with busy(shared, printer):
        second = Onlooker()

        assert shared.print(SLIP, second, AT_ONCE) == NotPrinted(DeviceCode.RECEIPT_OFFLINE, "busy")
        assert second.told == []


def test_a_slip_that_waited_is_told_what_is_left_of_its_deadline() -> None:
    printer = RollPrinter()
    printer.may_end.set()

    outcome = SharedReceiptPrinter(printer).print(SLIP, Onlooker(), SECOND)

    assert outcome == Printed(1)
    assert printer.deadlines[-1] <= SECOND


class HeldBoard:
    """An I/O board that answers once it may."""

    def __init__(self) -> None:
        self.is_asked, self.may_answer = threading.Event(), threading.Event()

    def status(self, deadline: timedelta) -> BoardStatus:
        assert deadline <= SECOND
        self.is_asked.set()
        assert self.may_answer.wait(5)
        return BoardReading(door_open=False, tampered=False, lit=frozenset())

    def light(self, lit: frozenset[Light], deadline: timedelta) -> BoardStatus:
        assert deadline <= SECOND
        return BoardReading(door_open=False, tampered=False, lit=lit)

    def close(self) -> None:
        """Nothing is open."""


def test_a_board_that_another_holds_is_silent_and_later_answers() -> None:
    board = HeldBoard()
    shared = SharedIoBoard(board)
    thread = threading.Thread(target=shared.status, args=(SECOND,))
    thread.start()
    assert board.is_asked.wait(5)

    assert shared.light(frozenset(Light), AT_ONCE) == DeviceFault(DeviceCode.BOARD_SILENT, "busy")
    board.may_answer.set()
    thread.join(5)
    lit = shared.light(frozenset(Light), SECOND)
    assert isinstance(lit, BoardReading)
    assert lit.lit == frozenset(Light)
