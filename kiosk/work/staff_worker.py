from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from kiosk.domain.journal import StoreError
from kiosk.domain.staff import StaffAccount, pause_after
from kiosk.flow.commands import CheckStaff, LoadDesk, RetryParked
from kiosk.flow.events import DeskLoaded, StaffAdmitted, StaffRefused
from kiosk.log import LogEvent
from kiosk.work.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.journal import Outbox, PrintJournal
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState

StaffOrder = CheckStaff | LoadDesk | RetryParked

_NOBODY = StaffAccount("", "", salt=bytes(16), pin_hash=bytes(32))


@dataclass(frozen=True, slots=True)
class StaffTools:
    """What the staff's worker works with. `on_retry` sends at once what is to be sent again."""

    accounts: tuple[StaffAccount, ...]
    journal: PrintJournal
    outbox: Outbox
    store_state: StoreState
    post: Callable[[Event], None]
    log: Log
    on_retry: Callable[[], None]
    now_s: Callable[[], float] = time.monotonic


class StaffWorker:
    """Lets staff in, and shows them what waits for a person's word."""

    name = "staff"

    def __init__(self, tools: StaffTools) -> None:
        self._tools = tools
        self._inbox: Inbox[StaffOrder] = Inbox()
        self._failures = 0
        self._closed_until_s = -math.inf

    def order(self, order: StaffOrder) -> None:
        """Do this in its turn."""
        self._inbox.put(order)

    def close(self) -> None:
        """Make `run` come to an end."""
        self._inbox.close()

    def run(self) -> None:
        """Work until closed."""
        while True:
            # In a frame of its own: no PIN stays behind in a local while it waits.
            self._do_next()

    def _do_next(self) -> None:
        order = self._inbox.take()
        match order:
            case None:
                pass
            case CheckStaff(badge, pin):
                self._check(badge, pin)
            case LoadDesk(staff):
                self._load(staff)
            case RetryParked(staff):
                self._retry(staff)
            case _:
                assert_never(order)

    def _check(self, badge: str, pin: str) -> None:
        wait_s = self._closed_until_s - self._tools.now_s()
        if wait_s > 0:
            self._refuse(timedelta(seconds=wait_s))  # not even tried: a try costs nothing then
            return
        account = next((account for account in self._tools.accounts if account.badge == badge), _NOBODY)
        # Nobody's PIN is tried too: how long it takes must not tell which badges there are.
        if account.admits(pin) and account is not _NOBODY:
            self._failures = 0
            self._tools.log.info(LogEvent.STAFF_ADMITTED, staff=badge)
            self._tools.post(StaffAdmitted(badge, account.name, account.technician))
            return
        self._failures += 1
        pause = pause_after(self._failures)
        self._closed_until_s = self._tools.now_s() + pause.total_seconds()
        self._tools.log.warning(LogEvent.STAFF_REFUSED, tries=self._failures)
        self._refuse(pause)

    def _refuse(self, pause: timedelta) -> None:
        self._tools.post(StaffRefused(math.ceil(pause.total_seconds())))

    def _load(self, staff: str) -> None:
        tools = self._tools
        try:
            papers, parked = tools.journal.uncertain_papers(), tools.outbox.parked()
            waiting = tools.outbox.counts().waiting
        except StoreError as error:
            tools.store_state.failed(error.code)
            papers, parked, waiting = (), (), 0  # the page says that the store cannot be read
        tools.post(DeskLoaded(staff, papers, parked, waiting))

    def _retry(self, staff: str) -> None:
        self._tools.log.info(LogEvent.PARKED_RETRIED, staff=staff)
        try:
            self._tools.outbox.retry_parked()
        except StoreError as error:
            self._tools.store_state.failed(error.code)
        self._tools.on_retry()
        self._load(staff)
