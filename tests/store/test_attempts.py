"""Printing again: one number, one valid paper, one person; and slips with a pick-up number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backend_client.contract import CertificateRecord, PaperState, PickupRecord, check_code
from kiosk.domain.issuance import IssuanceState, ReservedNumber, Settlement
from kiosk.store.attempts import TransitionError
from kiosk.store.gap import GapMarker
from kiosk.store.record_keys import key_of
from kiosk.store.sealing import Place
from kiosk.store.tables import issuance as table
from kiosk.store.tables import record_key
from tests.store.builders import (
    CITIZEN_KEY,
    IDENTITY,
    LAST_DAY,
    PERSON,
    SHA,
    block,
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
    from kiosk.store.session import Session
    from tests.store.builders import Bench

NOBODY = "e5" * 32


def test_a_voided_paper_is_printed_again_under_its_number_with_a_code_of_its_own(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    previous, number = void_one(bench.store)
    again = reprint_of(previous)

    reserved = bench.store.issuances.reprint(again)

    key = block().code_key
    assert reserved == ReservedNumber(number, check_code(key, number, 2), attempt=2)
    assert check_code(key, number, 2) != check_code(key, number)
    assert row_of(bench.store, previous).superseded_by == again.issuance
    assert [left.attempt for left in bench.store.issuances.open_issuances()] == [2]
    assert [entry["kind"] for entry in entries(bench.store)][-2:] == ["superseded", "reserved"]


def test_the_second_attempt_is_recorded_as_such_for_the_same_person(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    previous, number = void_one(bench.store)
    again = reprint_of(previous)
    bench.store.issuances.reprint(again)

    bench.store.issuances.note_document(again.issuance, SHA, LAST_DAY)
    walk(bench.store, again.issuance, IssuanceState.ACCEPTED)
    bench.store.issuances.settle(again.issuance, Settlement(IssuanceState.PRINTED))

    first, second = (row.item.body for row in bench.store.outbox.due(50))
    assert isinstance(first, CertificateRecord)
    assert isinstance(second, CertificateRecord)
    assert (first.number, first.attempt, first.state) == (number, 1, PaperState.VOIDED)
    assert (second.number, second.attempt, second.state) == (number, 2, PaperState.PRINTED)
    assert (second.person_id, second.citizen_key, second.session) == (PERSON, CITIZEN_KEY, "session-2")


def test_another_person_gets_no_copy(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    previous, _ = void_one(bench.store)
    before = entries(bench.store)

    refused = bench.store.issuances.reprint(reprint_of(previous, NOBODY))

    assert refused is None
    assert entries(bench.store) == before
    assert row_of(bench.store, previous).superseded_by == ""
    assert bench.store.issuances.reprint(reprint_of(previous)) is not None


def test_what_came_out_or_is_in_doubt_or_open_is_not_printed_again(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    open_one, _ = reserve(bench.store)
    in_doubt, _ = doubt_one(bench.store)
    number = print_one(bench.store)
    printed = select(table.c.id).where(table.c.number == number)
    came_out = str(bench.store._database.run(lambda session: session.sql.execute(printed).scalar_one()))

    outcomes = [
        bench.store.issuances.reprint(reprint_of(previous))
        for previous in (open_one, in_doubt, came_out, "of nobody")
    ]

    assert outcomes == [None, None, None, None]


def test_a_word_that_nothing_came_out_allows_a_reprint_and_then_no_other_word(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    previous, _ = doubt_one(bench.store)
    bench.store.issuances.settle_by_word(previous, came_out=False, settled_by="resident")

    again = bench.store.issuances.reprint(reprint_of(previous))
    late = bench.store.issuances.settle_by_word(previous, came_out=True, settled_by="staff-7")

    assert again is not None
    assert late is False
    row = row_of(bench.store, previous)
    assert (row.state, row.settled_by) == (IssuanceState.VOIDED, "resident")


def test_what_a_restored_copy_calls_voided_is_not_printed_again(bench: Bench) -> None:
    """After the copy was made, its number may have been printed."""
    bench.store.numbers.add_block(block())
    previous, _ = void_one(bench.store)
    marker = GapMarker(IDENTITY.kiosk, bench.clock.moment)

    bench.store._database.run(lambda session: marker.mark(session, bench.clock.wall))

    assert bench.store.issuances.reprint(reprint_of(previous)) is None


def test_a_superseded_attempt_is_not_printed_again_a_second_time(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    previous, _ = void_one(bench.store)
    bench.store.issuances.reprint(reprint_of(previous))

    assert bench.store.issuances.reprint(reprint_of(previous)) is None


def test_there_are_three_attempts_at_most(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    previous, _ = void_one(bench.store)
    attempts = [1]

    while reserved := bench.store.issuances.reprint(again := reprint_of(previous)):
        attempts.append(reserved.attempt)
        bench.store.issuances.settle(again.issuance, Settlement(IssuanceState.VOIDED, "PRN-01"))
        previous = again.issuance

    assert attempts == [1, 2, 3]


def test_a_second_valid_paper_of_one_number_is_refused_by_code_and_by_the_file(bench: Bench) -> None:
    """Were the guards off, the second of two attempts that nobody superseded would be printed too."""
    bench.store.numbers.add_block(block())
    number = print_one(bench.store)
    twin, _ = reserve(bench.store)
    walk(bench.store, twin, IssuanceState.ACCEPTED)
    rename = table.update().where(table.c.id == twin).values(number=number, attempt=2)
    bench.store._database.run(lambda session: session.sql.execute(rename) and None)

    with pytest.raises(TransitionError):
        bench.store.issuances.settle(twin, Settlement(IssuanceState.PRINTED))
    forced = table.update().where(table.c.id == twin).values(state=IssuanceState.PRINTED)
    with pytest.raises(IntegrityError):
        bench.store._database.run(lambda session: session.sql.execute(forced) and None)

    assert row_of(bench.store, twin).state == IssuanceState.ACCEPTED


def test_a_word_cannot_make_a_second_valid_paper_either(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    number = print_one(bench.store)
    twin, _ = doubt_one(bench.store)
    rename = table.update().where(table.c.id == twin).values(number=number, attempt=2)
    bench.store._database.run(lambda session: session.sql.execute(rename) and None)

    with pytest.raises(TransitionError):
        bench.store.issuances.settle_by_word(twin, came_out=True, settled_by="resident")

    assert bench.store.issuances.settle_by_word(twin, came_out=False, settled_by="resident")


def test_a_slip_owes_its_request_in_the_transaction_that_makes_its_number(bench: Bench) -> None:
    asked = slip_request()

    reserved = bench.store.issuances.reserve_slip(asked)

    [owed] = bench.store.outbox.due(50)
    now = bench.clock.moment()
    assert owed.item.body == PickupRecord(
        number=reserved.number,
        kind="JZ",
        session=asked.session,
        citizen_key=CITIZEN_KEY,
        purpose="school",
        copies=1,
        reason="OFF-02",
        requested_at=now.wall,
        requested=now.stamp(),
    )
    assert (reserved.check_code, row_of(bench.store, asked.issuance).kind) == ("", "QJ")
    assert [entry["kind"] for entry in entries(bench.store)] == ["reserved", "pickup"]


@pytest.mark.parametrize("state", [IssuanceState.PRINTED, IssuanceState.VOIDED, IssuanceState.UNCERTAIN])
def test_a_slip_that_is_settled_owes_nothing_more_and_is_never_printed_again(
    bench: Bench, state: IssuanceState
) -> None:
    asked = slip_request()
    bench.store.issuances.reserve_slip(asked)
    bench.store.issuances.note_document(asked.issuance, SHA, LAST_DAY)
    walk(bench.store, asked.issuance, IssuanceState.ACCEPTED)

    bench.store.issuances.settle(asked.issuance, Settlement(state, "PRN-09"))
    bench.store.issuances.settle_by_word(asked.issuance, came_out=False, settled_by="resident")

    assert len(bench.store.outbox.due(50)) == 1
    assert bench.store.issuances.reprint(reprint_of(asked.issuance)) is None
    assert "settled" in [entry["kind"] for entry in entries(bench.store)]


def test_an_attempt_of_old_is_opened_with_the_stores_own_key(bench: Bench) -> None:
    """Before each number had a key of its own, applicants were sealed with the store's."""
    bench.store.numbers.add_block(block())
    issuance, _ = void_one(bench.store)
    bench.store._database.run(lambda session: seal_as_of_old(session, issuance))

    reserved = bench.store.issuances.reprint(again := reprint_of(issuance))
    bench.store.issuances.settle(again.issuance, Settlement(IssuanceState.VOIDED))

    assert reserved is not None
    records = [row.item.body for row in bench.store.outbox.due(50)]
    assert [record.person_id for record in records if isinstance(record, CertificateRecord)] == [PERSON] * 2


def seal_as_of_old(session: Session, issuance: str) -> None:
    row = session.sql.execute(select(table).where(table.c.id == issuance)).one()
    key = key_of(session, row.number)
    assert key is not None
    place = Place("issuance", issuance)
    sealed = session.sealer.seal(place, key.sealer.unseal(place, row.sealed))
    session.sql.execute(table.update().where(table.c.id == issuance).values(sealed=sealed))
    session.sql.execute(record_key.delete().where(record_key.c.number == row.number))
