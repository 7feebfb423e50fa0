"""The witness knows one session from another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.flow import states as s
from kiosk.flow.view import view
from kiosk.flow.world import Session
from tests.flow.people import NEXT_PERSON, NOW, TENANT, Person
from tests.flow.situations import FULL_WORLD, PLAN
from tests.robust.witness import Witness

if TYPE_CHECKING:
    from kiosk.scene.contract import Scene

NUMBER = "610525001003-JZ-2026-000001-4"


@pytest.fixture(name="witness")
def make_witness() -> Witness:
    return Witness({"a": (TENANT.name, TENANT.number), "b": (NEXT_PERSON.name, NEXT_PERSON.number)})


def page(page: s.Page, person: Person | None = None) -> Scene:
    session = Session("reading-1", person.identity, person.household, person.applicant) if person else None
    return view(replace(s.initial(PLAN, NOW), world=FULL_WORLD, session=session, page=page))


A, B, NOBODY = page(s.WhoYouAre(), TENANT), page(s.WhoYouAre(), NEXT_PERSON), page(s.Attract())


def test_two_people_after_each_other_are_two_sessions(witness: Witness) -> None:
    witness.laid("a", 1)
    witness.saw(A, 2)
    witness.lifted("a", 3)
    witness.saw(NOBODY, 3.1)
    witness.laid("b", 8)
    witness.saw(B, 9)

    assert (witness.sessions, witness.faults) == (2, [])


def test_who_comes_back_is_no_fault(witness: Witness) -> None:
    for at in (0, 20):
        witness.laid("a", at + 1)
        witness.saw(A, at + 2)
        witness.lifted("a", at + 3)
        witness.saw(NOBODY, at + 8)

    assert (witness.sessions, witness.faults) == (2, [])


def test_a_card_that_lies_there_before_the_last_one_is_named_is_no_fault(witness: Witness) -> None:
    """The platform's answer was on its way while one card was taken and the next one laid."""
    witness.laid("a", 1)
    witness.lifted("a", 1.5)
    witness.laid("b", 1.6)
    witness.saw(A, 1.7)
    witness.saw(NOBODY, 1.9)

    witness.saw(B, 2.4)

    assert (witness.sessions, witness.faults) == (2, [])


def test_somebody_who_is_shown_to_the_next_one_is_found(witness: Witness) -> None:
    witness.laid("a", 1)
    witness.saw(A, 2)
    witness.laid("b", 8)
    witness.saw(B, 9)

    witness.saw(A, 10)

    assert len(witness.faults) == 1


def test_somebody_who_has_left_and_is_shown_again_is_found(witness: Witness) -> None:
    witness.laid("a", 1)
    witness.saw(A, 2)
    witness.lifted("a", 3)
    witness.saw(NOBODY, 10)

    witness.saw(A, 11)

    assert len(witness.faults) == 1


def test_somebody_from_before_the_last_one_is_found(witness: Witness) -> None:
    witness.laid("b", 1)
    witness.lifted("b", 2)
    witness.laid("a", 3)
    witness.saw(A, 3.5)

    witness.saw(B, 4)

    assert len(witness.faults) == 1


def test_the_number_of_another_paper_is_found(witness: Witness) -> None:
    paper = page(s.TakePaper(NUMBER), TENANT)
    witness.laid("a", 1)
    witness.saw(A, 2)
    witness.saw(paper, 3)
    witness.laid("b", 8)
    witness.saw(B, 9)

    witness.saw(paper, 10)

    assert len(witness.faults) == 1
