"""Many residents in a row, every kind of them, with every kind of trouble in between."""

from __future__ import annotations

import random
import re
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.journeys.visitor import texts

if TYPE_CHECKING:
    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.soak]

VISITS = 500
ISSUED = ("tenant", "owner", "single_person", "head_changed", "collective", "rare_name")
REFUSED = ("lease_ended", "moved_out", "record_too_old", "minor", "pending", "name_differs", "expired_card")
READER_TROUBLE = ("wrong_checksum", "half_answer", "garbage_before", "foreign_frame", "card_unreadable")
GROWTH_MB = 15


def test_a_long_day_mixes_up_nobody_and_loses_nothing(hall: Hall) -> None:
    """Each paper is of the person whose card lay there, each number is reported, memory stays flat."""
    dice = random.Random(20261123)  # noqa: S311 - a day, not a secret
    core = psutil.Process(hall.appliance.core.pid)
    numbers: list[str] = []
    begun_mb = 0.0

    for visit in range(VISITS):
        hall.go_home()
        if dice.random() < 0.2:
            hall.reader_fault(dice.choice(READER_TROUBLE))
        numbers += _visit(hall, dice)
        if visit == VISITS // 10:
            begun_mb = core.memory_info().rss / 1e6

    for number in numbers:
        hall.await_event("record_acknowledged", number=number)
    grown_mb = core.memory_info().rss / 1e6 - begun_mb
    figures = (
        f"{VISITS} visits, {len(numbers)} numbers, {len(hall.papers())} papers, core grew {grown_mb:.1f} MB"
    )
    sys.stdout.write(figures + "\n")
    assert len(numbers) == len(set(numbers))
    assert grown_mb < GROWTH_MB


def _visit(hall: Hall, dice: random.Random) -> list[str]:
    """One resident, from the card to the goodbye; the number that was spent, if any."""
    if dice.random() < 0.3:
        hall.ask_for_certificate(dice.choice(REFUSED), "refusal", "trouble")
        return []
    story = dice.choice(ISSUED)
    scene = hall.ask_for_certificate(story, "trouble")
    if scene.name == "trouble":
        return []
    hall.visitor.touch_and_await("purpose:school", "preview")
    number = hall.number()
    if dice.random() < 0.2:
        hall.lift()
        hall.visitor.await_scene("ended")
        return [number]
    hall.visitor.touch("print")
    taken = hall.visitor.await_scene("take_paper")
    assert number in texts(taken)
    assert re.sub(r"\s", "", hall.person(story)["name"]) in hall.paper_text()
    assert number in hall.paper_text()
    return [number]
