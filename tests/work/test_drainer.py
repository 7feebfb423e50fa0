"""Each record reaches the platform whatever the line does; none is thrown away, none holds up the others."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from backend_client.contract import (
    Delivered,
    ItemReceipt,
    PaperState,
    PlatformCode,
    PlatformFault,
    Receipt,
    SettlementRecord,
    Verdict,
    certificate_number,
)
from kiosk.store.outbox import owe
from kiosk.store.tables import outbox
from kiosk.work.crew import Crew
from kiosk.work.drainer import Drainer, DrainerTools
from kiosk.work.store_state import StoreState
from tests.core.stand import PATIENCE_S, LogBook
from tests.store.builders import Bench, block
from tests.work.platforms import SilentPlatform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from backend_client.contract import RecordItem
    from kiosk.store.session import Session

    Judge = Callable[[RecordItem], Verdict | None]

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass
class Register(SilentPlatform):
    """A platform that keeps what it stores; `fault` cuts the line, `judge` decides on single rows."""

    fault: PlatformFault | None = None
    judge: Judge = field(default=lambda _item: Verdict.STORED)
    bad_number: str = ""  # a batch that holds this number is refused as a whole
    batches: list[int] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    awaited: int = 0  # `arrived` is set when so many are stored
    arrived: threading.Event = field(default_factory=threading.Event)

    def deliver(
        self, batch_id: str, items: tuple[RecordItem, ...], deadline: timedelta
    ) -> Delivered | PlatformFault:
        self.deadlines.append(deadline)
        self.batches.append(len(items))
        if self.fault:
            return self.fault
        if any(item.body.number == self.bad_number for item in items):
            return PlatformFault(PlatformCode.REFUSED, "422")
        return Delivered(
            Receipt(
                batch_id=batch_id,
                kiosk="CG-KSK-03",
                items=tuple(self._receipts(items)),
                received_at=NOW,
                signature="",
            )
        )

    def _receipts(self, items: tuple[RecordItem, ...]) -> Iterator[ItemReceipt]:
        for item in items:
            verdict = self.judge(item)
            if verdict is Verdict.STORED:
                self.stored.append(item.body.number)
                if len(self.stored) == self.awaited:
                    self.arrived.set()
            if verdict:
                yield ItemReceipt(id=item.id, verdict=verdict, reason="because")


class Post:
    """A drainer that is driven by hand, with a back-off that is always drawn at its longest."""

    def __init__(self, state_dir: Path) -> None:
        self.bench = Bench(state_dir)
        self.platform = Register()
        self.book = LogBook()
        state = StoreState(lambda _event: None, self.book.log)
        tools = DrainerTools(self.bench.store.outbox, self.platform, state, self.book.log, lambda: 1.0)
        self.drainer = Drainer(tools)

    def owe(self, count: int) -> list[str]:
        """The numbers of so many records, all owed at once."""
        numbers = [certificate_number(block(count=count), serial + 1) for serial in range(count)]

        def work(session: Session) -> None:
            for number in numbers:
                owe(session, word_on(number))

        self.bench.store._database.run(work)
        return numbers

    def drain_dry(self) -> None:
        """Deliver, sleeping through every pause, until nothing is owed."""
        for _ in range(200):
            pause_s = self.drainer.drain()
            if pause_s is None:
                return
            self.bench.clock.move(timedelta(seconds=pause_s))
        raise AssertionError("the outbox never became empty")

    def parked(self, state: str = "parked") -> list[str]:
        """The reasons of all rows in this state."""
        query = select(outbox.c.reason).where(outbox.c.state == state)
        return self.bench.store._database.run(lambda session: list(session.sql.execute(query).scalars()))


def word_on(number: str) -> SettlementRecord:
    return SettlementRecord(number=number, state=PaperState.PRINTED, settled_by="resident", settled_at=NOW)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path / "state")
    yield made
    made.bench.store.close()


def test_rows_go_in_batches_of_fifty_in_their_order(post: Post) -> None:
    numbers = post.owe(120)

    post.drain_dry()

    assert post.platform.batches == [50, 50, 20]
    assert post.platform.stored == numbers
    acknowledged = [line["number"] for line in post.book.lines("record_acknowledged")]
    assert acknowledged == numbers


@pytest.mark.parametrize("verdict", [Verdict.REFUSED, Verdict.CONFLICT])
def test_what_is_refused_is_parked_with_its_reason_and_the_others_go(post: Post, verdict: Verdict) -> None:
    numbers = post.owe(3)
    post.platform.judge = lambda item: verdict if item.body.number == numbers[1] else Verdict.STORED

    post.drain_dry()

    assert post.platform.stored == [numbers[0], numbers[2]]
    assert post.parked() == [f"{verdict}: because"]
    assert [line["number"] for line in post.book.lines("record_parked")] == [numbers[1]]


def test_what_was_parked_is_tried_again_by_the_next_process_after_all_others(post: Post) -> None:
    """A platform that was set back to a backup refuses numbers until it knows them again."""
    [parked] = post.owe(1)
    post.platform.judge = lambda _item: Verdict.REFUSED
    post.drain_dry()
    numbers = post.owe(3)
    post.platform.judge = lambda _item: Verdict.STORED
    post.platform.batches.clear()
    post.platform.awaited = 4
    crew = Crew(post.book.log, lambda: None)

    post.drainer.nudge()  # as the recovery does at each start
    crew.start(post.drainer)

    assert post.platform.arrived.wait(PATIENCE_S)
    assert crew.stop(PATIENCE_S)
    assert post.platform.stored == [*numbers, parked]
    assert post.platform.batches == [3, 1]


def test_what_is_refused_again_is_parked_again_and_told_once(post: Post) -> None:
    [number] = post.owe(1)
    post.platform.judge = lambda _item: Verdict.REFUSED
    post.drain_dry()

    post.drainer.retry_parked()
    kept = post.parked("retrying")
    post.drain_dry()
    post.drainer.retry_parked()  # much too soon
    post.drain_dry()

    assert kept == ["refused: because"]
    assert post.platform.batches == [1, 1]
    assert post.parked() == kept
    assert [line["number"] for line in post.book.lines("record_parked")] == [number]


def test_a_duplicate_has_arrived_before_and_leaves(post: Post) -> None:
    post.owe(2)
    post.platform.judge = lambda _item: Verdict.DUPLICATE

    post.drain_dry()

    assert (post.bench.store.outbox.wait(), post.parked()) == (None, [])


@pytest.mark.parametrize("silence", [Verdict.LATER, None])
def test_a_row_without_its_own_good_word_stays(post: Post, silence: Verdict | None) -> None:
    """Neither "later" nor a receipt that leaves the row out lets it go."""
    numbers = post.owe(2)
    post.platform.judge = lambda item: silence if item.body.number == numbers[0] else Verdict.STORED

    pauses = [post.drainer.drain(), post.drainer.drain()]

    assert post.platform.stored == [numbers[1]]
    assert pauses == [0.0, 5.0]
    post.platform.judge = lambda _item: Verdict.STORED
    post.drain_dry()
    post.bench.clock.move(timedelta(seconds=6))
    post.drain_dry()
    assert post.platform.stored == [numbers[1], numbers[0]]


def test_a_dead_line_is_tried_less_and_less_often_and_costs_no_row(post: Post) -> None:
    numbers = post.owe(2)
    post.platform.fault = PlatformFault(PlatformCode.UNREACHABLE)

    pauses = [post.drainer.drain() for _ in range(11)]
    post.platform.fault = None
    post.drain_dry()

    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]
    assert post.platform.stored == numbers


def test_a_receipt_ends_the_back_off(post: Post) -> None:
    post.owe(1)
    post.platform.fault = PlatformFault(PlatformCode.TOO_SLOW)
    for _ in range(6):
        post.drainer.drain()

    post.platform.fault = None
    post.drain_dry()
    post.owe(1)
    post.platform.fault = PlatformFault(PlatformCode.TOO_SLOW)

    assert post.drainer.drain() == 5


def test_a_row_that_the_platform_cannot_bear_holds_up_nobody(post: Post) -> None:
    numbers = post.owe(60)
    post.platform.bad_number = numbers[7]

    for _ in range(20):
        post.drainer.drain()

    assert set(post.platform.stored) == set(numbers) - {numbers[7]}
    assert post.bench.store.outbox.wait() is not None  # kept, and tried now and then
    post.platform.bad_number = ""
    post.bench.clock.move(timedelta(minutes=16))
    post.drain_dry()
    assert set(post.platform.stored) == set(numbers)


def test_one_row_is_delivered_under_one_id_however_often_it_is_sent(post: Post) -> None:
    post.owe(1)
    seen: list[str] = []

    def take_the_third(item: RecordItem) -> Verdict:
        seen.append(item.id)
        return Verdict.STORED if len(seen) == 3 else Verdict.LATER

    post.platform.judge = take_the_third

    for _ in range(3):
        post.drainer.drain()
        post.bench.clock.move(timedelta(minutes=16))

    assert len(seen) == 3
    assert len(set(seen)) == 1
