"""The register is followed page by page, from where it was left, and gently; what it is good for is told."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import PlatformCode, PlatformFault, RegisterPage
from kiosk.domain.offline import OfflinePolicy
from kiosk.flow.events import OfflineMeansChanged, StoreFailed
from kiosk.work.crew import Crew
from kiosk.work.register_sync import (
    AFTER_FAULT_S,
    AFTER_PASS_S,
    BETWEEN_PAGES_S,
    DEADLINE,
    PAGE,
    WITHOUT_PROGRESS_S,
    RegisterSync,
    SyncTools,
)
from kiosk.work.store_state import StoreState
from tests.core.stand import PATIENCE_S, LogBook
from tests.store.builders import Bench
from tests.store.register_pages import AS_OF, HARDNESS, REGISTER_KEY, Card, entry, page
from tests.work.builders import Events
from tests.work.platforms import SilentPlatform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARDS = tuple(Card(f"61059019900307{at:04}", f"甲{at}") for at in range(6))


@dataclass
class PagingPlatform(SilentPlatform):
    """Has two persons on each page; `fault` cuts the line."""

    epoch: str = "epoch-1"
    cost: int = HARDNESS.cost
    fault: PlatformFault | None = None
    limits: set[int] = field(default_factory=set)
    on_asked: threading.Event = field(default_factory=threading.Event)

    def register_page(self, cursor: str, limit: int, deadline: timedelta) -> RegisterPage | PlatformFault:
        self.deadlines.append(deadline)
        self.asked.append(cursor)
        self.limits.add(limit)
        self.on_asked.set()
        if self.fault:
            return self.fault
        at = int(cursor or 0)
        cards = CARDS[at : at + 2]
        made = page(
            *map(entry, cards), cursor=str(at + len(cards)), complete=at + 2 >= len(CARDS), epoch=self.epoch
        )
        return made.model_copy(update={"cost": self.cost})


@dataclass
class Office:
    """One synchronisation with a real store behind it, driven page by page."""

    state_dir: Path
    platform: PagingPlatform = field(default_factory=PagingPlatform)

    def __post_init__(self) -> None:
        self.bench, self.book, self.events = Bench(self.state_dir), LogBook(), Events()
        self.register = self.bench.store.register(REGISTER_KEY)
        self.sync = self.begin()

    def begin(self) -> RegisterSync:
        """As after a start of the program."""
        return RegisterSync(
            SyncTools(
                register=self.register,
                platform=self.platform,
                policy=OfflinePolicy(),
                least_cost=HARDNESS.cost,
                store_state=StoreState(self.events.post, self.book.log),
                moment=self.bench.clock.moment,
                post=self.events.post,
                log=self.book.log,
            )
        )

    def pauses(self, count: int) -> list[float]:
        """The pauses after so many pages."""
        return [self.sync.take_page() for _ in range(count)]

    def held(self) -> int:
        """How many of the persons can be looked up."""
        return sum(self.register.find(*card.keys) is not None for card in CARDS)

    def told(self) -> list[tuple[bool, bool]]:
        """Whether there is a register, and whether it is fresh, as often as that was told."""
        means = [event for event in self.events.all if isinstance(event, OfflineMeansChanged)]
        assert all(event.as_of in {None, AS_OF} for event in means)
        return [(event.as_of is not None, event.fresh) for event in means]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "state")
    yield made
    made.bench.store.close()


def test_pages_follow_until_the_pass_is_complete(office: Office) -> None:
    pauses = office.pauses(3)

    assert pauses == [BETWEEN_PAGES_S, BETWEEN_PAGES_S, AFTER_PASS_S]
    assert office.platform.asked == ["", "2", "4"]
    assert (set(office.platform.deadlines), office.platform.limits) == ({DEADLINE}, {PAGE})
    assert office.held() == len(CARDS)
    assert [line["entries"] for line in office.book.lines("register_synchronised")] == [6]


def test_the_next_pass_asks_for_changes_only_and_is_quiet_without_any(office: Office) -> None:
    office.pauses(3)

    assert office.pauses(1) == [AFTER_PASS_S]
    assert office.platform.asked[-1] == "6"
    assert len(office.book.lines("register_synchronised")) == 1


def test_what_was_interrupted_goes_on_from_there(office: Office) -> None:
    office.pauses(2)
    office.register = office.bench.reopen().register(REGISTER_KEY)

    office.sync = office.begin()
    office.pauses(1)

    assert office.platform.asked == ["", "2", "4"]
    assert office.held() == len(CARDS)


def test_after_a_start_what_works_is_told_before_the_platform_is_asked(office: Office) -> None:
    """It may be frozen, and then the first question takes as long as its deadline."""
    office.pauses(3)
    office.events.all.clear()
    office.sync = office.begin()
    told_when_asked: list[list[tuple[bool, bool]]] = []

    def freeze(*_: object) -> PlatformFault:
        told_when_asked.append(office.told())
        return PlatformFault(PlatformCode.TOO_SLOW)

    office.platform.register_page = freeze  # type: ignore[method-assign, assignment]
    office.pauses(2)

    assert told_when_asked == [[(True, True)]] * 2


def test_a_new_epoch_begins_anew_and_says_that_there_is_no_register_meanwhile(office: Office) -> None:
    office.pauses(3)
    office.platform.epoch = "epoch-2"

    pauses = office.pauses(4)

    assert office.platform.asked[3:] == ["6", "", "2", "4"]
    assert pauses == [WITHOUT_PROGRESS_S, BETWEEN_PAGES_S, BETWEEN_PAGES_S, AFTER_PASS_S]
    assert office.held() == len(CARDS)
    assert office.told() == [(False, False), (True, True), (False, False), (True, True)]


def test_a_platform_that_is_still_deriving_is_not_hurried(office: Office) -> None:
    """One household may take it longer than a page may take: its answer is empty then, and not complete."""
    office.pauses(1)
    empty = page(cursor="2", complete=False)
    office.platform.register_page = lambda *_: empty  # type: ignore[method-assign]

    assert office.pauses(1) == [WITHOUT_PROGRESS_S]


def test_a_dead_line_costs_no_page_and_is_logged_once(office: Office) -> None:
    office.pauses(1)
    office.platform.fault = PlatformFault(PlatformCode.UNREACHABLE)
    pauses = office.pauses(3)
    office.platform.fault = None

    office.pauses(2)

    assert pauses == [AFTER_FAULT_S] * 3
    assert office.platform.asked == ["", *["2"] * 4, "4"]
    assert [line["code"] for line in office.book.lines("register_failed")] == ["NET-01"]


def test_a_register_whose_guesses_cost_less_is_not_taken(office: Office) -> None:
    office.platform.cost = HARDNESS.cost - 1

    assert office.pauses(2) == [AFTER_FAULT_S] * 2
    assert office.held() == 0
    assert office.register.cursor() == ""
    assert [line["code"] for line in office.book.lines("register_failed")] == ["cost"]


def test_what_works_without_a_line_is_told_when_it_changes(office: Office) -> None:
    """While the line is down the register grows too old, and nobody else would notice."""
    office.pauses(3)
    office.platform.fault = PlatformFault(PlatformCode.UNREACHABLE)
    office.pauses(1)
    office.bench.clock.go_on(timedelta(hours=72, seconds=1))
    office.pauses(2)
    office.platform.fault = None
    office.pauses(2)
    office.bench.clock.move(-timedelta(days=1))
    office.platform.fault = PlatformFault(PlatformCode.UNREACHABLE)
    office.pauses(1)

    assert office.told() == [(False, False), (True, True), (True, False), (True, True), (True, False)]


def test_a_store_that_cannot_take_a_page_is_told_and_tried_again(office: Office) -> None:
    office.pauses(1)
    office.bench.store._database.run_urgent(
        lambda session: session.sql.exec_driver_sql("PRAGMA max_page_count = 1").close()
    )
    big = page(*(entry(card, b"x" * 9000) for card in CARDS * 20), cursor="4")
    taught, office.platform.register_page = office.platform.register_page, lambda *_: big  # type: ignore[method-assign]
    full = office.pauses(1)
    office.bench.store._database.run_urgent(
        lambda session: session.sql.exec_driver_sql("PRAGMA max_page_count = 100000").close()
    )
    office.platform.register_page = taught  # type: ignore[method-assign]

    after = office.pauses(2)

    assert full == [AFTER_FAULT_S]
    assert [type(event) for event in office.events.all].count(StoreFailed) == 1
    assert after == [BETWEEN_PAGES_S, AFTER_PASS_S]
    assert office.held() == len(CARDS)


def test_it_works_by_itself_wakes_up_when_the_line_is_back_and_ends_at_once(office: Office) -> None:
    office.platform.fault = PlatformFault(PlatformCode.UNREACHABLE)
    crew = Crew(office.book.log, lambda: None)
    crew.start(office.sync)
    assert office.platform.on_asked.wait(PATIENCE_S)

    office.platform.fault = None
    office.sync.nudge()
    while office.events.wait_for(OfflineMeansChanged).as_of is None:
        pass

    assert crew.stop(PATIENCE_S)
    assert office.held() == len(CARDS)
