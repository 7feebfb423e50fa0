"""Without the platform a card opens its own record in the real register; what comes late comes too late."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import Found, PlatformCode, PlatformFault, citizen_key, name_key
from kiosk.domain.offline import OUT_OF_REACH, OfflineCode, OfflinePolicy
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
from tests.backend_client.forged_platform import LOOKUP_KEY, answer_lookup, client_of
from tests.backend_client.raw_server import RawServer
from tests.core.stand import PATIENCE_S, LogBook
from tests.store.builders import Bench
from tests.store.register_pages import AS_OF, CARD, CHECKED, OTHER, REGISTER_KEY, Card, entry, page, record
from tests.work.builders import Events, identity
from tests.work.platforms import DOWN, SilentPlatform

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

    from backend_client.contract import LookupOutcome, Platform
    from kiosk.flow.events import Event
    from tests.backend_client.raw_server import Request

SESSION = "session-1"
_ANSWERS = (HouseholdFound, HouseholdOutOfReach, LookupFailed, PersonUnknown)


@dataclass
class AskedPlatform(SilentPlatform):
    """Says what it was taught, and knows the county's keyed hashes."""

    outcome: LookupOutcome = DOWN

    def look_up(self, citizen_number: str, name: str, deadline: timedelta) -> LookupOutcome:
        self._down(deadline, f"{len(citizen_number)} {len(name)}")
        return self.outcome

    def citizen_key(self, citizen_number: str) -> str:
        return citizen_key(LOOKUP_KEY, citizen_number)

    def name_key(self, name: str) -> str:
        return name_key(LOOKUP_KEY, name)


@dataclass
class Counter:
    """One look-up worker with a real store behind it."""

    state_dir: Path
    platform: Platform = field(default_factory=AskedPlatform)
    line_is_down: bool = False

    def __post_init__(self) -> None:
        self.bench, self.book, self.events = Bench(self.state_dir), LogBook(), Events()
        self.register = self.bench.store.register(REGISTER_KEY)

    def keep(self, *cards: Card, checked: date | None = CHECKED) -> None:
        """A complete register of these persons."""
        entries = (entry(card, record(card, checked).model_dump_json().encode()) for card in cards)
        self.register.take(page(*entries), self.register.cursor())

    def look_up(self, *cards: Card, deadline: timedelta = timedelta(seconds=3)) -> list[Event]:
        """What is posted for these cards, one session after the other."""
        worker = LookupWorker(
            LookupTools(
                platform=self.platform,
                deadline=deadline,
                register=self.register,
                policy=OfflinePolicy(),
                moment=self.bench.clock.moment,
                line_is_down=lambda: self.line_is_down,
                store_state=StoreState(self.events.post, self.book.log),
                post=self.events.post,
                log=self.book.log,
                on_fault=lambda: None,
            )
        )
        crew = Crew(self.book.log, lambda: None)
        crew.start(worker)
        for at, card in enumerate(cards):
            worker.order(LookUp(f"session-{at + 1}", identity(card.name, card.number)))
            self._await_answer(f"session-{at + 1}")
        assert crew.stop(PATIENCE_S)
        return self.events.all

    def _await_answer(self, session: str) -> None:
        while not any(isinstance(event, _ANSWERS) and event.session == session for event in self.events.all):
            self.events.wait_for(object)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path / "state")
    yield made
    made.bench.store.close()


def opened(card: Card, refused: OfflineCode | None = None) -> HouseholdFound:
    found = card.household(), card.member()
    return HouseholdFound(SESSION, *found, name_matches=True, offline=OfflineRecord(AS_OF, refused))


@pytest.mark.parametrize("code", sorted(OUT_OF_REACH))
def test_out_of_reach_of_the_platform_the_card_opens_its_record(counter: Counter, code: PlatformCode) -> None:
    counter.platform = AskedPlatform(outcome=PlatformFault(code))
    counter.keep(CARD, OTHER)

    assert counter.look_up(CARD) == [opened(CARD)]
    assert all(secret not in str(counter.book.lines()) for secret in (CARD.name, CARD.number, *CARD.keys))


