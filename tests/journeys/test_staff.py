"""Staff at the kiosk settle what a resident left in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.hall import STAFF_BADGE, STAFF_PIN
from tests.journeys.visitor import keys

if TYPE_CHECKING:
    from kiosk.scene.contract import Scene
    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-staff")]


def type_in(hall: Hall, digits: str) -> None:
    """One key after the other, then the way on."""
    for digit in digits:
        hall.visitor.touch_and_await(f"key:{digit}", "staff_door")
    hall.visitor.touch("enter")


def to_the_desk(hall: Hall, pin: str = STAFF_PIN) -> Scene:
    """From the first page to the desk, or back to the door with a word why not."""
    hall.visitor.touch_and_await("start", "home")
    hall.visitor.touch_and_await("staff", "staff_door")
    type_in(hall, STAFF_BADGE)
    hall.await_text("staff_door.pin")
    type_in(hall, pin)
    return hall.await_text("staff_desk.waiting", "staff_door.wrong", "staff_door.wait")


def leave_in_doubt(hall: Hall) -> str:
    """A paper of which nobody said whether it came out; its number."""
    hall.to_preview("tenant")
    hall.printer_fault("says_completed_but_prints_nothing")
    hall.visitor.touch_and_await("print", "printing")
    hall.visitor.await_scene("came_out")
    number = hall.number()
    hall.printer_clear()
    hall.lift()
    hall.lay("owner")
    hall.visitor.await_scene("who_you_are")
    hall.go_home()
    return number


def test_staff_say_what_became_of_a_paper_and_their_badge_stands_in_the_record(hall: Hall) -> None:
    number = leave_in_doubt(hall)
    assert hall.await_delivery(number)["state"] == "uncertain"

    to_the_desk(hall)
    hall.visitor.touch_and_await("doubts", "doubts")
    doubt = next(n.action for n in hall.visitor.controls() if n.action.startswith("doubt:"))
    hall.visitor.touch_and_await(doubt, "doubt")
    hall.visitor.touch_and_await("word:no", "doubts")

    hall.await_event("word_recorded", settled_by=STAFF_BADGE)
    hall.await_event("record_acknowledged", number=number, type="settlement")
    assert hall.verification(number)["state"] == "voided"


def test_a_wrong_pin_lets_nobody_in_and_stands_nowhere(hall: Hall) -> None:
    scene = to_the_desk(hall, pin="135792")

    assert scene.name == "staff_door"
    assert "staff_door.wrong" in keys(scene)
    log = (hall.appliance.logs / "core.log").read_text(encoding="utf-8")
    assert "135792" not in log
    assert STAFF_PIN not in log


def test_a_card_ends_the_desk_and_begins_the_residents_visit(hall: Hall) -> None:
    to_the_desk(hall)

    hall.lay("tenant")

    hall.visitor.await_scene("who_you_are")
    hall.await_event("staff_admitted", staff=STAFF_BADGE)
