"""Pick-up numbers: asked for while the line was down, printed at a later tap, at any kiosk, once."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from backend.db.tables import pickups
from backend_client.contract import LookupReply, PaperState
from tests.backend.intake import ELSEWHERE, NEIGHBOUR
from tests.backend.platform_calls import (
    MOMENT,
    STAMP,
    call,
    fresh_number,
    look_up,
    number_of,
    pickup_of,
    record_of,
    settlement_of,
)
from tests.backend.platform_fixtures import SECOND_KIOSK

if TYPE_CHECKING:
    from backend_client.contract import RecordItem
    from tests.backend.intake import Intake
    from tests.backend.platform_fixtures import Town

UNCERTAIN, PRINTED, VOIDED = PaperState.UNCERTAIN, PaperState.PRINTED, PaperState.VOIDED
STORED = ("stored", "")
PERSON, OTHER_PERSON = "1" * 64, "2" * 64


def answer(
    intake: Intake, request: RecordItem, state: PaperState, place: int = 0, person: str = PERSON
) -> RecordItem:
    """The record of a paper that was printed for this request."""
    number = intake.number(place)
    return record_of(number, state, pickup=number_of(request), citizen_key=person)


def test_what_was_asked_for_waits_at_every_kiosk_of_the_county_oldest_first(intake: Intake) -> None:
    second = pickup_of(PERSON, purpose="housing")
    first = pickup_of(PERSON, requested_at="1970-01-01T00:00:00Z", copies=2)
    somebody_elses = pickup_of(OTHER_PERSON)
    assert intake.take(second, somebody_elses) == [STORED] * 2
    assert intake.take(first, kiosk=NEIGHBOUR) == [STORED]

    waiting = intake.waiting(PERSON)

    assert [(each.number, each.purpose, each.copies) for each in waiting] == [
        (number_of(first), "school", 2),
        (number_of(second), "housing", 1),
    ]
    assert intake.waiting(PERSON, ELSEWHERE.county) == ()


def test_a_printed_paper_collects_it(intake: Intake) -> None:
    request = pickup_of(PERSON)
    intake.take(request)

    intake.take(answer(intake, request, PRINTED))

    (row,) = intake.rows(pickups)
    assert intake.waiting(PERSON) == ()
    assert (row["collected_by"], row["collected_at"] > MOMENT) == (intake.number(), True)
    assert row["requested_stamp"] == STAMP.model_dump(mode="json")


def test_a_voided_paper_keeps_it_waiting(intake: Intake) -> None:
    request = pickup_of(PERSON)
    intake.take(request, answer(intake, request, VOIDED))

    assert len(intake.waiting(PERSON)) == 1
    intake.take(answer(intake, request, PRINTED, place=1))
    assert intake.waiting(PERSON) == ()


@pytest.mark.parametrize(("said", "left"), [(PRINTED, 0), (VOIDED, 1)])
def test_a_paper_in_doubt_is_not_printed_again_until_somebody_said_what_became_of_it(
    intake: Intake, said: PaperState, left: int
) -> None:
    request = pickup_of(PERSON)
    intake.take(request, answer(intake, request, UNCERTAIN))
    assert intake.waiting(PERSON) == ()

    intake.take(settlement_of(intake.number(), said))

    assert len(intake.waiting(PERSON)) == left


def test_the_order_of_arrival_does_not_matter(intake: Intake) -> None:
    for place, order in enumerate(permutations(range(3))):
        person = f"{place}" * 64
        request = pickup_of(person)
        paper = answer(intake, request, UNCERTAIN, place, person)
        items = (request, paper, settlement_of(intake.number(place)))
        waiting = [items[each] for each in order]

        while waiting:
            waiting = [item for item in waiting if intake.take(item) != [STORED]]

        assert intake.waiting(person) == ()
        (row,) = [row for row in intake.rows(pickups) if row["citizen_key"] == person]
        assert row["collected_by"] == intake.number(place)


def test_somebody_elses_paper_collects_nothing(intake: Intake) -> None:
    request = pickup_of(PERSON)
    intake.take(request, answer(intake, request, PRINTED, person=OTHER_PERSON))

    assert len(intake.waiting(PERSON)) == 1


def test_the_first_paper_that_came_out_stays_the_one_that_collected_it(intake: Intake) -> None:
    request = pickup_of(PERSON)
    intake.take(request, answer(intake, request, PRINTED))
    intake.take(answer(intake, request, PRINTED, place=1))

    (row,) = intake.rows(pickups)
    assert row["collected_by"] == intake.number(0)


def test_a_pickup_number_is_never_used_again(intake: Intake) -> None:
    request = pickup_of(PERSON)
    number = number_of(request)
    again = pickup_of(OTHER_PERSON, number=number)

    assert intake.take(request, request, again) == [STORED, ("duplicate", ""), ("conflict", "other_content")]
    assert intake.take(again, kiosk=NEIGHBOUR) == [("conflict", "other_content")]
    assert intake.waiting(OTHER_PERSON) == ()


def test_a_look_up_tells_what_waits_for_the_person(town: Town) -> None:
    client, card = town.client(), town.card("owner")
    key = client.citizen_key(card["number"])
    request = pickup_of(key)
    town.deliver(request, kiosk=SECOND_KIOSK)
    body = f'{{"request_id":"12345678","citizen_key":"{key}"}}'.encode()

    def waiting() -> tuple[str, ...]:
        reply = call(town.url, "POST", "/v1/households/lookup", body, town.credential())
        return tuple(pickup.number for pickup in LookupReply.model_validate_json(reply.body).pickups)

    before = waiting()
    number = number_of(request)
    town.deliver(record_of(fresh_number(client), pickup=number, citizen_key=key))

    assert before == (number,)
    assert waiting() == ()
    assert look_up(client, card).applicant is not None
