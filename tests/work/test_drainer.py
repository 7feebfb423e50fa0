"""Each record reaches the platform whatever the line does; none is thrown away, none holds up the others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import GapRecord, PlatformCode, PlatformFault, Verdict
from kiosk.store.outbox import owe
from kiosk.work.crew import Crew
from tests.core.stand import PATIENCE_S
from tests.store.builders import number_of
from tests.work.post import Post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backend_client.contract import RecordItem


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path / "state")
    yield made
    made.bench.store.close()


def test_rows_go_in_their_order_and_in_larger_batches_when_much_is_owed(post: Post) -> None:
    numbers = post.owe(640)

    post.drain_dry()
    post.owe(60)
    post.drain_dry()

    assert post.platform.batches == [50, 100, 200, 200, 90, 50, 10]
    assert post.platform.stored[: len(numbers)] == numbers
    acknowledged = [line["number"] for line in post.book.lines("record_acknowledged")]
    assert acknowledged == post.platform.stored


@pytest.mark.parametrize("verdict", [Verdict.REFUSED, Verdict.CONFLICT])
def test_what_is_refused_is_parked_with_its_reason_and_the_others_go(post: Post, verdict: Verdict) -> None:
    numbers = post.owe(3)
    post.platform.judge = lambda item: verdict if number_of(item) == numbers[1] else Verdict.STORED

    post.drain_dry()

    assert post.platform.stored == [numbers[0], numbers[2]]
    assert post.parked() == [f"{verdict}: because"]
    assert [line["number"] for line in post.book.lines("record_parked")] == [numbers[1]]


def test_a_thin_line_is_not_tried_with_a_large_batch_again(post: Post) -> None:
    post.owe(400)
    for _ in range(2):
        post.drainer.drain()

    post.platform.fault = PlatformFault(PlatformCode.TOO_SLOW)
    post.drainer.drain()
    post.platform.fault = None
    post.drainer.drain()

    assert post.platform.batches == [50, 100, 200, 50]


@pytest.mark.parametrize("who", ["the line", "staff"])
def test_what_was_parked_is_tried_again_after_all_others(post: Post, who: str) -> None:
    """A platform that was set back to a backup refuses numbers until it knows them again."""
    [parked] = post.owe(1)
    post.platform.judge = lambda _item: Verdict.REFUSED
    post.drain_dry()
    numbers = post.owe(3)
    post.platform.judge = lambda _item: Verdict.STORED
    post.platform.batches.clear()
    post.platform.awaited = 4
    crew = Crew(post.book.log, lambda: None)

    (post.drainer.on_line_back if who == "the line" else post.drainer.retry_parked)()
    crew.start(post.drainer)

    assert post.platform.arrived.wait(PATIENCE_S)
    assert crew.stop(PATIENCE_S)
    assert post.platform.stored == [*numbers, parked]
    assert post.platform.batches == [3, 1]


def test_a_paper_that_is_settled_does_not_ask_about_what_was_parked(post: Post) -> None:
    post.owe(1)
    post.platform.judge = lambda _item: Verdict.REFUSED
    post.drain_dry()

    for _ in range(3):
        post.drainer.nudge()
        post.drain_dry()

    assert post.platform.batches == [1]


def test_what_is_refused_again_is_parked_again_and_told_once(post: Post) -> None:
    [number] = post.owe(1)
    post.platform.judge = lambda _item: Verdict.REFUSED
    post.drain_dry()

    post.drainer.on_line_back()
    post.drain_dry()
    post.drainer.on_line_back()  # a line that comes and goes
    post.drain_dry()
    by_the_line = list(post.platform.batches)
    for _ in range(2):
        post.drainer.retry_parked()  # staff need not wait
        post.drain_dry()

    assert (by_the_line, post.platform.batches) == ([1, 1], [1, 1, 1, 1])
    assert post.parked() == ["refused: because"]
    assert [line["number"] for line in post.book.lines("record_parked")] == [number]


def test_who_waits_for_deliveries_is_told_once_when_all_are_through(post: Post) -> None:
    post.drain_dry()
    post.owe(120)

    post.drain_dry()
    told = post.times_drained
    post.drain_dry()

    assert (told, post.times_drained) == (1, 1)


def test_a_gap_is_delivered_though_it_is_about_no_number(post: Post) -> None:
    moment = post.bench.clock.moment()
    gap = GapRecord(since=None, ended_ledger="", noticed=moment.stamp())
    post.bench.store._database.run(lambda session: owe(session, gap, moment))

    post.drain_dry()

    assert post.platform.batches == [1]
    [line] = post.book.lines("record_acknowledged")
    assert (line["number"], line["type"]) == ("", "gap")


def test_a_duplicate_has_arrived_before_and_leaves(post: Post) -> None:
    post.owe(2)
    post.platform.judge = lambda _item: Verdict.DUPLICATE

    post.drain_dry()

    assert (post.bench.store.outbox.wait(), post.parked()) == (None, [])


@pytest.mark.parametrize("silence", [Verdict.LATER, None])
def test_a_row_without_its_own_good_word_stays(post: Post, silence: Verdict | None) -> None:
    """Neither "later" nor a receipt that leaves the row out lets it go."""
    numbers = post.owe(2)
    post.platform.judge = lambda item: silence if number_of(item) == numbers[0] else Verdict.STORED

    pauses = [post.drainer.drain(), post.drainer.drain()]

    assert post.platform.stored == [numbers[1]]
    assert pauses == [0.0, 5.0]
    post.platform.judge = lambda _item: Verdict.STORED
    post.drain_dry()
    post.bench.clock.go_on(timedelta(seconds=6))
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
    post.platform.bad_number = "none"
    post.bench.clock.go_on(timedelta(minutes=16))
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
        post.bench.clock.go_on(timedelta(minutes=16))

    assert len(seen) == 3
    assert len(set(seen)) == 1
