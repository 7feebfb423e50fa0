"""A rating becomes a row of the outbox at once, and holds a number and a grade, and nothing of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from backend_client.contract import RatingRecord
from kiosk.store.tables import issuance, outbox
from tests.store.builders import CITIZEN_KEY, HOUSEHOLD, PERSON, block, entries, print_one

if TYPE_CHECKING:
    from tests.store.builders import Bench

NUMBER = "610525001003-JZ-2026-000001-6"


def test_it_is_owed_with_number_grade_reasons_and_time_and_with_nothing_else(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    number = print_one(bench.store)

    bench.store.ratings.record_rating(number, 2, ("slow", "paper"))

    paper, rating = bench.store.outbox.due(50)
    assert isinstance(rating.item.body, RatingRecord)
    told = rating.item.body.model_dump()
    assert set(told) == {"type", "number", "grade", "reasons", "rated_at", "rated"}
    assert (told["number"], told["grade"], told["reasons"]) == (number, 2, ("slow", "paper"))
    assert rating.item.body.rated_at == bench.clock.wall

    said = rating.item.model_dump_json()
    sessions = sessions_of(bench)
    assert sessions
    for secret in (CITIZEN_KEY, HOUSEHOLD, PERSON, *sessions):
        assert secret in paper.item.model_dump_json(), "else this test could not fail"
        assert secret not in said


def test_it_outlives_a_restart_and_changes_neither_journal_nor_ledger(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    before = entries(bench.store)

    bench.store.ratings.record_rating(NUMBER, 5, ())

    (owed,) = bench.reopen().outbox.due(50)
    assert isinstance(owed.item.body, RatingRecord)
    assert (owed.item.body.number, owed.item.body.grade, owed.item.body.reasons) == (NUMBER, 5, ())
    assert entries(bench.store) == before
    assert sessions_of(bench) == []


def test_at_rest_its_row_is_sealed_and_belongs_to_no_paper(bench: Bench) -> None:
    """Who reads the file learns neither grade nor number."""
    bench.store.ratings.record_rating(NUMBER, 1, ("slow",))

    (row,) = bench.store._database.run(lambda session: session.sql.execute(select(outbox)).all())
    assert row.issuance == ""
    assert NUMBER.encode() not in row.sealed
    assert b"grade" not in row.sealed


def sessions_of(bench: Bench) -> list[str]:
    """Of every attempt in the journal."""
    query = select(issuance.c.session)
    return bench.store._database.run(lambda session: list(session.sql.execute(query).scalars()))
