"""The technician's bench: tests and refills, newest first, and counters that no kill sets back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.bench import DeviceTest, PaperCount, Refill, Refilled
from kiosk.domain.health import Component
from kiosk.domain.issuance import RECEIPT_PRINTER, IssuanceState, Settlement
from tests.store.builders import (
    JOB,
    LAST_DAY,
    SHA,
    Bench,
    block,
    doubt_one,
    print_one,
    reserve,
    slip_request,
    void_one,
    walk,
)

if TYPE_CHECKING:
    from kiosk.store.store import Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def store(bench: Bench) -> Store:
    bench.store.numbers.add_block(block(count=50))
    return bench.store


def device_test(minute: int, *, passed: bool = True) -> DeviceTest:
    at = NOON + timedelta(minutes=minute)
    return DeviceTest(Component.SCANNER, passed, at, "1042", "" if passed else "SCN-03", "code")


def paper(sheets: int | None, staff: str = "1042") -> Refill:
    return Refill(Refilled.PAPER, sheets, NOON, staff)


def print_slip(store: Store, printer: str, state: IssuanceState = IssuanceState.PRINTED) -> None:
    request = slip_request()
    store.issuances.reserve_slip(request)
    store.issuances.note_document(request.issuance, SHA, LAST_DAY)
    store.issuances.begin_print(request.issuance, SHA, JOB.name, printer)
    store.issuances.note_created(request.issuance, JOB)
    store.issuances.note_sending(request.issuance)
    store.issuances.note_accepted(request.issuance)
    store.issuances.settle(request.issuance, Settlement(state))


def test_tests_and_refills_come_back_newest_first_and_survive_a_restart(bench: Bench, store: Store) -> None:
    for minute in range(3):
        store.bench.note_test(device_test(minute, passed=minute != 1))
    toner = Refill(Refilled.TONER, None, NOON, "77")
    store.bench.note_refill(paper(500))
    store.bench.note_refill(toner)

    again = bench.reopen().bench

    assert again.tests(2) == (device_test(2), device_test(1, passed=False))
    assert again.refills(5) == (toner, paper(500))


def test_before_the_first_refill_nobody_knows_what_is_left(store: Store) -> None:
    store.bench.note_pages(3)
    store.bench.note_refill(Refill(Refilled.ROLL, None, NOON, "1042"))

    assert store.bench.count() == PaperCount(3, None)


def test_what_is_left_is_the_last_refill_less_the_pages_since(store: Store) -> None:
    store.bench.note_pages(7)
    store.bench.note_refill(paper(200))
    store.bench.note_pages(4)
    print_one(store)

    assert store.bench.count() == PaperCount(12, 195)


def test_a_tray_never_holds_less_than_nothing(store: Store) -> None:
    store.bench.note_refill(paper(2))
    store.bench.note_pages(5)

    assert store.bench.count() == PaperCount(5, 0)


def test_a_refill_without_a_number_makes_the_rest_unknown(store: Store) -> None:
    store.bench.note_refill(paper(200))
    store.bench.note_refill(paper(None, staff=""))

    assert store.bench.count().left is None


def test_a_sheet_in_doubt_counts_and_a_void_one_does_not(store: Store) -> None:
    """The estimate must not promise paper that is not there, so that no word takes a sheet back either."""
    store.bench.note_refill(paper(100))
    void_one(store)
    issuance, _ = doubt_one(store)
    store.issuances.settle_by_word(issuance, came_out=False, settled_by="1042")

    assert store.bench.count() == PaperCount(1, 99)


def test_settling_again_in_the_same_way_counts_once(store: Store) -> None:
    issuance, _ = reserve(store)
    walk(store, issuance, IssuanceState.ACCEPTED)
    for _ in range(2):
        store.issuances.settle(issuance, Settlement(IssuanceState.PRINTED))

    assert store.bench.count().pages == 1


def test_slips_count_for_the_printer_that_had_them(store: Store) -> None:
    print_slip(store, RECEIPT_PRINTER)
    print_slip(store, RECEIPT_PRINTER, IssuanceState.UNCERTAIN)
    print_slip(store, "")
    store.bench.note_slip()

    assert store.bench.count() == PaperCount(1, None, slips=3)


def test_the_printer_of_a_job_is_known_after_a_restart(bench: Bench, store: Store) -> None:
    request = slip_request()
    store.issuances.reserve_slip(request)
    store.issuances.note_document(request.issuance, SHA, LAST_DAY)
    store.issuances.begin_print(request.issuance, SHA, JOB.name, RECEIPT_PRINTER)

    (left_open,) = bench.reopen().issuances.open_issuances()

    assert left_open.printer == RECEIPT_PRINTER
