"""A look-up is answered for its own session: by the platform, and without a line by the kiosk's register."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import (
    Found,
    Pickup,
    PlatformCode,
    PlatformFault,
    UnknownPerson,
)
from kiosk.domain.codes import StoreCode
from kiosk.domain.offline import Freshness, HeldRecord, OfflineCode, OfflinePolicy
from kiosk.flow.commands import LookUp
from kiosk.flow.events import (
    HouseholdFound,
    HouseholdOutOfReach,
    LookupFailed,
    OfflineRecord,
    PersonUnknown,
    StoreFailed,
)
from kiosk.work.crew import Crew
from kiosk.work.lookup_worker import LookupTools, LookupWorker
from kiosk.work.store_state import StoreState
from tests.core.stand import PATIENCE_S, LogBook
from tests.store.builders import Clock
from tests.work.builders import SESSION, Events, household, identity, member
from tests.work.platforms import DOWN, SilentPlatform
from tests.work.registers import PlainRegister

if TYPE_CHECKING:
    from backend_client.contract import LookupOutcome
    from kiosk.flow.events import Event

AS_OF = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CHECKED = date(2026, 10, 12)
PICKUP = Pickup(
    number="Q-2345-6789",
    kind="JZ",
    purpose="school",
    copies=1,
    requested_at=datetime(2026, 11, 20, tzinfo=UTC),
)
OUT_OF_REACH = (
    PlatformCode.UNREACHABLE,
    PlatformCode.TOO_SLOW,
    PlatformCode.SERVER_ERROR,
    PlatformCode.HALF_REPLY,
)


@dataclass
class OnePlatform(SilentPlatform):
    """Answers each look-up alike."""

    found: LookupOutcome = DOWN

    def look_up(self, citizen_number: str, name: str, deadline: timedelta) -> LookupOutcome:
        self.asked.append(f"{len(citizen_number)} {len(name)} {deadline}")
        return self.found


@dataclass
class Desk:
    """A look-up worker, and everything that it talks to."""

    found: LookupOutcome = DOWN
    register: PlainRegister | None = field(default_factory=PlainRegister)
    line_is_down: bool = False
    events: Events = field(default_factory=Events)
    book: LogBook = field(default_factory=LogBook)
    looked: int = 0

    def __post_init__(self) -> None:
        self.platform = OnePlatform(found=self.found)
        self.worker = LookupWorker(
            LookupTools(
                platform=self.platform,
                deadline=timedelta(seconds=3),
                register=self.register,
                policy=OfflinePolicy(),
                moment=Clock().moment,
                line_is_down=lambda: self.line_is_down,
                store_state=StoreState(self.events.post, self.book.log),
                post=self.events.post,
                log=self.book.log,
                on_fault=self._note_fault,
            )
        )

    def _note_fault(self) -> None:
        self.looked += 1

    def look_up(self) -> list[Event]:
        """All that is said to one look-up."""
        self.worker.order(LookUp(SESSION, identity()))
        self.worker._look_up_next()
        return self.events.all


def held(checked: date | None = CHECKED) -> HeldRecord:
    residence = household().residence.model_copy(update={"verified_on": checked})
    return HeldRecord(household().model_copy(update={"residence": residence}), member())


def fresh(hours: float | None = 1) -> Freshness:
    return Freshness(AS_OF, None if hours is None else timedelta(hours=hours))


@pytest.mark.parametrize(
    ("outcome", "event"),
    [
        (
            Found(household(), member(), name_matches=True),
            HouseholdFound(SESSION, household(), member(), True),
        ),
        (
            Found(household(), member(), name_matches=True, pickups=(PICKUP,)),
            HouseholdFound(SESSION, household(), member(), True, pickups=(PICKUP,)),
        ),
        (Found(household(), None, name_matches=False), HouseholdFound(SESSION, household(), None, False)),
        (UnknownPerson(), PersonUnknown(SESSION)),
    ],
    ids=["found", "with a pick-up", "without members", "unknown"],
)
def test_what_the_platform_says_is_passed_on_and_the_register_is_left_alone(
    outcome: LookupOutcome, event: Event
) -> None:
    register = PlainRegister(fresh(), held())
    desk = Desk(outcome, register)

    assert desk.look_up() == [event]
    assert (register.asked, desk.looked) == ([], 0)
    assert desk.platform.asked == ["18 3 0:00:03"]


@pytest.mark.parametrize("code", sorted(set(PlatformCode) - set(OUT_OF_REACH)))
def test_what_a_person_must_look_at_is_no_reason_to_use_old_records(code: PlatformCode) -> None:
    register = PlainRegister(fresh(), held())
    desk = Desk(PlatformFault(code, "422 PLT-04"), register)

    assert desk.look_up() == [LookupFailed(SESSION, code)]
    assert (register.asked, desk.looked) == ([], 1)
    [line] = desk.book.lines("lookup_failed")
    assert (line["level"], line["code"], line["detail"]) == ("warning", code, "422 PLT-04")


@pytest.mark.parametrize("code", OUT_OF_REACH)
def test_without_a_line_the_own_register_answers(code: PlatformCode) -> None:
    register = PlainRegister(fresh(), held())
    desk = Desk(PlatformFault(code), register)

    [event] = desk.look_up()

    source = OfflineRecord(AS_OF, None)
    assert event == HouseholdFound(SESSION, held().household, member(), True, offline=source)
    assert register.asked == ["freshness 09:41", "find c1 d2"]
    assert desk.looked == 1
    assert [line["refused"] for line in desk.book.lines("household_found_offline")] == [None]


def test_a_line_that_is_known_to_be_down_is_not_waited_for() -> None:
    desk = Desk(Found(household(), member(), name_matches=True), PlainRegister(fresh(), held()))
    desk.line_is_down = True

    [event] = desk.look_up()

    assert isinstance(event, HouseholdFound)
    assert event.offline == OfflineRecord(AS_OF, None)
    assert (desk.platform.asked, desk.looked) == ([], 1)


@pytest.mark.parametrize(
    ("freshness", "record", "code"),
    [
        (fresh(), held(CHECKED - timedelta(days=180)), OfflineCode.NOT_CHECKED),
        (fresh(), held(None), OfflineCode.NOT_CHECKED),
        (fresh(73), held(), OfflineCode.NOT_FRESH),
        (fresh(None), held(), OfflineCode.CLOCK),
    ],
)
def test_a_record_that_must_not_be_used_is_shown_with_its_reason(
    freshness: Freshness, record: HeldRecord, code: OfflineCode
) -> None:
    [event] = (desk := Desk(register=PlainRegister(freshness, record))).look_up()

    source = OfflineRecord(AS_OF, code)
    assert event == HouseholdFound(SESSION, record.household, record.applicant, True, offline=source)
    assert [line["refused"] for line in desk.book.lines("household_found_offline")] == [code]


@pytest.mark.parametrize(
    ("register", "code"),
    [
        (PlainRegister(fresh()), OfflineCode.NOT_HELD),
        (PlainRegister(fresh(73)), OfflineCode.NOT_FRESH),
        (PlainRegister(fresh(None)), OfflineCode.CLOCK),
        (PlainRegister(None, held()), OfflineCode.NO_REGISTER),
        (PlainRegister(fresh(), held(), StoreCode.IO_ERROR), OfflineCode.NO_REGISTER),
        (None, OfflineCode.NO_REGISTER),
    ],
    ids=["not held", "too old", "clock", "never complete", "broken disk", "without a register"],
)
def test_where_the_register_does_not_help_the_household_is_out_of_reach(
    register: PlainRegister | None, code: OfflineCode
) -> None:
    desk = Desk(register=register)

    events = desk.look_up()

    assert [event for event in events if not isinstance(event, StoreFailed)] == [
        HouseholdOutOfReach(SESSION, PlatformCode.UNREACHABLE, code)
    ]
    assert [line["offline"] for line in desk.book.lines("household_out_of_reach")] == [code]
    assert desk.looked == 1


def test_a_register_that_was_never_complete_costs_nobody_a_derivation() -> None:
    register = PlainRegister(None, held())

    Desk(register=register).look_up()

    assert register.asked == ["freshness 09:41"]


def test_a_broken_disk_is_told_and_the_next_look_up_works_again() -> None:
    register = PlainRegister(fresh(), held(), StoreCode.IO_ERROR)
    desk = Desk(register=register)
    desk.look_up()
    register.fails = None

    events = desk.look_up()

    assert StoreFailed(StoreCode.IO_ERROR) in events
    assert isinstance(events[-1], HouseholdFound)


@pytest.mark.parametrize("found", [Found(household(), member(), name_matches=True), DOWN])
def test_no_line_of_the_log_holds_a_person(found: LookupOutcome) -> None:
    desk = Desk(found, PlainRegister(fresh(), held()))
    desk.look_up()

    said = str(desk.book.lines())

    assert SESSION in said
    assert all(
        secret not in said for secret in (identity().name, identity().number, member().citizen_key, "王××")
    )


def test_in_its_own_thread_it_looks_up_until_it_is_closed() -> None:
    desk = Desk(UnknownPerson())
    crew = Crew(desk.book.log, lambda: None)
    crew.start(desk.worker)

    desk.worker.order(LookUp(SESSION, identity()))

    assert desk.events.wait_for(PersonUnknown) == PersonUnknown(SESSION)
    assert crew.stop(PATIENCE_S)
