"""The line is cut: what the kiosk still gives, what it says about it, and what it makes good afterwards."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.nodes import walk
from tests.journeys.visitor import keys

if TYPE_CHECKING:
    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-offline")]


def test_the_own_register_serves_without_a_line_and_screen_and_paper_say_how_old_it_is(hall: Hall) -> None:
    hall.await_event("register_synchronised")
    hall.line.cut = True
    hall.lay("tenant")
    scene = hall.visitor.await_scene("who_you_are")
    hall.visitor.touch_and_await("confirm", "services")
    hall.visitor.touch_and_await("service:residence", "purpose")
    preview = hall.visitor.touch_and_await("purpose:school", "preview")
    hall.visitor.touch("print")
    hall.visitor.await_scene("take_paper")

    assert "line.own_register" in keys(scene)
    assert "preview.own_register" in keys(preview)
    assert "离线" in hall.paper_text()
    assert hall.number() in hall.paper_text()
    hall.line.cut = False
    assert hall.await_delivery(hall.number())["state"] == "valid"


def test_a_request_without_a_line_is_printed_at_a_later_tap_and_only_once(hall: Hall) -> None:
    """The household was checked too long ago to be believed offline; then the grid officer comes."""
    hall.await_event("register_synchronised")
    hall.line.cut = True
    hall.lay("record_too_old")
    offer = hall.visitor.await_scene("slip_offer")
    hall.visitor.touch_and_await("slip", "purpose")
    hall.visitor.touch_and_await("purpose:school", "slip")
    hall.visitor.touch("print")
    slip = hall.visitor.await_scene("take_slip")
    number = next(node.detail.literal for node in walk(slip.nodes) if node.id == "number" and node.detail)
    assert "code.OFF-03.say" in keys(offer)
    assert number in hall.paper_text()
    hall.visitor.touch_and_await("finish", "take_card")
    hall.lift()
    hall.visitor.await_scene("rating")
    hall.visitor.touch_and_await("grade:5", "rated")
    hall.visitor.touch_and_await("finish", "attract")

    ups = len([event for event in hall.log_events("line_changed") if event["code"] is None])
    hall.line.cut = False
    hall.await_event("record_acknowledged", number=number, type="pickup")
    hall.await_event("record_acknowledged", number=number, type="rating")
    hall.await_event("line_changed", ups + 1, code=None)  # until then the kiosk asks its own register
    check_the_household_of(hall)
    hall.lay("record_too_old")
    hall.visitor.await_scene("who_you_are")
    waiting = hall.visitor.touch_and_await("confirm", "pickups")
    hall.visitor.touch_and_await("pickup:0", "preview")
    hall.visitor.touch("print")
    hall.visitor.await_scene("take_paper")

    assert "pickups.title" in keys(waiting)
    assert hall.await_delivery(hall.number())["state"] == "valid"
    hall.go_home()
    hall.lay("record_too_old")
    hall.visitor.await_scene("who_you_are")
    hall.visitor.touch_and_await("confirm", "services")


def check_the_household_of(hall: Hall) -> None:
    """The grid officer checks the household of the only request."""
    state = hall.appliance.plan.dataset.state
    with closing(sqlite3.connect(next(state.glob("*.sqlite")))) as database:
        found = database.execute("SELECT household_id FROM members JOIN pickups USING (citizen_key)")
        ((household,),) = found.fetchall()
    command = (sys.executable, "-m", "backend", "check-household", "--state", str(state), household)
    subprocess.run(command, check=True, capture_output=True)
