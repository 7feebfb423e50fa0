"""The door for staff: nobody stumbles in, and nothing that was typed stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.contract import DeviceCode
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import CheckStaff, LoadDesk
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from tests.flow.content import STAFF
from tests.flow.people import NEXT_PERSON
from tests.flow.situations import NOTHING_LEFT, QUIET, every_look
from tests.flow.soundness import strings_in, texts_in
from tests.flow.staff_story import (
    ADMITTED,
    BADGE,
    LOADED,
    PIN,
    at_the_door,
    offered,
    type_in,
)
from tests.flow.story import Story


def test_badge_and_pin_lead_to_the_desk_with_what_waits() -> None:
    story = at_the_door()

    assert story.commands == [CheckStaff(BADGE, PIN)]
    assert story.play(ADMITTED, LOADED) == ["staff_desk", "staff_desk"]
    assert story.commands[1:] == [LoadDesk(STAFF)]
    counts = {words for words in strings_in(view(story.kiosk)) if words.isdigit()}
    assert {"6", "12"} <= counts


def test_digits_are_shown_as_dots_only() -> None:
    story = Story()
    story.tap("start", "staff")
    type_in(story, BADGE)
    story.tap("enter")
    type_in(story, PIN)

    shown = " ".join(strings_in(view(story.kiosk)))
    assert "●" * len(PIN) in shown
    assert BADGE not in shown
    assert PIN not in shown
    assert PIN not in repr(story.kiosk)


def test_what_was_typed_is_gone_with_the_touch_that_hands_it_in() -> None:
    assert not {BADGE, PIN} & set(strings_in(at_the_door().kiosk))


@pytest.mark.parametrize(
    "event",
    [
        *(e.Tapped("back"), e.Tapped("home"), e.Tapped("finish"), e.Tapped("call_staff"), e.CardLaid()),
        e.IdentityRead("reading-9", NEXT_PERSON.identity),
        "time",
    ],
)
def test_what_was_typed_is_gone_when_somebody_leaves(event: e.Event | str) -> None:
    story = Story()
    story.tap("start", "staff")
    type_in(story, BADGE)
    story.tap("enter")
    type_in(story, PIN)

    story.play(e.TimeUp(story.kiosk.turn) if isinstance(event, str) else event)

    assert not {BADGE, PIN} & set(strings_in(story.kiosk))


def test_keys_can_be_taken_back() -> None:
    story = Story()
    story.tap("start", "staff")
    type_in(story, "79")
    story.tap("erase")
    type_in(story, "701")
    story.tap("enter")
    type_in(story, "1")
    story.tap("clear")
    type_in(story, PIN)
    story.tap("enter")

    assert story.commands == [CheckStaff(BADGE, PIN)]


def test_nothing_typed_hands_in_nothing() -> None:
    story = Story()
    story.tap("start", "staff")

    assert "enter" not in offered(story)
    assert story.play(e.Tapped("enter")) == ["staff_door"]
    assert story.commands == []


@pytest.mark.parametrize(
    ("answer", "key", "value"),
    [
        (e.StaffRefused(0), "staff_door.wrong", None),
        (e.StaffRefused(30), "staff_door.wait", "30"),
        (e.StaffRefused(3600), "staff_door.wait_long", "60"),
    ],
)
def test_a_refusal_is_told_with_the_time_to_wait(answer: e.Event, key: str, value: str | None) -> None:
    story = at_the_door()

    assert story.play(answer) == ["staff_door"]
    assert key in {text.key for text in texts_in(view(story.kiosk).nodes)}
    assert value is None or value in set(strings_in(view(story.kiosk)))


def test_a_check_without_an_answer_is_told() -> None:
    story = at_the_door()

    assert story.play(e.TimeUp(story.kiosk.turn)) == ["staff_door"]
    assert "staff_door.silent" in {text.key for text in texts_in(view(story.kiosk).nodes)}


@pytest.mark.parametrize("leave", [e.Tapped("back"), e.CardLaid(), "time"])
def test_a_late_answer_lets_nobody_else_in(leave: e.Event | str) -> None:
    """The one who was checked went away, and somebody else stands there with a badge of their own."""
    story = at_the_door()
    story.play(e.TimeUp(story.kiosk.turn) if isinstance(leave, str) else leave, e.Tapped("home"))
    story.tap("staff")
    type_in(story, "11")
    story.tap("enter")
    type_in(story, "11")
    story.tap("enter")

    assert story.play(ADMITTED) == ["checking_staff"]
    assert story.kiosk.desk is None
    assert story.play(e.StaffRefused(0)) == ["staff_door"]


def test_nobody_is_let_in_who_did_not_ask() -> None:
    for page in (s.Attract(), s.Home(), s.StaffDoor(BADGE), s.LayCard()):
        after, commands = step(replace(QUIET, page=page), ADMITTED)

        assert after.desk is None
        assert (after.page, commands) == (page, ())


def test_the_way_in_is_on_the_home_page_and_where_nothing_else_works() -> None:
    with_it = {view(kiosk).name for kiosk in every_look() if "staff" in actions_of(kiosk)}

    assert with_it == {"home", "out_of_service"}
    out = replace(QUIET, world=NOTHING_LEFT, page=s.OutOfService(DeviceCode.READER_SILENT))
    assert isinstance(step(out, e.Tapped("staff"))[0].page, s.StaffDoor)


def actions_of(kiosk: s.Kiosk) -> set[str]:
    """All actions of a page."""
    return {node.action for node in walk(view(kiosk).nodes)}
