"""Staff at the kiosk, played on the flow alone."""

from __future__ import annotations

from kiosk.flow import events as e
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from tests.flow.content import STAFF, make_desk
from tests.flow.story import Story

BADGE, PIN = "7701", "864209"
ADMITTED = e.StaffAdmitted(STAFF, "李明远")
DESK = make_desk(6)
LOADED = e.DeskLoaded(STAFF, DESK.uncertain, DESK.parked, DESK.waiting)


def type_in(story: Story, digits: str) -> None:
    """One key after the other."""
    story.tap(*(f"key:{digit}" for digit in digits))


def at_the_door() -> Story:
    """Badge and PIN are handed in."""
    story = Story()
    story.tap("start", "staff")
    type_in(story, BADGE)
    story.tap("enter")
    type_in(story, PIN)
    story.tap("enter")
    return story


def at_the_desk() -> Story:
    """Let in, with everything loaded."""
    story = at_the_door()
    story.play(ADMITTED, LOADED)
    story.commands.clear()
    return story


def offered(story: Story) -> set[str]:
    """What can be touched."""
    return {node.action for node in walk(view(story.kiosk).nodes) if node.action and node.enabled}
