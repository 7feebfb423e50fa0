"""The door of staff: a badge with its PIN opens it, and whoever tries too often must wait."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.journal import Park
from kiosk.domain.staff import LONGEST_PAUSE, pause_after
from kiosk.flow.commands import CheckStaff, LoadDesk, RetryParked
from kiosk.flow.events import DeskLoaded, StaffAdmitted, StaffRefused, StoreFailed
from kiosk.work.crew import Crew
from kiosk.work.staff_worker import StaffTools, StaffWorker
from kiosk.work.store_state import StoreState
from tests.core.stand import PATIENCE_S, LogBook
from tests.store.builders import Bench, block, doubt_one, print_one
from tests.work.builders import Events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.domain.staff import StaffAccount
    from kiosk.work.staff_worker import StaffOrder

PIN = "483920"


@dataclass
class Door:
    """A staff worker at work, with a clock that is moved by hand."""

    directory: Path
    accounts: tuple[StaffAccount, ...]
    events: Events = field(default_factory=Events)
    book: LogBook = field(default_factory=LogBook)
    retries: queue.SimpleQueue[None] = field(default_factory=queue.SimpleQueue)
    faults: threading.Event = field(default_factory=threading.Event)
    now_s: float = 1000.0

    def __post_init__(self) -> None:
        self.bench = Bench(self.directory / "state")
        self.bench.store.numbers.add_block(block(count=20))
        store = self.bench.store
        tools = StaffTools(
            accounts=self.accounts,
            journal=store.issuances,
            outbox=store.outbox,
            store_state=StoreState(self.events.post, self.book.log),
            post=self.events.post,
            log=self.book.log,
            on_retry=lambda: self.retries.put(None),
            now_s=lambda: self.now_s,
        )
        self.worker = StaffWorker(tools)
        self._crew = Crew(self.book.log, self.faults.set)
        self._crew.start(self.worker)

    def close(self) -> bool:
        ended = self._crew.stop(PATIENCE_S)
        self.bench.store.close()
        return ended and not self.faults.is_set()

    def refused(self, pin: str, badge: str = "1042") -> int:
        """How long to wait after this try, which must fail."""
        self.worker.order(CheckStaff(badge, pin))
        return self.events.wait_for(StaffRefused).wait_s

    def desk_after(self, order: StaffOrder) -> DeskLoaded:
        self.worker.order(order)
        return self.events.wait_for(DeskLoaded)


@pytest.fixture
def door(tmp_path: Path, account: StaffAccount) -> Iterator[Door]:
    made = Door(tmp_path, (account,))
    yield made
    assert made.close()


def test_badge_and_pin_open_the_door(door: Door) -> None:
    door.worker.order(CheckStaff("1042", PIN))

    assert door.events.wait_for(StaffAdmitted) == StaffAdmitted("1042", "李芳")
    assert [line["staff"] for line in door.book.lines("staff_admitted")] == ["1042"]


@pytest.mark.parametrize(
    ("badge", "pin"),
    [("1042", "483921"), ("1043", PIN), ("", PIN), ("1042", ""), ("", ""), ("1042", "４８３９２０")],
)
def test_anything_else_does_not(door: Door, badge: str, pin: str) -> None:
    assert door.refused(pin, badge) == 0

    assert not door.book.lines("staff_admitted")


def test_nothing_that_was_typed_stands_in_the_log(door: Door) -> None:
    door.refused("483921", "7777")

    (line,) = door.book.lines("staff_refused")
    assert "483921" not in str(line)
    assert "7777" not in str(line)


def test_after_five_wrong_tries_everybody_waits_and_ever_longer(door: Door) -> None:
    waits = []
    for _ in range(7):
        waits.append(door.refused("000001"))
        door.now_s += waits[-1]

    assert waits == [0, 0, 0, 0, 15, 30, 60]


def test_who_waits_is_not_even_tried(door: Door) -> None:
    for _ in range(5):
        door.refused("000001")

    door.now_s += 14
    assert door.refused(PIN) == 1
    door.now_s += 1
    door.worker.order(CheckStaff("1042", PIN))

    assert door.events.wait_for(StaffAdmitted).staff == "1042"
    assert len(door.book.lines("staff_refused")) == 5
    assert door.refused("000001") == 0  # the count begins anew


def test_no_pause_is_longer_than_an_hour() -> None:
    assert pause_after(4) == timedelta()
    assert pause_after(5) == timedelta(seconds=15)
    assert pause_after(500) == LONGEST_PAUSE


def test_the_desk_shows_what_waits(door: Door) -> None:
    issuance, number = doubt_one(door.bench.store)
    print_one(door.bench.store)
    first, _ = door.bench.store.outbox.due(50)
    door.bench.store.outbox.apply((Park(first.item.id, "conflict"),))

    desk = door.desk_after(LoadDesk("1042"))

    assert (desk.staff, desk.waiting) == ("1042", 1)
    assert [(paper.issuance, paper.number) for paper in desk.uncertain] == [(issuance, number)]
    assert [(row.id, row.reason) for row in desk.parked] == [(first.item.id, "conflict")]


def test_what_was_parked_is_sent_again_and_said(door: Door) -> None:
    print_one(door.bench.store)
    (owed,) = door.bench.store.outbox.due(50)
    door.bench.store.outbox.apply((Park(owed.item.id, "conflict"),))

    desk = door.desk_after(RetryParked("1042"))

    assert (desk.parked, desk.waiting) == ((), 1)
    door.retries.get(timeout=PATIENCE_S)
    assert [line["staff"] for line in door.book.lines("parked_retried")] == ["1042"]


def test_a_store_that_cannot_be_read_is_told_and_the_desk_is_empty(door: Door) -> None:
    door.bench.store.close()
    (door.directory / "state" / "kiosk.db").unlink()
    (door.directory / "state" / "kiosk.db").mkdir()

    for order in (LoadDesk("1042"), RetryParked("1042")):
        assert door.desk_after(order) == DeskLoaded("1042", (), (), 0)

    assert any(isinstance(event, StoreFailed) for event in door.events.all)
