"""What is owed to the platform leaves only by a verdict on its own id."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.backoff import FIRST, LONGEST, full_jitter
from kiosk.domain.journal import Leave, Park, Postpone
from tests.store.builders import block, print_one

if TYPE_CHECKING:
    from tests.store.builders import Bench


def fill(bench: Bench, count: int) -> list[str]:
    bench.store.numbers.add_block(block(count=count))
    return [print_one(bench.store) for _ in range(count)]


def numbers_due(bench: Bench) -> list[str]:
    return [row.item.body.number for row in bench.store.outbox.due(50)]


def test_rows_are_due_oldest_first_and_in_batches(bench: Bench) -> None:
    numbers = fill(bench, 4)

    batch = bench.store.outbox.due(3)

    assert [row.item.body.number for row in batch] == numbers[:3]


def test_only_the_named_row_leaves(bench: Bench) -> None:
    numbers = fill(bench, 3)
    rows = bench.store.outbox.due(50)

    bench.store.outbox.apply((Leave(rows[1].item.id),))

    assert numbers_due(bench) == [numbers[0], numbers[2]]


def test_a_parked_row_is_kept_with_its_reason_and_holds_up_nobody(bench: Bench) -> None:
    numbers = fill(bench, 2)
    rows = bench.store.outbox.due(50)

    bench.store.outbox.apply((Park(rows[0].item.id, "refused: because"),))

    assert numbers_due(bench) == [numbers[1]]
    stored = bench.store._database.run(
        lambda session: session.sql.exec_driver_sql("SELECT state, reason FROM outbox ORDER BY seq").all()
    )
    assert [tuple(row) for row in stored] == [("parked", "refused: because"), ("waiting", "")]


def test_a_postponed_row_waits_its_time_and_keeps_its_id(bench: Bench) -> None:
    fill(bench, 1)
    [row] = bench.store.outbox.due(50)

    bench.store.outbox.apply((Postpone(row.item.id, timedelta(seconds=30)),))

    assert numbers_due(bench) == []
    assert bench.store.outbox.wait() == timedelta(seconds=30)
    bench.clock.move(timedelta(seconds=31))
    [again] = bench.store.outbox.due(50)
    assert (again.item, again.attempts) == (row.item, 1)


def test_a_clock_set_back_by_years_does_not_hold_a_row(bench: Bench) -> None:
    fill(bench, 1)
    [row] = bench.store.outbox.due(50)
    bench.store.outbox.apply((Postpone(row.item.id, timedelta(seconds=30)),))

    bench.clock.move(timedelta(days=-3000))

    assert len(bench.store.outbox.due(50)) == 1


def test_ids_and_rows_survive_a_restart(bench: Bench) -> None:
    fill(bench, 3)
    before = bench.store.outbox.due(50)

    bench.reopen()

    assert bench.store.outbox.due(50) == before


def test_nothing_owed_means_nothing_to_wait_for(bench: Bench) -> None:
    assert bench.store.outbox.wait() is None


def test_back_off_doubles_up_to_a_quarter_of_an_hour_and_is_drawn_from_all_of_it() -> None:
    ceilings = [full_jitter(attempts, lambda: 1.0) for attempts in range(12)]

    assert ceilings[:4] == [FIRST, FIRST * 2, FIRST * 4, FIRST * 8]
    assert max(ceilings) == LONGEST == full_jitter(10_000, lambda: 1.0)
    assert full_jitter(5, lambda: 0.0) == timedelta()
