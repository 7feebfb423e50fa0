"""好差评: one of a number counts, a bad one is due in ten working days, and nobody is named."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from backend.__main__ import main
from backend.db.ratings import (
    answer,
    describe_rating,
    keep_ratings,
    rating_row,
    unanswered,
    working_days_after,
)
from backend.db.record_tables import ratings
from backend.wiring import open_database
from backend_client.contract import RatingRecord
from tests.backend.intake import KIOSK, NEIGHBOUR, RECEIVED
from tests.backend.platform_calls import MOMENT, number_of, pickup_of, rating_of, record_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.backend.intake import Intake

STORED = ("stored", "")
TODAY = date(2026, 11, 23)  # a Monday, on which everything arrives
DUE = date(2026, 12, 7)


@pytest.mark.parametrize("grade", [1, 2, 3, 4, 5])
def test_a_bad_one_is_due_in_ten_working_days_and_a_good_one_never(intake: Intake, grade: int) -> None:
    assert intake.take(rating_of(intake.number(), grade, reasons=("slow",) if grade < 3 else ())) == [STORED]

    (row,) = intake.rows(ratings)
    assert (row["grade"], row["due_on"]) == (grade, DUE if grade < 3 else None)


def test_the_same_one_again_changes_nothing(intake: Intake) -> None:
    item = rating_of(intake.number(), 1)

    assert intake.take(item) == [STORED]
    assert intake.take(item) == [("duplicate", "")]
    assert len(intake.rows(ratings)) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_one_number_the_last_word_counts_in_every_order_of_arrival(
    intake: Intake, order: tuple[int, ...]
) -> None:
    words = [
        rating_of(intake.number(), grade, rated_at=MOMENT + timedelta(minutes=at))
        for at, grade in enumerate((1, 5, 2))
    ]

    assert intake.take(*(words[at] for at in order)) == [STORED] * 3

    assert [row["grade"] for row in intake.rows(ratings)] == [2]


def test_it_needs_no_certificate_on_file_and_names_nobody(intake: Intake) -> None:
    """A rating may arrive before the record of its paper."""
    slip = pickup_of("1" * 64)

    assert intake.take(rating_of(intake.number()), rating_of(number_of(slip))) == [STORED] * 2
    assert intake.take(record_of(intake.number())) == [STORED]
    assert {column.name for column in ratings.c} == {
        *("county", "number", "kiosk", "grade", "reasons", "rated_at", "received_at", "due_on", "answered_on")
    }


def test_a_number_of_another_kiosk_or_of_no_form_is_refused(intake: Intake) -> None:
    assert intake.take(rating_of(intake.number()), kiosk=NEIGHBOUR) == [("refused", "number_not_ours")]
    assert intake.take(rating_of("anything")) == [("refused", "number_malformed")]


def test_staff_see_the_open_ones_by_urgency_and_note_an_answer(intake: Intake) -> None:
    intake.take(rating_of(intake.number(0), 2, reasons=("slow", "paper")), rating_of(intake.number(1), 5))

    (row,) = intake.database.read(unanswered)
    assert describe_rating(row, TODAY) == (
        f"due 2026-12-07 {intake.number(0)} CG-KSK-03 grade 2: slow, paper"
    )
    assert " LATE " in describe_rating(row, DUE + timedelta(days=1))

    def close(number: str) -> bool:
        return intake.database.write(lambda connection: answer(connection, number, TODAY))

    done = [close(intake.number(at)) for at in (0, 0, 1)]
    assert done == [True, False, False]
    assert intake.database.read(unanswered) == []


@pytest.mark.parametrize(
    ("day", "due"), [("2026-11-23", "2026-12-07"), ("2026-11-27", "2026-12-11"), ("2026-11-28", "2026-12-11")]
)
def test_working_days_leave_out_weekends(day: str, due: str) -> None:
    assert working_days_after(date.fromisoformat(day), 10) == date.fromisoformat(due)


def test_the_command_lists_them_and_notes_an_answer_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = "610525001003-JZ-2026-000001-6"
    record = rating_of(number, 1, reasons=("slow",)).body
    assert isinstance(record, RatingRecord)
    with closing(open_database(tmp_path, "")) as database:
        row = rating_row(KIOSK, record, RECEIVED)
        database.write(lambda connection: keep_ratings(connection, [row]))
    state = ["--state", str(tmp_path)]

    codes = [main(["ratings", *state, *more]) for more in ([], *[["--answered", number]] * 2, [])]

    assert codes == [0, 0, 1, 0]
    told = capsys.readouterr().out.splitlines()
    assert [line.replace(" LATE", "") for line in told] == [
        f"due 2026-12-07 {number} CG-KSK-03 grade 1: slow",
        f"{number} is answered",
        f"{number} is not among the open ones",
    ]
