from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import Found, PlatformCode, PlatformFault, UnknownPerson
from kiosk.domain.journal import StoreError
from kiosk.domain.offline import OUT_OF_REACH, OfflineCode, why_not_offline
from kiosk.flow.events import (
    HouseholdFound,
    HouseholdOutOfReach,
    LookupFailed,
    OfflineRecord,
    PersonUnknown,
)
from kiosk.log import LogEvent
from kiosk.work.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from backend_client.contract import LookupOutcome, Platform
    from devices.contract import Identity
    from kiosk.domain.issuance import Moment
    from kiosk.domain.offline import OfflinePolicy, OfflineRegister
    from kiosk.flow.commands import LookUp
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState


@dataclass(frozen=True, slots=True)
class LookupTools:
    """What look-ups need; `on_fault` is told so that the line is looked at soon.

    While `line_is_down` nobody waits for the platform. `register` None = this kiosk keeps none.
    """

    platform: Platform
    deadline: timedelta
    register: OfflineRegister | None
    policy: OfflinePolicy
    moment: Callable[[], Moment]
    line_is_down: Callable[[], bool]
    store_state: StoreState
    post: Callable[[Event], None]
    log: Log
    on_fault: Callable[[], None]


class LookupWorker:
    """Asks the platform for households, and the kiosk's own register where the platform is out of reach.

    Only there: a platform that answers, but refuses this kiosk or says what nobody understands, must be
    looked at by a person. It has a thread of its own, so that nothing else delays a resident.
    """

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
        session = command.session
        match self._ask(command.identity):
            case Found(household, applicant, name_matches, pickups):
                self._tools.post(HouseholdFound(session, household, applicant, name_matches, pickups=pickups))
                self._tools.log.info(LogEvent.HOUSEHOLD_FOUND, session=session, ms=_elapsed_ms(began))
            case UnknownPerson():
                self._tools.post(PersonUnknown(session))
                self._tools.log.info(LogEvent.PERSON_UNKNOWN, session=session, ms=_elapsed_ms(began))
            case PlatformFault(code) if code in OUT_OF_REACH:
                self._look_up_offline(command, code, began)
                self._tools.on_fault()
            case PlatformFault(code, detail):
                self._tools.post(LookupFailed(session, code))
                self._tools.log.warning(
                    LogEvent.LOOKUP_FAILED, session=session, code=code, detail=detail, ms=_elapsed_ms(began)
                )
                self._tools.on_fault()
            case other:
                assert_never(other)

    def _ask(self, identity: Identity) -> LookupOutcome:
        if self._tools.line_is_down():
            return PlatformFault(PlatformCode.UNREACHABLE, "known to be down")
        return self._tools.platform.look_up(identity.number, identity.name, self._tools.deadline)

    def _look_up_offline(self, command: LookUp, code: PlatformCode, began: float) -> None:
        event = self._offline(command, code)
        self._tools.post(event)
        ms = _elapsed_ms(began)
        if isinstance(event, HouseholdFound):
            refused = event.offline.refused if event.offline else None
            self._tools.log.info(
                LogEvent.HOUSEHOLD_FOUND_OFFLINE, session=command.session, refused=refused, ms=ms
            )
        else:
            self._tools.log.warning(
                LogEvent.HOUSEHOLD_OUT_OF_REACH,
                session=command.session,
                code=code,
                offline=event.offline,
                ms=ms,
            )

    def _offline(self, command: LookUp, code: PlatformCode) -> HouseholdFound | HouseholdOutOfReach:
        """What the kiosk's own register says of this card."""
        tools, identity, session = self._tools, command.identity, command.session
        if tools.register is None:
            return HouseholdOutOfReach(session, code, OfflineCode.NO_REGISTER)
        now = tools.moment()
        try:
            freshness = tools.register.freshness(now)
            citizen_key, name_key = (
                tools.platform.citizen_key(identity.number),
                tools.platform.name_key(identity.name),
            )
            record = tools.register.find(citizen_key, name_key) if freshness else None
        except StoreError as error:
            tools.store_state.failed(error.code)
            return HouseholdOutOfReach(session, code, OfflineCode.NO_REGISTER)
        refused = why_not_offline(freshness, record, now.wall.date(), tools.policy)
        if freshness is None or record is None:
            return HouseholdOutOfReach(session, code, refused or OfflineCode.NOT_HELD)
        source = OfflineRecord(freshness.as_of, refused)
        # The card opened it: number and name are those of the register.
        return HouseholdFound(session, record.household, record.applicant, name_matches=True, offline=source)


def _elapsed_ms(since: float) -> float:
    return round((time.monotonic() - since) * 1000, 1)
