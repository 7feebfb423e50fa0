"""Guided tests of devices: what a device can tell is told, and what only a person can see is left to them."""

from __future__ import annotations

import io
import queue
import threading
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from devices.addresses import open_board, open_printer, open_receipt_printer, open_ups
from devices.contract import DeviceCode
from devices.simulators.board.board import BoardSimulator
from devices.simulators.escpos.printer import ReceiptSimulator
from devices.simulators.page.faults import Fault, FaultName
from devices.simulators.page.simulator import PagePrinterSimulator
from devices.simulators.ups.upsd import UpsSimulator
from devices.simulators.wires import TcpWire, TerminalWire
from kiosk.domain.health import Board, Component, Finding, Health
from kiosk.domain.issuance import PAGE_PRINTER
from kiosk.domain.sheets import SheetPlace, trial_page
from kiosk.flow.commands import TryDevice
from kiosk.log import Log
from kiosk.work.inbox import ClosedError
from kiosk.work.outlets import Outlet, roll_of
from kiosk.work.store_state import StoreState
from kiosk.work.trial_worker import TrialTools, TrialWorker
from printer_templates.maker import PaperMaker
from printer_templates.specimen import FONT_BOLD, FONT_REGULAR
from tests.store.builders import Bench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from devices.contract import IoBoard, Printer, Ups
    from kiosk.flow.events import TrialFinished

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
PLACE = SheetPlace("乐楼社区居民委员会", "0913-0000103", "CG-KSK-03", "乐楼社区便民服务点")
GOOD = Finding(Component.ID_READER, Health.GOOD, NOW, detail="05.01")


class Hall:
    """A trial worker with whatever was given to it, and what it said."""

    def __init__(
        self,
        directory: Path,
        printers: dict[Component, tuple[Printer, Outlet]] | None = None,
        board: IoBoard | None = None,
        ups: Ups | None = None,
    ) -> None:
        self.said: queue.Queue[TrialFinished] = queue.Queue()
        self.store = Bench(directory / "state").store
        log = Log(io.StringIO())
        tools = TrialTools(
            open_papers=lambda: PaperMaker(FONT_REGULAR, FONT_BOLD),
            printers=printers or {},
            page=lambda component: trial_page(PLACE, component, NOW),
            io_board=board,
            ups=ups,
            platform=None,  # type: ignore[arg-type]  # no step of these tests asks it
            board=lambda: Board((GOOD,)),
            book=self.store.bench,
            store_state=StoreState(lambda _event: None, log),
            post=self.said.put,  # type: ignore[arg-type]  # it says nothing else
            log=log,
            longest_s=1.0,
        )
        self.worker = TrialWorker(tools)

    def take(self, component: Component, step: str) -> TrialFinished:
        self.worker.order(TryDevice(component, step))
        return self.said.get(timeout=20)


@contextmanager
def at_work(hall: Hall) -> Iterator[Hall]:
    from_work = threading.Thread(target=_run, args=(hall.worker,))
    from_work.start()
    try:
        yield hall
    finally:
        hall.worker.close()
        from_work.join(10)
        hall.store.close()


def _run(worker: TrialWorker) -> None:
    with suppress(ClosedError):
        worker.run()


def test_a_page_comes_out_and_a_person_looks_at_it(tmp_path: Path) -> None:
    with closing(PagePrinterSimulator(tmp_path / "spool")) as press:
        press.start()
        printer = open_printer(press.address)
        printers = {Component.PAGE_PRINTER: (printer, Outlet(PAGE_PRINTER, printer))}
        with at_work(Hall(tmp_path, printers)) as hall:
            status = hall.take(Component.PAGE_PRINTER, "status")
            page = hall.take(Component.PAGE_PRINTER, "page")
            press.fault(Fault(FaultName.PAPER_OUT))
            empty = hall.take(Component.PAGE_PRINTER, "status")
            pages = hall.store.bench.count().pages

    assert (status.passed, page.passed, page.code) == (True, None, None)
    assert (empty.passed, empty.code) == (False, DeviceCode.PRINTER_PAPER_OUT)
    assert len(list((tmp_path / "spool").glob("*.pdf"))) == 1
    assert pages == 1


def test_a_slip_comes_out(tmp_path: Path) -> None:
    with closing(ReceiptSimulator(TcpWire("tcp"), tmp_path / "slips", 576)) as press:
        printer = open_receipt_printer(press.address)
        with at_work(Hall(tmp_path, {Component.RECEIPT_PRINTER: (printer, roll_of(printer))})) as hall:
            slip = hall.take(Component.RECEIPT_PRINTER, "slip")
        printer.close()

        assert (slip.passed, slip.code) == (None, None)
        assert len(press.slips) == 1


@pytest.mark.parametrize("light", ["card", "paper", "receipt", "status"])
def test_a_light_is_lit_and_a_person_says_so(tmp_path: Path, light: str) -> None:
    with (
        closing(BoardSimulator(TerminalWire(tmp_path / "board"))) as simulator,
        closing(open_board(simulator.address)) as board,
        at_work(Hall(tmp_path, board=board)) as hall,
    ):
        lit = hall.take(Component.BOARD, f"light_{light}")

        assert lit.passed is None
        assert simulator.lights.bit_count() == 1


def test_the_door_is_awaited_and_a_door_that_stays_shut_fails(tmp_path: Path) -> None:
    with (
        closing(BoardSimulator(TerminalWire(tmp_path / "board"))) as simulator,
        closing(open_board(simulator.address)) as board,
        at_work(Hall(tmp_path, board=board)) as hall,
    ):
        shut = hall.take(Component.BOARD, "door_open")
        simulator.door_open = True
        opened = hall.take(Component.BOARD, "door_open")

    assert (shut.passed, opened.passed) == (False, True)


def test_mains_off_and_back(tmp_path: Path) -> None:
    with (
        closing(UpsSimulator(TcpWire("nut", 0, "/ups"))) as simulator,
        at_work(Hall(tmp_path, ups=open_ups(simulator.address))) as hall,
    ):
        still_on = hall.take(Component.UPS, "mains_off")
        simulator.set({"ups.status": "OB"})
        off = hall.take(Component.UPS, "mains_off")
        status = hall.take(Component.UPS, "status")

    assert (still_on.passed, off.passed) == (False, True)
    assert (status.passed, status.code) == (False, DeviceCode.UPS_ON_BATTERY)


def test_what_another_thread_holds_is_looked_up_on_the_board(tmp_path: Path) -> None:
    with at_work(Hall(tmp_path)) as hall:
        reader = hall.take(Component.ID_READER, "status")
        social = hall.take(Component.SOCIAL_READER, "status")

    assert (reader.passed, reader.seen) == (True, "05.01")
    assert social.passed is None
