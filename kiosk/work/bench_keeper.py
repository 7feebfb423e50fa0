from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from devices.contract import DeviceCode
from kiosk.domain.bench import Bench, DeviceTest, Refill, Refilled
from kiosk.domain.health import Component, Health
from kiosk.domain.journal import StoreError
from kiosk.flow.commands import LoadBench, RecordRefill, RecordTest
from kiosk.flow.events import TechnicianLoaded
from kiosk.log import LogEvent
from kiosk.work.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.domain.bench import BenchBook
    from kiosk.domain.health import Finding
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.reporting import Reporter
    from kiosk.work.store_state import StoreState

BenchOrder = RecordTest | RecordRefill | LoadBench


@dataclass(frozen=True, slots=True)
class BenchTools:
    """What the bench is kept with. `tray_sheets` is what a full tray of the page printer holds."""

    book: BenchBook
    reporter: Reporter
    tray_sheets: int
    store_state: StoreState
    now: Callable[[], datetime]
    post: Callable[[Event], None]
    log: Log


class BenchKeeper:
    """Keeps tests and refills of technicians, and notes a refill that the kiosk sees by itself."""

    name = "bench"

    def __init__(self, tools: BenchTools) -> None:
        self._tools = tools
        self._inbox: Inbox[BenchOrder | Refill] = Inbox()
        self._lock = threading.Lock()
        self._empty_since: datetime | None = None

    def order(self, order: BenchOrder) -> None:
        """Do this in its turn; always answered by TechnicianLoaded."""
        self._inbox.put(order)

    def hear(self, finding: Finding) -> None:
        """How a component is now. Any thread may tell; of interest is an empty tray that was filled."""
        if finding.component is not Component.PAGE_PRINTER:
            return
        with self._lock:
            empty_since = self._empty_since
            if finding.code is DeviceCode.PRINTER_PAPER_OUT:
                self._empty_since = empty_since or finding.since
            elif finding.health is Health.GOOD:
                self._empty_since = None
                if empty_since:
                    # How much was put in, nobody has told: a full tray is assumed, and marked so.
                    self._inbox.put(Refill(Refilled.PAPER, self._tools.tray_sheets, empty_since, ""))

    def close(self) -> None:
        """Make `run` come to an end."""
        self._inbox.close()

    def run(self) -> None:
        """Work until closed."""
        while True:
            order = self._inbox.take()
            if order is None:
                continue
            try:
                self._do(order)
            except StoreError as error:
                self._tools.store_state.failed(error.code)
                if not isinstance(order, Refill):
                    # The page says that the store cannot be read.
                    self._tools.post(TechnicianLoaded(order.staff, Bench()))

    def _do(self, order: BenchOrder | Refill) -> None:
        tools, now = self._tools, self._tools.now()
        match order:
            case RecordTest(staff, component, passed, code, note):
                tools.book.note_test(DeviceTest(component, passed, now, staff, code, note))
                tools.log.info(
                    LogEvent.TEST_NOTED, component=component, passed=passed, code=code, staff=staff
                )
                self._load(staff)
            case RecordRefill(staff, what, sheets):
                self._refill(Refill(what, sheets, now, staff))
                self._load(staff)
            case LoadBench(staff):
                self._load(staff)
            case Refill(at=empty_since):
                if not self._was_told(empty_since):
                    self._refill(Refill(Refilled.PAPER, order.sheets, now, ""))
            case _:
                assert_never(order)

    def _refill(self, refill: Refill) -> None:
        self._tools.book.note_refill(refill)
        self._tools.log.info(
            LogEvent.REFILL_NOTED, what=refill.what, sheets=refill.sheets, staff=refill.staff
        )

    def _was_told(self, since: datetime) -> bool:
        """Whether somebody has said how much was put in since the tray was found empty."""
        refills = self._tools.book.refills(limit=5)
        return any(each.what is Refilled.PAPER and each.staff and each.at >= since for each in refills)

    def _load(self, staff: str) -> None:
        self._tools.post(TechnicianLoaded(staff, self._tools.reporter.bench()))
