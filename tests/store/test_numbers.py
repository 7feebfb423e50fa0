"""The blocks of certificate numbers: each number is given out once, whatever clocks and platforms do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import certificate_number, check_code, is_certificate_number
from kiosk.domain.issuance import NoNumbers, ReservedNumber
from kiosk.domain.journal import BlockVerdict
from tests.store.builders import block, entries, reservation, reserve

if TYPE_CHECKING:
    from backend_client.contract import NumberBlock
    from tests.store.builders import Bench


def test_numbers_are_given_out_in_order_and_once_each(bench: Bench) -> None:
    bench.store.numbers.add_block(block(count=3))

    numbers = [bench.store.issuances.reserve(reservation()) for _ in range(3)]

    assert numbers == [
        ReservedNumber(number, check_code(block().code_key, number))
        for number in (certificate_number(block(), serial) for serial in (1, 2, 3))
    ]


def test_without_numbers_nothing_is_reserved(bench: Bench) -> None:
    bench.store.numbers.add_block(block(count=1))
    bench.store.issuances.reserve(reservation())

    outcome = bench.store.issuances.reserve(reservation())

    assert outcome == NoNumbers()
    assert len(bench.store.issuances.open_issuances()) == 1


def test_the_block_that_expires_first_is_used_first_and_an_expired_one_never(bench: Bench) -> None:
    bench.store.numbers.add_block(block(first=500, expires_on=date(2026, 12, 30)))
    bench.store.numbers.add_block(block(first=100, count=1, expires_on=date(2026, 12, 1)))
    bench.store.numbers.add_block(block(first=1, expires_on=date(2026, 11, 23)))
    bench.clock.move(timedelta(days=1))

    outcomes = [bench.store.issuances.reserve(reservation()) for _ in range(2)]

    serials = [o.number[21:27] for o in outcomes if isinstance(o, ReservedNumber)]
    assert serials == ["000100", "000500"]


def test_no_number_is_given_out_again_after_a_restart(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    _, before = reserve(bench.store)

    bench.reopen()
    bench.store.numbers.add_block(block())  # the platform gives the same block for the same request
    _, after = reserve(bench.store)

    assert before != after
    assert is_certificate_number(after)


def test_a_block_is_asked_for_with_the_same_id_until_it_is_here(bench: Bench) -> None:
    first = bench.store.numbers.block_request(200)

    bench.reopen()
    again = bench.store.numbers.block_request(200)
    bench.store.numbers.add_block(block(count=3))
    after = bench.store.numbers.block_request(200)

    assert first == again
    assert after.request_id != first.request_id
    assert bench.store.numbers.remaining() == 3


@pytest.mark.parametrize("first", [1, 3, 5])
def test_a_block_with_serials_that_are_known_here_is_refused_and_asked_for_no_more(
    bench: Bench, first: int
) -> None:
    """A platform that was set back to a backup gives out serials for the second time."""
    bench.store.numbers.add_block(block(first=3, count=3))
    request = bench.store.numbers.block_request(3)

    verdict = bench.store.numbers.add_block(again(block(first=first, count=3)))

    assert verdict is BlockVerdict.OVERLAPS
    assert bench.store.numbers.remaining() == 3
    assert bench.store.numbers.block_request(3) != request


@pytest.mark.parametrize(
    "other",
    [block(first=4), block(first=1).model_copy(update={"year": 2027})],
    ids=["later-serials", "another-year"],
)
def test_a_block_of_other_numbers_is_kept(bench: Bench, other: NumberBlock) -> None:
    bench.store.numbers.add_block(block(first=1, count=3))

    assert bench.store.numbers.add_block(again(other)) is BlockVerdict.KEPT
    assert bench.store.numbers.remaining() == 6


def test_a_serial_that_was_used_under_another_block_is_passed_over(bench: Bench) -> None:
    bench.store.numbers.add_block(block(count=2))
    used = [reserve(bench.store)[1] for _ in range(2)]
    bench.store.numbers.add_block(block(first=10, count=3))
    move_back = "UPDATE number_block SET first = 1, next = 1 WHERE block_id = 'block-10'"
    bench.store._database.run(lambda session: session.sql.exec_driver_sql(move_back))

    _, number = reserve(bench.store)

    assert number == certificate_number(block(count=3), 3)
    assert number not in used
    assert bench.store.issuances.reserve(reservation()) == NoNumbers()


def test_a_clock_far_ahead_costs_the_community_one_block_a_day_at_most(bench: Bench) -> None:
    request = bench.store.numbers.block_request(3)
    bench.clock.move(timedelta(days=40))

    answers: list[BlockVerdict | bool] = []
    for _ in range(5):
        answers.append(bench.store.numbers.add_block(block()))
        answers.append(bench.store.numbers.block_request(3) == request)
        request = bench.store.numbers.block_request(3)

    renewed: list[BlockVerdict | bool] = [
        BlockVerdict.EXPIRED,
        False,
    ]  # asked for on another day: its block may really be old
    assert answers == renewed + [BlockVerdict.EXPIRED, True] * 4


def test_the_block_that_looked_expired_is_kept_once_the_clock_is_right(bench: Bench) -> None:
    bench.clock.move(timedelta(days=40))
    bench.store.numbers.block_request(3)
    bench.store.numbers.add_block(block())

    bench.clock.move(timedelta(days=-40))
    verdict = bench.store.numbers.add_block(block())

    assert (verdict, bench.store.numbers.remaining()) == (BlockVerdict.KEPT, 3)


def test_a_block_that_is_kept_stands_in_the_ledger_without_its_key(bench: Bench) -> None:
    for _ in range(2):
        bench.store.numbers.add_block(block(count=3))

    told = [entry for entry in entries(bench.store) if entry["kind"] == "block"]

    assert [(entry["block"], entry["first"], entry["count"]) for entry in told] == [("block-1", 1, 3)]
    assert block().code_key not in str(told)


def again(given: NumberBlock) -> NumberBlock:
    """The same serials under another block's name."""
    return given.model_copy(update={"block_id": f"{given.block_id}-again"})
