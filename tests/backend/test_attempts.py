"""One number, several attempts: whatever arrives in whatever order, at most one paper counts."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from backend.db.tables import certificates
from backend_client.contract import PaperState, check_code
from tests.backend.intake import RECEIVED
from tests.backend.platform_calls import STAMP, number_of, record_of, settlement_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from backend_client.contract import RecordItem
    from tests.backend.intake import Intake

UNCERTAIN, PRINTED, VOIDED = PaperState.UNCERTAIN, PaperState.PRINTED, PaperState.VOIDED
STORED = ("stored", "")


def story(number: str, said: PaperState) -> tuple[RecordItem, ...]:
    """The first attempt was in doubt until a person spoke, the second one failed, the third one came out."""
    return (
        record_of(number, UNCERTAIN, attempt=1),
        settlement_of(number, said, attempt=1),
        record_of(number, VOIDED, attempt=2),
        record_of(number, PRINTED, attempt=3),
    )


def deliver(intake: Intake, items: Iterable[RecordItem]) -> Iterator[list[str]]:
    """Send each item by itself, and again what is to come later; after each what the three papers count."""
    waiting = list(items)
    while waiting:
        number = number_of(waiting[0])
        verdicts = []
        for item in waiting:
            verdicts += intake.take(item)
            yield [intake.state(number, attempt) for attempt in (1, 2, 3)]
        assert STORED in verdicts
        assert set(verdicts) <= {STORED, ("later", "certificate_first")}
        waiting = [item for item, verdict in zip(waiting, verdicts, strict=True) if verdict != STORED]


@pytest.mark.parametrize("said", [PRINTED, VOIDED])
def test_in_every_order_of_arrival_at_most_one_paper_counts_and_in_the_end_the_latest(
    intake: Intake, said: PaperState
) -> None:
    for place, order in enumerate(permutations(range(4))):
        items = story(intake.number(place), said)

        told = list(deliver(intake, [items[each] for each in order]))

        assert max(states.count("valid") for states in told) == 1
        assert told[-1] == ["superseded", "superseded", "valid"]


def test_in_one_batch_the_order_does_not_matter_either(intake: Intake) -> None:
    for place, order in enumerate(permutations(range(4))):
        number = intake.number(place)
        items = story(number, PRINTED)

        assert intake.take(*(items[each] for each in order)) == [STORED] * 4
        assert [intake.state(number, attempt) for attempt in (1, 2, 3)] == [
            "superseded",
            "superseded",
            "valid",
        ]


@pytest.mark.parametrize("first", list(PaperState))
@pytest.mark.parametrize(
    ("second", "told"), [(PRINTED, "valid"), (VOIDED, "voided"), (UNCERTAIN, "uncertain")]
)
def test_a_paper_counts_no_longer_once_there_is_a_later_attempt_whatever_became_of_it(
    intake: Intake, first: PaperState, second: PaperState, told: str
) -> None:
    number = intake.number()

    intake.take(record_of(number, second, attempt=2))
    intake.take(record_of(number, first, attempt=1))

    assert intake.state(number, 1) == "superseded"
    assert intake.state(number, 2) == told


def test_an_attempt_that_is_not_reported_yet_changes_nothing_about_the_earlier_one(intake: Intake) -> None:
    number = intake.number()
    intake.take(record_of(number, PRINTED))

    assert intake.state(number, 1) == "valid"
    assert intake.state(number, 2) == "not_yet_reported"
    assert intake.state(number, 99) == "not_yet_reported"
    assert intake.state(number, 100) == "unknown"


def test_each_attempt_has_a_check_code_of_its_own(intake: Intake) -> None:
    codes = {check_code(intake.block.code_key, intake.number(), attempt) for attempt in range(1, 100)}

    assert len(codes) == 99


def test_a_settlement_changes_its_own_attempt_only(intake: Intake) -> None:
    number = intake.number()
    intake.take(record_of(number, UNCERTAIN, attempt=1), record_of(number, UNCERTAIN, attempt=2))

    verdicts = intake.take(settlement_of(number, PRINTED, attempt=2))

    states = {row["attempt"]: (row["state"], row["settled_by"]) for row in intake.rows(certificates)}
    assert verdicts == [STORED]
    assert states == {1: ("uncertain", ""), 2: ("printed", "resident")}
    assert intake.take(settlement_of(number, PRINTED, attempt=3)) == [("later", "certificate_first")]


def test_number_and_attempt_are_taken_once(intake: Intake) -> None:
    number = intake.number()
    intake.take(record_of(number, attempt=2))

    assert intake.take(record_of(number, attempt=2, copies=2)) == [("conflict", "other_content")]
    assert intake.take(record_of(number, attempt=1)) == [STORED]


def test_a_batch_may_hold_the_same_id_and_the_same_attempt_twice(intake: Intake) -> None:
    number, other = intake.number(0), intake.number(1)
    first, again = record_of(number), record_of(number, copies=2)
    same_id = first.model_copy(update={"body": record_of(other).body})
    under_new_id = record_of(other).model_copy(update={"body": first.body})

    verdicts = intake.take(first, first, same_id, again, under_new_id)

    assert verdicts == [
        STORED,
        ("duplicate", ""),
        ("conflict", "other_content"),
        ("conflict", "other_content"),
        ("duplicate", ""),
    ]
    assert [row["number"] for row in intake.rows(certificates)] == [number]


def test_a_second_settlement_in_the_same_batch_is_refused(intake: Intake) -> None:
    number = intake.number()
    said = settlement_of(number, VOIDED), settlement_of(number, PRINTED)

    assert intake.take(*said, record_of(number, UNCERTAIN)) == [STORED, ("refused", "not_uncertain"), STORED]
    assert intake.state(number) == "voided"


def test_what_the_clocks_said_is_kept_beside_the_time_of_arrival(intake: Intake) -> None:
    settled = STAMP.model_copy(update={"boot_id": "c" * 32, "monotonic_ms": 5})
    prepared_at = "1970-01-01T00:00:00Z"

    intake.take(record_of(intake.number(), prepared=STAMP, settled=settled, prepared_at=prepared_at))

    (row,) = intake.rows(certificates)
    assert row["prepared_stamp"] == STAMP.model_dump(mode="json")
    assert row["settled_stamp"] == settled.model_dump(mode="json")
    assert row["prepared_at"].year == 1970
    assert row["received_at"] == RECEIVED


def test_what_was_stored_before_a_restart_counts_after_it(tmp_path: Path, intake: Intake) -> None:
    number = intake.number()
    intake.take(record_of(number, UNCERTAIN, attempt=1, offline_as_of=RECEIVED))
    intake.database.close()

    assert intake.take(settlement_of(number, PRINTED)) == [STORED]
    (row,) = intake.rows(certificates)
    assert (row["state"], row["offline_as_of"]) == ("printed", RECEIVED)
    assert (tmp_path / "platform.sqlite").exists()
