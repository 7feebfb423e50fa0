"""Every case of the rules: a clear sentence with its code, nothing printed, the next resident served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.visitor import keys

if TYPE_CHECKING:
    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-refusals")]

REFUSED = {
    "expired_card": "ELG-01",
    "unknown_person": "ELG-02",
    "no_members": "ELG-03",
    "name_differs": "ELG-04",
    "lease_ended": "ELG-05",
    "moved_out": "ELG-06",
    "record_too_old": "ELG-07",
    "other_community": "ELG-08",
    "minor": "ELG-09",
    "registered_only": "ELG-10",
    "pending": "ELG-11",
}
ISSUED = ("tenant", "owner", "single_person", "head_changed", "collective", "rare_name")


@pytest.mark.parametrize("story", REFUSED)
def test_a_refusal_says_why_and_what_to_do(hall: Hall, story: str) -> None:
    before = len(hall.papers())

    scene = hall.ask_for_certificate(story, "refusal")

    shown = keys(scene)
    assert f"code.{REFUSED[story]}.say" in shown
    assert {f"code.{REFUSED[story]}.todo", f"code.{REFUSED[story]}.bring"} <= shown
    assert len(hall.papers()) == before


@pytest.mark.parametrize("story", ISSUED)
def test_who_is_entitled_may_choose_a_purpose(hall: Hall, story: str) -> None:
    scene = hall.ask_for_certificate(story, "purpose")

    assert "purposes.title" in keys(scene)
