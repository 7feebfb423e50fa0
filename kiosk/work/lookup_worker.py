from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import Found, PlatformFault, UnknownPerson
from kiosk.flow.events import HouseholdFound, LookupFailed, PersonUnknown
from kiosk.log import LogEvent
from kiosk.work.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from backend_client.contract import Platform
    from kiosk.flow.commands import LookUp
    from kiosk.flow.events import Event
    from kiosk.log import Log


@dataclass(frozen=True, slots=True)
class LookupTools:
    """What look-ups need; `on_fault` is told so that the line is looked at soon."""

    platform: Platform
    deadline: timedelta
    post: Callable[[Event], None]
    log: Log
    on_fault: Callable[[], None]


class LookupWorker:
    """Asks the platform for households; a thread of its own, so that nothing else delays a resident."""

    name = "lookup"

    def __init__(self, tools: LookupTools) -> None:
        self._tools = tools
        self._inbox: Inbox[LookUp] = Inbox()

    def order(self, command: LookUp) -> None:
        """Look up in its turn."""
        self._inbox.put(command)

    def close(self) -> None:
        """Make `run` come to an end."""
        self._inbox.close()

    def run(self) -> None:
        """Look up until closed."""
        while True:
            # In a frame of its own: no person stays behind in a local while it waits.
            self._look_up_next()

    def _look_up_next(self) -> None:
        command = self._inbox.take()
        if command:
            self._look_up(command)

    def _look_up(self, command: LookUp) -> None:
        began = time.monotonic()
        identity, session = command.identity, command.session
        outcome = self._tools.platform.look_up(identity.number, identity.name, self._tools.deadline)
        ms = round((time.monotonic() - began) * 1000, 1)
        match outcome:
            case Found(household, applicant, name_matches):
                self._tools.post(HouseholdFound(session, household, applicant, name_matches))
                self._tools.log.info(LogEvent.HOUSEHOLD_FOUND, session=session, ms=ms)
            case UnknownPerson():
                self._tools.post(PersonUnknown(session))
                self._tools.log.info(LogEvent.PERSON_UNKNOWN, session=session, ms=ms)
            case PlatformFault(code, detail):
                self._tools.post(LookupFailed(session, code))
                self._tools.log.warning(
                    LogEvent.LOOKUP_FAILED, session=session, code=code, detail=detail, ms=ms
                )
                self._tools.on_fault()
            case other:
                assert_never(other)
