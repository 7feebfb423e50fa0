from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.journal import StoreError
from kiosk.flow.events import StaffCalled, StaffCallState
from kiosk.log import LogEvent
from kiosk.work.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.journal import StaffCalls, StoreHealth
    from kiosk.flow.commands import CallStaff
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState

PROBE_INTERVAL_S = 3.0


class Clerk:
    """Records calls for staff, and tries a store that failed until it writes again."""

    name = "clerk"

    def __init__(
        self,
        calls: StaffCalls,
        health: StoreHealth,
        state: StoreState,
        post: Callable[[Event], None],
        log: Log,
    ) -> None:
        self._calls = calls
        self._health = health
        self._state = state
        self._post = post
        self._log = log
        self._inbox: Inbox[CallStaff | None] = Inbox()

    def order(self, command: CallStaff) -> None:
        """Record this call soon."""
        self._inbox.put(command)

    def close(self) -> None:
        """Make `run` come to an end."""
        self._inbox.close()

    def run(self) -> None:
        """Record and probe until closed."""
        while True:
            command = self._inbox.take(PROBE_INTERVAL_S if self._state.has_failed() else None)
            if command:
                self._record(command.reason)
            elif self._state.has_failed():
                self._probe()

    def wake(self) -> None:
        """The store has failed: begin to probe."""
        self._inbox.put(None)

    def _record(self, reason: str) -> None:
        try:
            self._calls.record_call(reason)
        except StoreError as error:
            self._post(StaffCalled(StaffCallState.FAILED))
            self._state.failed(error.code)
        else:
            self._log.info(LogEvent.STAFF_CALLED, reason=reason)
            self._post(StaffCalled(StaffCallState.RECORDED))

    def _probe(self) -> None:
        try:
            self._health.probe()
        except StoreError as error:
            self._state.failed(error.code)
        else:
            self._state.recovered()
