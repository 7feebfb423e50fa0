from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from devices.contract import DeviceCode, NotPrinted, Printed, PrinterReady, Uncertain
from kiosk.domain.health import Component
from kiosk.domain.issuance import PAGE_PRINTER
from kiosk.domain.journal import StoreError
from kiosk.domain.sheets import acceptance_receipt, guide_slip, trial_page
from kiosk.flow.commands import AcceptanceWish, GuideWish, ReportWish, TrialPageWish
from kiosk.flow.events import SheetSettled
from kiosk.log import LogEvent
from kiosk.work.inbox import Inbox
from kiosk.work.outlets import STATUS_DEADLINE, Outlet, roll_of
from kiosk.work.press import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from devices.contract import Printer, PrintOutcome, ReceiptPrinter
    from kiosk.domain.bench import BenchBook
    from kiosk.domain.sheets import Say, SheetPlace
    from kiosk.flow.commands import PrintSheet, SheetWish
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.scene.contract import Language
    from kiosk.work.store_state import StoreState
    from printer_templates.contract import PaperCode, Papers, ReadinessReport, Sheet


@dataclass(frozen=True, slots=True)
class SheetTools:
    """What sheets are made of and where they come out. Page printers are connections of this worker's own.

    `trial_printers` are those that a test page may be sent to; `words` gives the words of a catalogue key,
    "" where there are none; `report` makes the report that somebody of the staff asks for.
    """

    open_papers: Callable[[], Papers]
    page_printer: Printer
    receipt_printer: ReceiptPrinter | None
    trial_printers: Mapping[Component, Printer]
    place: SheetPlace
    words: Callable[[str, Language], str]
    report: Callable[[str], ReadinessReport]
    book: BenchBook
    store_state: StoreState
    now: Callable[[], datetime]
    post: Callable[[Event], None]
    log: Log


class SheetWorker:
    """Prints sheets that name nobody, one after the other. No number, no journal, no person."""

    name = "sheets"

    def __init__(self, tools: SheetTools) -> None:
        self._tools = tools
        self._inbox: Inbox[tuple[SheetWish, threading.Event]] = Inbox()
        self._cancelled = threading.Event()  # of every sheet that was ordered since the last cancel

    def order(self, order: PrintSheet) -> None:
        """Print this in its turn; always answered by SheetSettled."""
        self._inbox.put((order.sheet, self._cancelled))

    def cancel(self) -> None:
        """Cancel the sheet that is printed now and those that wait; not any later one."""
        cancelled, self._cancelled = self._cancelled, threading.Event()
        cancelled.set()

    def close(self) -> None:
        """Make `run` come to an end, in the middle of a sheet too."""
        self._inbox.close()

    def run(self) -> None:
        """Work until closed."""
        tools = self._tools
        try:
            press = Press(tools.open_papers(), tools.book, tools.store_state)
            while True:
                if received := self._inbox.take():
                    self._print(press, *received)
        finally:
            for printer in (tools.page_printer, *tools.trial_printers.values()):
                printer.close()

    def _print(self, press: Press, wish: SheetWish, cancelled: threading.Event) -> None:
        def wants_cancel() -> bool:
            self._inbox.check_open()
            return cancelled.is_set()

        outcome = self._try_all(press, wish, wants_cancel)
        kind, told = type(wish).__name__, outcome_word(outcome)
        self._tools.log.info(LogEvent.SHEET_SETTLED, sheet=kind, outcome=told)
        self._tools.post(SheetSettled(outcome))

    def _try_all(
        self, press: Press, wish: SheetWish, wants_cancel: Callable[[], bool]
    ) -> PrintOutcome | PaperCode:
        """Try the roll where it is ready, and A4 where nothing at all came out there."""
        try:
            sheet = self._sheet(wish)
        except StoreError as error:
            self._tools.store_state.failed(error.code)
            return NotPrinted(DeviceCode.JOB_CANCELLED, error.code)
        outcome: PrintOutcome | PaperCode = NotPrinted(DeviceCode.PRINTER_UNREACHABLE, "not fitted")
        for outlet in self._outlets(wish):
            outcome = press.print(sheet, outlet, wants_cancel)
            if not isinstance(outcome, NotPrinted):
                break
        return outcome

    def _sheet(self, wish: SheetWish) -> Sheet:
        tools, now = self._tools, self._tools.now()
        match wish:
            case AcceptanceWish(reason, language):
                return acceptance_receipt(tools.place, reason, self._say(language), now)
            case GuideWish(service, language):
                return guide_slip(tools.place, service, self._say(language), now)
            case ReportWish(staff):
                return tools.report(staff)
            case TrialPageWish(component):
                return trial_page(tools.place, component, now)
            case _:
                assert_never(wish)

    def _say(self, language: Language) -> Say:
        return lambda key: self._tools.words(key, language)

    def _outlets(self, wish: SheetWish) -> tuple[Outlet, ...]:
        """Where this may come out, the best first."""
        tools = self._tools
        page = Outlet(PAGE_PRINTER, tools.page_printer)
        roll = (roll_of(tools.receipt_printer),) if tools.receipt_printer else ()
        match wish:
            case ReportWish():
                return (page,)
            case TrialPageWish(Component.RECEIPT_PRINTER):
                return roll
            case TrialPageWish(component):
                printer = tools.trial_printers.get(component)
                return (Outlet(PAGE_PRINTER, printer),) if printer else ()
            case AcceptanceWish() | GuideWish():
                ready = (each for each in roll if _is_ready(each))
                return (*ready, page)
            case _:
                assert_never(wish)


def outcome_word(outcome: PrintOutcome | PaperCode) -> str:
    """What the log says of it."""
    match outcome:
        case Printed():
            return "printed"
        case NotPrinted(code) | Uncertain(code):
            return code
        case code:
            return code


def _is_ready(outlet: Outlet) -> bool:
    return isinstance(outlet.printer.status(STATUS_DEADLINE), PrinterReady)
