"""Every state meets every event."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.news import slides
from kiosk.flow.step import step
from kiosk.flow.timer import timer
from tests.flow.happenings import every_event
from tests.flow.situations import every_look, every_state
from tests.flow.soundness import check_sound

STATES = every_state()


def test_every_page_and_every_event_is_among_the_situations() -> None:
    pages = {type(kiosk.page) for kiosk in STATES}
    events = {type(event) for event in every_event(1)}

    assert pages == set(get_args(s.Page))
    assert events == set(get_args(e.Event))


def test_the_situations_are_sound_themselves() -> None:
    for kiosk in every_look():
        check_sound(kiosk)


@pytest.mark.parametrize("kind", get_args(s.Page), ids=lambda kind: kind.__name__)
def test_every_event_leads_to_a_sound_state(kind: type[s.Page]) -> None:
    for kiosk in (kiosk for kiosk in STATES if isinstance(kiosk.page, kind)):
        for event in every_event(kiosk.turn):
            after, commands = step(kiosk, event)

            if replace(after, turn=kiosk.turn) != kiosk:  # what only goes on is sound as before
                check_sound(after)
            assert isinstance(commands, tuple)


def test_only_a_still_idle_page_waits_for_ever() -> None:
    for kiosk in STATES:
        limit = timer(kiosk)

        still = isinstance(kiosk.page, s.Attract) and len(slides(kiosk.world)) == 1
        assert (limit is None) == (still or isinstance(kiosk.page, s.Dark | s.OutOfService))
        assert limit is None or limit.turn == kiosk.turn


def test_a_warning_leaves_its_full_time() -> None:
    """WCAG 2.2.1: at least 20 seconds to ask for more."""
    for kiosk in STATES:
        limit = timer(kiosk)

        if limit and limit.warn_after is not None:
            assert limit.end_after - limit.warn_after == kiosk.plan.times.warning


def test_a_turn_never_runs_backwards_and_another_page_begins_another() -> None:
    for kiosk in STATES:
        for event in every_event(kiosk.turn):
            after, _ = step(kiosk, event)

            assert after.turn >= kiosk.turn
            if type(after.page) is not type(kiosk.page):
                assert after.turn > kiosk.turn
                assert not after.warned


def test_a_time_limit_of_an_earlier_turn_changes_nothing() -> None:
    for kiosk in STATES:
        for event in (e.TimeUp(kiosk.turn - 1), e.TimeNearlyUp(kiosk.turn - 1)):
            assert step(kiosk, event) == (kiosk, ())


def test_a_touch_answers_the_warning() -> None:
    for kiosk in (kiosk for kiosk in STATES if not isinstance(kiosk.page, s.Dark)):  # it has no limit
        warned = step(kiosk, e.TimeNearlyUp(kiosk.turn))[0]

        after, commands = step(warned, e.Tapped("more_time"))

        assert warned.warned
        assert commands == ()
        assert after.turn > kiosk.turn
        assert replace(after, turn=kiosk.turn) == kiosk
