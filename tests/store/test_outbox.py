"""What is owed to the platform leaves only by a verdict on its own id."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, text

from backend_client.contract import SCHEMA_VERSION, GapRecord
from kiosk.domain.backoff import FIRST, LONGEST, full_jitter
from kiosk.domain.codes import StoreCode
from kiosk.domain.journal import Leave, OutboxCounts, Park, Postpone
from kiosk.store.outbox import owe
from kiosk.store.sealing import Place
from kiosk.store.tables import outbox
from tests.store.builders import block, entries, number_of, print_one, slip_request

if TYPE_CHECKING:
    from kiosk.store.session import Session
    from tests.store.builders import Bench


def fill(bench: Bench, count: int) -> list[str]:
    bench.store.numbers.add_block(block(count=count))
    return [print_one(bench.store) for _ in range(count)]


def numbers_due(bench: Bench) -> list[str]:
    return [number_of(row.item) for row in bench.store.outbox.due(50)]


def test_rows_are_due_oldest_first_and_in_batches(bench: Bench) -> None:
    numbers = fill(bench, 4)

    batch = bench.store.outbox.due(3)

    assert [number_of(row.item) for row in batch] == numbers[:3]


def test_only_the_named_row_leaves(bench: Bench) -> None:
    numbers = fill(bench, 3)
    rows = bench.store.outbox.due(50)

    bench.store.outbox.apply((Leave(rows[1].item.id),))

    assert numbers_due(bench) == [numbers[0], numbers[2]]


def test_what_leaves_is_acknowledged_in_journal_and_ledger_and_nothing_else_is(bench: Bench) -> None:
    numbers = fill(bench, 3)
    rows = bench.store.outbox.due(50)
    bench.clock.go_on(timedelta(hours=1))

    verdicts = (Leave(rows[0].item.id), Park(rows[1].item.id, "refused"), Leave(str(uuid.uuid4())))
    bench.store.outbox.apply(verdicts)

    query = text("SELECT number, acknowledged_at FROM issuance ORDER BY number")
    stored = bench.store._database.run(lambda session: session.sql.execute(query).all())
    assert [tuple(row) for row in stored] == [
        (numbers[0], bench.clock.wall.isoformat()),
        (numbers[1], ""),
        (numbers[2], ""),
    ]
    told = [entry["number"] for entry in entries(bench.store) if entry["kind"] == "acknowledged"]
    assert told == [numbers[0]]


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
    bench.clock.go_on(timedelta(seconds=31))
    [again] = bench.store.outbox.due(50)
    assert (again.item, again.attempts) == (row.item, 1)


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_jumps_by_decades_neither_holds_a_row_nor_hurries_it(bench: Bench, years: int) -> None:
    fill(bench, 1)
    [row] = bench.store.outbox.due(50)
    bench.store.outbox.apply((Postpone(row.item.id, timedelta(seconds=30)),))

    bench.clock.move(timedelta(days=365 * years))
    waits = [bench.store.outbox.wait(), len(bench.store.outbox.due(50))]
    bench.clock.go_on(timedelta(seconds=30))

    assert waits == [timedelta(seconds=30), 0]
    assert len(bench.store.outbox.due(50)) == 1


def test_after_a_start_of_the_machine_every_row_may_be_tried_at_once(bench: Bench) -> None:
    """The time since boot begins anew: nothing may wait for a number of the boot before."""
    fill(bench, 2)
    bench.clock.go_on(timedelta(days=20))
    first, second = bench.store.outbox.due(50)
    bench.store.outbox.apply((Postpone(first.item.id, timedelta(minutes=15)),))

    bench.clock.boot()
    bench.reopen()
    due = bench.store.outbox.due(50)
    bench.store.outbox.apply((Postpone(second.item.id, timedelta(minutes=15)),))

    assert [row.item.id for row in due] == [first.item.id, second.item.id]
    assert [row.item.id for row in bench.store.outbox.due(50)] == [first.item.id]


def test_no_number_of_tries_and_no_time_lets_a_row_go(bench: Bench) -> None:
    fill(bench, 1)
    [row] = bench.store.outbox.due(50)

    for _ in range(300):
        bench.store.outbox.apply((Postpone(row.item.id, timedelta(minutes=15)),))
        bench.clock.go_on(timedelta(days=30))

    [still] = bench.store.outbox.due(50)
    assert (still.item, still.attempts) == (row.item, 300)


def test_what_is_owed_names_its_schema_and_stays_as_it_was_stored(bench: Bench) -> None:
    """An item of an older kiosk goes over the wire with the very fields that it was stored with."""
    fill(bench, 1)
    [owed] = bench.store.outbox.due(50)
    old = {
        "id": str(uuid.uuid4()),
        "schema_version": 2,
        "body": {
            "type": "settlement",
            "number": number_of(owed.item),
            "state": "printed",
            "settled_by": "resident",
            "settled_at": "2026-11-01T08:00:00+08:00",
        },
    }
    bench.store._database.run(lambda session: store_as_it_is(session, old))

    today, earlier = bench.store.outbox.due(50)

    assert today.item.schema_version == SCHEMA_VERSION == 4
    assert json.loads(today.item.model_dump_json(exclude_unset=True))["schema_version"] == 4
    assert json.loads(earlier.item.model_dump_json(exclude_unset=True)) == old


def store_as_it_is(session: Session, item: dict[str, object]) -> None:
    sealed = session.sealer.seal(Place("outbox", str(item["id"])), json.dumps(item).encode())
    session.sql.execute(insert(outbox).values(id=item["id"], sealed=sealed, state="waiting"))


def test_staff_see_what_is_owed_and_what_was_not_taken(bench: Bench) -> None:
    began = bench.clock.wall
    numbers = fill(bench, 3)
    bench.clock.go_on(timedelta(hours=1))
    slip = bench.store.issuances.reserve_slip(slip_request())
    gap = GapRecord(since=None, ended_ledger="", noticed=bench.clock.moment().stamp())
    bench.store._database.run(lambda session: owe(session, gap, bench.clock.moment()))
    rows = bench.store.outbox.due(50)
    bench.clock.go_on(timedelta(hours=1))
    bench.store.outbox.apply(tuple(Park(row.item.id, f"refused: {at}") for at, row in enumerate(rows) if at))

    parked = bench.store.outbox.parked()

    assert [(item.number, item.type, item.reason) for item in parked] == [
        (numbers[1], "certificate", "refused: 1"),
        (numbers[2], "certificate", "refused: 2"),
        (slip.number, "pickup", "refused: 3"),
        ("", "gap", "refused: 4"),
    ]
    assert {item.parked_at for item in parked} == {bench.clock.wall}
    assert bench.store.outbox.counts() == OutboxCounts(waiting=1, parked=4, oldest=began)
    assert [item.id for item in bench.store.outbox.everything()] == [row.item.id for row in rows]


def test_nothing_owed_is_told_as_such(bench: Bench) -> None:
    assert bench.store.outbox.counts() == OutboxCounts(waiting=0, parked=0, oldest=None)
    assert list(bench.store.outbox.everything()) == []


def test_a_row_that_does_not_open_is_parked_seen_and_never_tried_again(bench: Bench) -> None:
    numbers = fill(bench, 2)
    spoil = text("UPDATE outbox SET sealed = x'00' WHERE seq = 1")
    bench.store._database.run(lambda session: session.sql.execute(spoil) and None)

    due = numbers_due(bench)
    bench.store.outbox.retry_parked()

    assert due == numbers_due(bench) == [numbers[1]]
    [spoilt] = bench.store.outbox.parked()
    assert (spoilt.number, spoilt.reason) == ("", StoreCode.DAMAGED)
    assert [number_of(item) for item in bench.store.outbox.everything()] == [numbers[1]]


def test_what_was_parked_is_tried_after_all_others_and_keeps_its_reason(bench: Bench) -> None:
    numbers = fill(bench, 2)
    rows = bench.store.outbox.due(50)
    bench.store.outbox.apply((Park(rows[0].item.id, "refused: because"),))

    bench.store.outbox.retry_parked()
    first = numbers_due(bench)
    bench.store.outbox.apply((Leave(rows[1].item.id),))
    [again] = bench.store.outbox.due(50)

    assert first == [numbers[1]]
    assert (number_of(again.item), again.parked_for) == (numbers[0], "refused: because")


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
