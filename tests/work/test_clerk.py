"""The clerk keeps ratings and calls; a store that cannot write costs a rating, and nobody's time."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import PlatformCode, PlatformFault
from kiosk.domain.codes import StoreCode
from kiosk.domain.journal import StoreError
from kiosk.flow.commands import CallStaff, RecordRating
from kiosk.flow.events import StaffCalled, StaffCallState, StoreFailed, StoreRecovered
from kiosk.work.clerk import Books, Clerk
from kiosk.work.crew import Crew
from kiosk.work.store_state import StoreState
from tests.core.stand import PATIENCE_S, LogBook
from tests.store.builders import Bench
from tests.work.post import Post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.flow.events import Event

NUMBER = "610525001003-JZ-2026-000001-6"
GOOD = RecordRating(NUMBER, 5)
BAD = RecordRating(NUMBER, 1, ("slow",))


@dataclass
class FullStore:
    """A store that has no room until somebody makes some; it notes what was kept."""

    has_room: bool = False
    kept: list[tuple[str, int]] = field(default_factory=list)

    def record_rating(self, number: str, grade: int, reasons: tuple[str, ...]) -> None:  # noqa: ARG002
        self._check()
        self.kept.append((number, grade))

    def record_call(self, reason: str) -> None:  # noqa: ARG002
        self._check()

    def probe(self) -> None:
        self._check()

    def _check(self) -> None:
        if not self.has_room:
            raise StoreError(StoreCode.DISK_FULL)


class Desk:
    """A clerk in a thread of its own, and what it told whom."""

    def __init__(self, books: Books) -> None:
        self.book = LogBook()
        self.told: list[Event] = []
        self.owed = 0
        self.settled = threading.Semaphore(0)
        state = StoreState(self._note, self.book.log)
        self.clerk = Clerk(books, state, self._note, self.book.log, self._note_owed)
        state.on_failed = self.clerk.wake
        self.crew = Crew(self.book.log, lambda: None)

    def _note(self, event: Event) -> None:
        self.told.append(event)
        self.settled.release()

    def _note_owed(self) -> None:
        self.owed += 1
        self.settled.release()

    def do(self, *commands: CallStaff | RecordRating) -> None:
        """Order these, and wait until each has come to something."""
        for command in commands:
            self.clerk.order(command)
            assert self.settled.acquire(timeout=PATIENCE_S)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "state")
    yield made
    made.store.close()


@pytest.fixture
def desks() -> Iterator[list[Desk]]:
    """Whatever stands here is closed at the end."""
    open_ones: list[Desk] = []
    yield open_ones
    for desk in open_ones:
        assert desk.crew.stop(PATIENCE_S)
        assert not desk.book.lines("program_fault")


def open_desk(desks: list[Desk], books: Books) -> Desk:
    desk = Desk(books)
    desks.append(desk)
    desk.crew.start(desk.clerk)
    return desk


def test_a_rating_is_kept_and_the_drainer_is_told_that_something_is_owed(
    bench: Bench, desks: list[Desk]
) -> None:
    store = bench.store
    desk = open_desk(desks, Books(store.calls, store.ratings, store))

    desk.do(GOOD, CallStaff("PRN-04"), BAD)

    assert [item.item.body.grade for item in store.outbox.due(9)] == [5, 1]  # type: ignore[union-attr]
    assert desk.owed == 2
    assert desk.told == [StaffCalled(StaffCallState.RECORDED)], "of a rating nobody is told: they have gone"
    assert [line["grade"] for line in desk.book.lines("rating_kept")] == [5, 1]


def test_a_rating_that_cannot_be_kept_is_said_to_technicians_and_stops_nothing(desks: list[Desk]) -> None:
    store = FullStore()
    desk = open_desk(desks, Books(store, store, store))

    desk.do(BAD)
    assert desk.told == [StoreFailed(StoreCode.DISK_FULL)]
    assert [line["code"] for line in desk.book.lines("rating_lost")] == [StoreCode.DISK_FULL]
    assert desk.owed == 0

    store.has_room = True
    desk.clerk.wake()
    assert desk.settled.acquire(timeout=PATIENCE_S)
    desk.do(GOOD)
    assert desk.told[-1] == StoreRecovered()
    assert store.kept == [(NUMBER, 5)]


def test_no_log_line_tells_which_paper_was_rated(bench: Bench, desks: list[Desk]) -> None:
    store = bench.store
    desk = open_desk(desks, Books(store.calls, store.ratings, store))

    desk.do(BAD)

    assert desk.book.lines("rating_kept")
    assert not any(NUMBER in str(line) for line in desk.book.lines())


def test_what_was_rated_without_a_line_goes_when_it_is_back(tmp_path: Path) -> None:
    post = Post(tmp_path / "state")
    post.platform.fault = PlatformFault(PlatformCode.UNREACHABLE)
    post.bench.store.ratings.record_rating(NUMBER, 2, ("slow",))

    assert post.drainer.drain()
    assert post.platform.stored == []

    post.platform.fault = None
    post.drain_dry()
    assert post.platform.stored == [NUMBER]
    assert post.bench.store.outbox.due(9) == ()
    post.bench.store.close()
