"""A touch on the dark page, wherever it falls, lights the screen and does nothing else."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.flow import states as s
from kiosk.flow.view import view
from kiosk.screen.touch import SETTLE_S
from tests.flow.situations import QUIET
from tests.screen.hand import Hand, hand_before, middle_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DARK = replace(view(replace(QUIET, page=s.Dark())), seq=1)
_HOME = replace(view(replace(QUIET, page=s.Home())), seq=2)
_COLUMN = "choice-organisations"


@pytest.fixture
def hand(fonts: Path, tmp_path: Path) -> Iterator[Hand]:
    """Before the dark page, at a place where home has one of its columns."""
    with hand_before(_DARK, fonts, tmp_path) as hand:
        hand.aim(middle_of(_HOME, _COLUMN, fonts))
        yield hand


def test_a_touch_beside_every_control_lights_the_screen(hand: Hand) -> None:
    hand.land(0)
    hand.lift(0)

    assert hand.says() == "primary"


def test_a_touch_on_a_control_means_that_control(hand: Hand, fonts: Path) -> None:
    hand.aim(middle_of(_DARK, "prefer-language", fonts))
    hand.land(0)
    hand.lift(0)

    assert hand.says() == "prefer-language"


def test_the_touch_that_lights_the_screen_reaches_nothing_that_appears_below_it(hand: Hand) -> None:
    hand.land(0)
    hand.meet(_HOME)  # a card was laid, or somebody was quicker
    hand.lift(0)
    held_on = hand.says()
    hand.meet(_DARK)
    time.sleep(SETTLE_S)
    hand.land(0)
    hand.lift(0)
    lit = hand.says()
    hand.meet(_HOME)
    hand.land(0)  # the second of a double tap
    hand.lift(0)

    assert (held_on, lit, hand.says()) == ("", "primary", "")


def test_the_next_touch_counts(hand: Hand) -> None:
    hand.meet(_HOME)
    time.sleep(SETTLE_S)
    hand.land(0)
    hand.lift(0)

    assert hand.says() == _COLUMN