@pytest.mark.parametrize("code", sorted(set(PlatformCode) - OUT_OF_REACH))
def test_a_fault_for_a_person_to_look_at_is_not_hidden_behind_old_records(
    counter: Counter, code: PlatformCode
) -> None:
    counter.platform = AskedPlatform(outcome=PlatformFault(code))
    counter.keep(CARD)

    assert counter.look_up(CARD) == [LookupFailed(SESSION, code)]


def test_nobody_waits_for_a_line_that_is_known_to_be_down(counter: Counter) -> None:
    counter.platform = platform = AskedPlatform(
        outcome=Found(CARD.household(), CARD.member(), name_matches=True)
    )
    counter.line_is_down = True
    counter.keep(CARD)

    assert counter.look_up(CARD) == [opened(CARD)]
    assert platform.asked == []


@pytest.mark.parametrize(
    ("later", "checked", "refused"),
    [
        (timedelta(hours=72), CHECKED, None),
        (timedelta(hours=72, seconds=1), CHECKED, OfflineCode.NOT_FRESH),
        (-timedelta(minutes=3), CHECKED, OfflineCode.CLOCK),
        (timedelta(), date(2026, 5, 27), None),
        (timedelta(), date(2026, 5, 26), OfflineCode.NOT_CHECKED),
        (timedelta(), None, OfflineCode.NOT_CHECKED),
    ],
)
def test_a_record_that_may_not_be_used_is_found_with_the_reason(
    counter: Counter, later: timedelta, checked: date | None, refused: OfflineCode | None
) -> None:
    counter.keep(CARD, checked=checked)
    counter.bench.clock.move(later)

    [event] = counter.look_up(CARD)

    assert isinstance(event, HouseholdFound)
    assert event.offline == OfflineRecord(AS_OF, refused)


def test_whoever_is_not_in_the_register_is_told_so(counter: Counter) -> None:
    counter.keep(OTHER)

    assert counter.look_up(CARD) == [
        HouseholdOutOfReach(SESSION, PlatformCode.UNREACHABLE, OfflineCode.NOT_HELD)
    ]


def test_a_register_that_was_never_complete_is_none(counter: Counter) -> None:
    counter.register.take(page(entry(CARD), complete=False), "")

    assert counter.look_up(CARD) == [
        HouseholdOutOfReach(SESSION, PlatformCode.UNREACHABLE, OfflineCode.NO_REGISTER)
    ]


def test_a_store_that_cannot_be_read_is_told_and_the_resident_gets_an_answer(counter: Counter) -> None:
    counter.keep(CARD)
    counter.bench.store.close()
    (counter.state_dir / "kiosk.db").unlink()
    (counter.state_dir / "kiosk.db").mkdir()

    events = counter.look_up(CARD)

    assert HouseholdOutOfReach(SESSION, PlatformCode.UNREACHABLE, OfflineCode.NO_REGISTER) in events
    assert any(isinstance(event, StoreFailed) for event in events)


def test_an_answer_that_comes_after_the_register_has_answered_changes_nothing(counter: Counter) -> None:
    """The first answer is sent when the second question has come, and right before its answer."""
    asked_again, sent_late = threading.Event(), threading.Event()

    def answer(connection: socket.socket, request: Request) -> None:
        if len(server.requests) == 1:
            assert asked_again.wait(PATIENCE_S)
            waiting[0](connection, request)
            sent_late.set()
        else:
            asked_again.set()
            assert sent_late.wait(PATIENCE_S)
            waiting[1](connection, request)

    waiting = answer_lookup(CARD.household()), answer_lookup(OTHER.household())
    with RawServer(answer) as server:
        counter.platform = client_of(server.url)
        counter.keep(CARD, OTHER)
        events = counter.look_up(CARD, OTHER, deadline=timedelta(seconds=1))

    second = HouseholdFound("session-2", OTHER.household(), OTHER.member(), name_matches=True)
    assert events == [opened(CARD), second]
