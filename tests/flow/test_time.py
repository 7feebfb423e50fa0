"""Time: a warning before it ends, more of it as often as somebody asks, and reminders of paper and card."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from devices.contract import Printed
from kiosk.core.timer import TurnTimer
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.step import step
from kiosk.flow.timer import timer
from kiosk.flow.view import view
from kiosk.scene.contract import TextSize
from kiosk.scene.nodes import walk
from tests.flow.happenings import every_event
from tests.flow.situations import KNOWN_PERSON, QUIET, every_state
from tests.flow.story import ID, Story

TEN = 10
UNHURRIED = (
    w.Preferences(text_size=TextSize.LARGE),
    w.Preferences(text_size=TextSize.LARGEST),
    w.Preferences(speech=True),
)
# A machine's answer: nobody is hurried by it, and nobody's pace changes it.
MACHINES = s.Reading | s.LookingUp | s.Preparing | s.PreparingSlip | s.CheckingStaff | s.Printing
# Whoever is away loses nothing there.
GOODBYES = s.TakePaper | s.TakeSlip | s.TakeCard | s.Ended


def test_more_time_can_be_asked_for_ten_times_in_a_row_and_more() -> None:
    """Without anything else happening in between, and each time the whole limit again."""
    kiosk = replace(KNOWN_PERSON, page=s.WhoYouAre())
    first = timer(kiosk)
    for _ in range(TEN + 2):
        kiosk, _ = step(kiosk, e.TimeNearlyUp(kiosk.turn))
        offered = [node.action for node in walk(view(kiosk).nodes) if node.enabled]
        assert "more_time" in offered

        kiosk, _ = step(kiosk, e.Tapped("more_time"))

        limit = timer(kiosk)
        assert isinstance(kiosk.page, s.WhoYouAre)
        assert not kiosk.warned
        assert limit
        assert first
        assert (limit.warn_after, limit.end_after) == (first.warn_after, first.end_after)


def test_the_warning_comes_twenty_seconds_before_the_end() -> None:
    assert w.Times().warning.total_seconds() == 20


def test_the_warning_is_read_out_to_everybody() -> None:
    kiosk = replace(KNOWN_PERSON, page=s.WhoYouAre())

    assert not view(kiosk).speech
    assert view(step(kiosk, e.TimeNearlyUp(kiosk.turn))[0]).speech


@pytest.mark.parametrize("preferences", UNHURRIED)
def test_large_text_and_speech_bring_twice_the_time(preferences: w.Preferences) -> None:
    compared = 0
    for kiosk in every_state():
        usual = timer(replace(kiosk, preferences=w.Preferences()))
        longer = timer(replace(kiosk, preferences=preferences))
        if (
            usual is None
            or longer is None
            or (usual.warn_after is None and not isinstance(kiosk.page, GOODBYES))
        ):
            continue
        whole = usual.warn_after or usual.end_after
        assert (longer.warn_after or longer.end_after) == whole * 2
        compared += 1
    assert compared > len(UNHURRIED)


def test_a_machine_that_hangs_gets_no_longer_for_that() -> None:
    for kiosk in every_state():
        if isinstance(kiosk.page, MACHINES):
            slow = timer(replace(kiosk, preferences=UNHURRIED[0]))
            assert slow == timer(replace(kiosk, preferences=w.Preferences()))


def test_whatever_happens_there_is_one_timer_of_the_present_turn() -> None:
    """Random stories on the core's own timer: no limit of an earlier turn ever falls due."""
    dice = random.Random(5)  # noqa: S311
    states = every_state()
    ends = warnings = 0
    for _ in range(25):
        kiosk, clock, now = dice.choice(states), TurnTimer(), 0.0
        clock.follow(timer(kiosk), now)
        for _ in range(40):
            now += dice.choice((0.5, 5.0, 30.0, 90.0))
            due = clock.take_due(now)
            if due:
                assert due.turn == kiosk.turn
                ends += isinstance(due, e.TimeUp)
                warnings += isinstance(due, e.TimeNearlyUp)
            kiosk, _ = step(kiosk, due or dice.choice(every_event(kiosk.turn)))
            clock.follow(timer(kiosk), now)
    assert ends
    assert warnings


def test_a_card_that_was_left_is_spoken_of_until_it_is_taken() -> None:
    story = Story()
    story.kiosk = replace(QUIET, page=s.TakeCard(), card_lies=True)
    before = view(story.kiosk)

    for _ in range(TEN):
        assert story.play(e.TimeUp(story.kiosk.turn)) == ["take_card"]
        now = view(story.kiosk)
        assert now.speech
        assert now.nodes != before.nodes, "what stays the same is not read out again"
        assert timer(story.kiosk)
        before = now

    assert story.play(e.CardLifted()) == ["attract"]


def test_no_page_gives_up_a_card_that_lies_there() -> None:
    """Time alone leads everybody's card to the reminder, and never to an idle page."""
    for kiosk in every_state():
        if kiosk.card_lies and not isinstance(kiosk.page, s.IdlePage):
            after, _ = step(kiosk, e.TimeUp(kiosk.turn))
            assert not isinstance(after.page, s.Attract)


def test_whose_card_was_forgotten_leaves_no_language_behind() -> None:
    kiosk = replace(QUIET, page=s.TakeCard(), card_lies=True, preferences=UNHURRIED[1])
    for _ in range(3):
        kiosk, _ = step(kiosk, e.TimeUp(kiosk.turn))

    assert kiosk.preferences == w.Preferences()


def test_paper_in_the_tray_is_spoken_of_a_second_time() -> None:
    story = Story().to_print()
    story.play(e.PrintSettled(ID, Printed(1)), e.CardLifted())
    before = view(story.kiosk)

    assert story.play(e.TimeUp(story.kiosk.turn)) == ["take_paper"]
    assert view(story.kiosk).speech
    assert view(story.kiosk).nodes != before.nodes
    assert story.play(e.TimeUp(story.kiosk.turn)) == ["rating"]
