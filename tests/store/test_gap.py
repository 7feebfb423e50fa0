"""What a restored store does not know is asked of the platform, and what nobody knows is told."""

from __future__ import annotations

from backend_client.contract import GapRecord, MissingSerials, PaperState, certificate_number
from kiosk.domain.issuance import IssuanceState, Settlement
from kiosk.store.missing import Block, missing_serials
from tests.store.builders import Bench, block, print_one, reserve, walk
from tests.store.restoring import damage, damaged_after_backup, entries, known, number, page, rows


def test_the_gap_is_told_once_the_platform_has_said_what_it_knows(bench: Bench) -> None:
    damaged_after_backup(bench, printed_after=4)
    strange = MissingSerials(block_id="block-later", first=21, last=24)

    was_open = bench.store.gaps.cursor()
    first = bench.store.gaps.merge(page(known(1), known(2), following="there"))
    then = bench.store.gaps.cursor()
    record = bench.store.gaps.merge(page(known(4), known(22), blocks=(strange,)))

    assert (was_open, first, then) == ("", None, "there")
    assert record is not None
    assert record.since == bench.clock.wall
    assert [(gap.block_id, gap.first, gap.last) for gap in record.missing] == [
        ("block-1", 3, 3),
        ("block-1", 5, 10),
        ("block-later", 21, 21),
        ("block-later", 23, 24),
    ]
    assert bench.store.gaps.cursor() is None
    assert [row.item.body for row in bench.store.outbox.due(50) if row.item.body.type == "gap"] == [record]


def test_what_the_platform_knows_stands_in_the_store_again_without_the_person(bench: Bench) -> None:
    damaged_after_backup(bench, printed_after=2)

    bench.store.gaps.merge(page(known(1), known(2), known(3, PaperState.VOIDED), known(3, attempt=2)))

    first, second, voided, again = rows(bench)
    assert first.acknowledged_at == second.acknowledged_at == bench.clock.wall.isoformat()
    assert (first.session, second.session, second.sealed) == ("session-1", "", b"")
    assert (second.state, voided.state, again.state) == ("printed", "voided", "printed")
    assert (voided.superseded_by, again.superseded_by) == (again.id, "")


def test_of_two_attempts_that_the_platform_calls_printed_the_latest_counts(bench: Bench) -> None:
    """Its list may say what no kiosk would have done; that must not stop this one."""
    damaged_after_backup(bench, printed_after=1)

    bench.store.gaps.merge(page(known(2, attempt=2), following="there"))
    bench.store.gaps.merge(page(known(2), known(2, attempt=3)))

    _, first, second, third = rows(bench)
    assert (first.superseded_by, second.superseded_by, third.superseded_by) == (second.id, third.id, "")


def test_a_doubt_that_only_the_platform_knows_of_can_be_settled_by_a_person(bench: Bench) -> None:
    damaged_after_backup(bench, printed_after=1)
    bench.store.gaps.merge(page(known(2, PaperState.UNCERTAIN)))

    (doubt,) = bench.store.issuances.uncertain_papers()
    settled = bench.store.issuances.settle_by_word(doubt.issuance, came_out=True, settled_by="staff-1")

    assert settled
    assert doubt.number == number(2)
    assert bench.store.outbox.due(50)[-1].item.body.type == "settlement"


def test_a_store_that_breaks_twice_tells_of_both_gaps(bench: Bench) -> None:
    """The second copy was made while the first gap was open."""
    bench.store.numbers.add_block(block(count=10))
    print_one(bench.store)
    first = bench.store.ledger.growth()
    bench.store.night.back_up()
    damage(bench)
    bench.store.numbers.add_block(block(first=11, count=3))
    print_one(bench.store)
    bench.store.night.back_up()
    print_one(bench.store)
    damage(bench)

    record = bench.store.gaps.merge(page(known(1), known(2), known(11)))

    assert record is not None
    assert first is not None
    assert record.ended_ledger == first.checkpoint.split("\n")[0]  # of two that ended, the first is named
    assert {(gap.block_id, gap.first, gap.last) for gap in record.missing} == {
        ("block-1", 3, 10),
        ("block-11", 12, 13),
    }


def test_pages_may_come_again(bench: Bench) -> None:
    """The process may have ended between any two of them."""
    damaged_after_backup(bench, printed_after=2)

    for _ in range(2):
        bench.store.gaps.merge(page(known(1), known(2), following="there"))
        bench.reopen()
    bench.store.gaps.merge(page(known(3)))
    again = bench.store.gaps.merge(page(known(3)))

    assert [row.number for row in rows(bench)] == [number(1), number(2), number(3)]
    assert again is None


def test_a_doubt_that_somebody_settled_after_the_copy_is_settled_again(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    issued, _ = reserve(bench.store)
    walk(bench.store, issued, IssuanceState.SENDING)
    bench.store.issuances.settle(issued, Settlement(IssuanceState.UNCERTAIN, "JOB-01"))
    bench.store.night.back_up()
    damage(bench)

    bench.store.gaps.merge(page(known(1)))

    assert bench.store.issuances.count_uncertain() == 0
    assert rows(bench)[0].state == "printed"


def test_without_any_copy_an_empty_store_marks_the_gap_too(bench: Bench) -> None:
    bench.store.numbers.add_block(block(count=10))
    print_one(bench.store)
    damage(bench)

    blocks = (MissingSerials(block_id="block-1", first=1, last=10),)
    record = bench.store.gaps.merge(page(known(1), blocks=blocks))

    assert isinstance(record, GapRecord)
    assert (record.since, record.ended_ledger) == (None, "")
    assert [(gap.first, gap.last) for gap in record.missing] == [(2, 10)]
    assert entries(bench)[0]["kind"] == "restored"


def test_missing_serials_are_told_apart_by_their_series() -> None:
    other_year = certificate_number(block(count=9).model_copy(update={"year": 2025}), 2)
    ours = Block("block-1", "610525001003-JZ-2026-", 1, 5)

    missing = missing_serials((ours,), (number(1), other_year, number(4), "Q-1234-5678"))

    assert [(gap.first, gap.last) for gap in missing] == [(2, 3), (5, 5)]
