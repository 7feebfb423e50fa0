from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from kiosk.domain.journal import StoreError
from kiosk.flow.commands import CallStaff, RecordRating
from kiosk.flow.events import StaffCalled, StaffCallState
from kiosk.log import LogEvent
from kiosk.work.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.journal import Ratings, StaffCalls, StoreHealth
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState

PROBE_INTERVAL_S = 3.0

ClerkOrder = CallStaff | RecordRating


@dataclass(frozen=True, slots=True)
class Books:
    """What the clerk writes into; all of them are of one store."""

    calls: StaffCalls
    ratings: Ratings
    health: StoreHealth


class Clerk:
    """Records calls for staff and ratings, and tries a store that failed until it writes again.

    `on_owed` is told when there is something new to deliver.
    """

    name = "clerk"

    def __init__(
        self,
        books: Books,
        state: StoreState,
        post: Callable[[Event], None],
        log: Log,
        on_owed: Callable[[], None],
    ) -> None:
        self._books = books
        self._on_owed = on_owed
        self._state = state
        self._post = post
        self._log = log
        self._inbox: Inbox[ClerkOrder | None] = Inbox()

    def order(self, command: ClerkOrder) -> None:
        """Record this soon."""
        self._inbox.put(command)

    def close(self) -> None:
        """Make `run` come to an end."""
        self._inbox.close()

    def run(self) -> None:
        """Record and probe until closed."""
        while True:
            command = self._inbox.take(PROBE_INTERVAL_S if self._state.has_failed() else None)
            match command:
                case CallStaff(reason):
                    self._call(reason)
                case RecordRating():
                    self._rate(command)
                case None:
                    self._probe()
                case _:
                    assert_never(command)

    def wake(self) -> None:
        """The store has failed: begin to probe."""
        self._inbox.put(None)

    def _call(self, reason: str) -> None:
        try:
            self._books.calls.record_call(reason)
        except StoreError as error:
            self._post(StaffCalled(StaffCallState.FAILED))
            self._state.failed(error.code)
        else:
            self._log.info(LogEvent.STAFF_CALLED, reason=reason)
            self._post(StaffCalled(StaffCallState.RECORDED))

    def _rate(self, command: RecordRating) -> None:
        """Whoever rated has gone: a grade that cannot be kept is told to technicians, and holds nobody up."""
        try:
            self._books.ratings.record_rating(command.number, command.grade, command.reasons)
        except StoreError as error:
            self._log.error(LogEvent.RATING_LOST, code=error.code)
            self._state.failed(error.code)
        else:
            self._log.info(LogEvent.RATING_KEPT, grade=command.grade)
            self._on_owed()

    def _probe(self) -> None:
        if not self._state.has_failed():
            return
        try:
            self._books.health.probe()
        except StoreError as error:
            self._state.failed(error.code)
        else:
            self._state.recovered()
