"""Persons are deleted by their keys: nobody can read them any more, and the ledger stays whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from kiosk.domain.issuance import IssuanceState, Settlement
from kiosk.domain.journal import StoreError
from kiosk.store.record_keys import key_of, open_applicant
from tests.store.builders import (
    CITIZEN_KEY,
    LAST_DAY,
    SHA,
    Bench,
    anchor,
    block,
    deliver_all,
    doubt_one,
    entries,
    print_one,
    reprint_of,
    reserve,
    row_of,
    slip_request,
    void_one,
    walk,
)

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.issuance import Applicant


@pytest.fixture
def settled(bench: Bench) -> Bench:
    """A voided paper that the platform has, countersigned, 90 days ago."""
    bench.store.numbers.add_block(block(count=9))
    void_one(bench.store)
    bench.clock.go_on(timedelta(minutes=1))
    deliver_all(bench.store)
    rest(bench)
    return bench


def rest(bench: Bench) -> None:
    """Something else happens, the platform countersigns, and 90 days go by."""
    bench.clock.go_on(timedelta(minutes=1))
    grow(bench)
    anchor(bench.store)
    bench.clock.go_on(timedelta(days=90))


def grow(bench: Bench) -> None:
    """Something that concerns no person."""
    first = 100 + bench.store.ledger.size()
    bench.store.numbers.add_block(block(first=first, count=1, expires_on=date(2099, 12, 31)))


def today(bench: Bench) -> datetime:
    return bench.clock.wall


def read_person(bench: Bench, issuance: str) -> Applicant:
    row = row_of(bench.store, issuance)
    return bench.store._database.run(
        lambda session: open_applicant(session, row, key_of(session, row.number))
    )


def keys_left(bench: Bench) -> int:
    count = text("SELECT count(*) FROM record_key")
    return bench.store._database.run(lambda session: int(session.sql.execute(count).scalar_one()))


def test_after_it_nobody_reads_the_person_and_the_ledger_agrees(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    issuance, number = void_one(bench.store)
    deliver_all(bench.store)
    rest(bench)
    copy = row_of(bench.store, issuance)
    before = read_person(bench, issuance)

    shredded = bench.store.persons.shred(today(bench))

    assert (before.citizen_key, shredded, keys_left(bench)) == (CITIZEN_KEY, 1, 0)
    with pytest.raises(StoreError):  # also not from the sealed bytes that somebody kept
        bench.store._database.run(lambda session: open_applicant(session, copy, key_of(session, number)))
    assert row_of(bench.store, issuance).sealed == b""
    assert [entry["number"] for entry in entries(bench.store) if entry["kind"] == "shredded"] == [number]
    assert bench.store.ledger.check()


def test_the_key_does_not_stay_in_the_file(settled: Bench) -> None:
    query = text("SELECT sealed FROM record_key")
    sealed = settled.store._database.run(lambda session: bytes(session.sql.execute(query).scalar_one()))

    settled.store.persons.shred(today(settled))
    settled.store.close()

    assert sealed not in (settled.state_dir / "kiosk.db").read_bytes()


def test_a_second_time_there_is_nothing_left_to_delete(settled: Bench) -> None:
    first = settled.store.persons.shred(today(settled))
    rest(settled)

    assert (first, settled.store.persons.shred(today(settled))) == (1, 0)


def test_only_what_was_acknowledged_before_that_day_goes(settled: Bench) -> None:
    early = settled.store.persons.shred(today(settled) - timedelta(days=91))
    late = settled.store.persons.shred(today(settled) - timedelta(days=89))

    assert (early, late) == (0, 1)


def test_what_the_platform_did_not_countersign_stays(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    anchor(bench.store)
    bench.clock.go_on(timedelta(minutes=1))
    void_one(bench.store)
    deliver_all(bench.store)
    bench.clock.go_on(timedelta(days=90))

    before = bench.store.persons.shred(today(bench))
    grow(bench)
    anchor(bench.store)

    assert (before, bench.store.persons.shred(today(bench))) == (0, 1)


def test_what_is_open_owed_or_in_doubt_stays(bench: Bench) -> None:
    bench.store.numbers.add_block(block(count=9))
    doubt_one(bench.store)
    deliver_all(bench.store)
    in_doubt, _ = doubt_one(bench.store)
    deliver_all(bench.store)
    bench.store.issuances.settle_by_word(in_doubt, came_out=True, settled_by="resident")  # is owed
    print_one(bench.store)  # so is this
    reserve(bench.store)
    rest(bench)

    assert bench.store.persons.shred(today(bench)) == 0


def test_a_number_goes_when_all_its_attempts_may(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    first, _ = void_one(bench.store)
    deliver_all(bench.store)
    bench.store.issuances.reprint(again := reprint_of(first))
    rest(bench)
    while_open = bench.store.persons.shred(today(bench))
    bench.store.issuances.settle(again.issuance, Settlement(IssuanceState.VOIDED))
    deliver_all(bench.store)
    rest(bench)

    assert (while_open, bench.store.persons.shred(today(bench))) == (0, 1)
    for issuance in (first, again.issuance):
        with pytest.raises(StoreError):
            read_person(bench, issuance)


def test_a_slip_goes_when_its_request_arrived_and_its_paper_is_settled(bench: Bench) -> None:
    asked = slip_request()
    bench.store.issuances.reserve_slip(asked)
    deliver_all(bench.store)
    rest(bench)
    while_open = bench.store.persons.shred(today(bench))
    bench.store.issuances.note_document(asked.issuance, SHA, LAST_DAY)
    walk(bench.store, asked.issuance, IssuanceState.ACCEPTED)
    bench.store.issuances.settle(asked.issuance, Settlement(IssuanceState.PRINTED))

    assert (while_open, bench.store.persons.shred(today(bench))) == (0, 1)


def test_what_was_deleted_is_not_printed_again(settled: Bench) -> None:
    [left] = [entry for entry in entries(settled.store) if entry["kind"] == "reserved"]
    query = text("SELECT id FROM issuance WHERE number = :number").bindparams(number=left["number"])
    issuance = settled.store._database.run(lambda session: str(session.sql.execute(query).scalar_one()))

    settled.store.persons.shred(today(settled))

    assert settled.store.issuances.reprint(reprint_of(issuance)) is None
