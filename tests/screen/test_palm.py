"""A hand that rests on the glass means nothing; only how many fingers lie there is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.screen.contacts import FORGOTTEN_S, Contacts
from tests.screen.hand import PANEL, Hand, hand_before, middle_of
from tests.screen.samples import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHOICE = "purpose:school"  # the first of the page


def test_one_and_two_fingers_are_fingers_and_three_a_palm_until_the_last_is_lifted() -> None:
    contacts = Contacts()

    landing, lifting = [], []
    for finger in range(4):
        contacts.land((PANEL, finger), 1.0)
        landing.append(contacts.is_palm(1.0))
    for finger in range(4):
        lifting.append(contacts.is_palm(1.0))
        contacts.lift((PANEL, finger))

    assert landing == [False, False, True, True]
    assert lifting == [True] * 4
    assert not contacts.is_palm(1.0)


def test_fingers_whose_lifting_nobody_told_lock_nobody_out() -> None:
    contacts = Contacts()
    for finger in range(3):
        contacts.land((PANEL, finger), 1.0)

    assert contacts.is_palm(1.0 + FORGOTTEN_S - 0.1)
    assert not contacts.is_palm(1.0 + FORGOTTEN_S)


@pytest.fixture
def hand(fonts: Path, tmp_path: Path) -> Iterator[Hand]:
    """Before a page with choices."""
    scene = sample("purpose")
    with hand_before(scene, fonts, tmp_path) as hand:
        hand.aim(middle_of(scene, _CHOICE, fonts))
        yield hand


def test_a_second_finger_beside_the_first_takes_nothing_away(hand: Hand) -> None:
    for finger in (0, 1):
        hand.land(finger)
    for finger in (0, 1):
        hand.lift(finger)

    assert hand.says() == _CHOICE


def test_a_palm_touches_nothing_and_the_next_finger_does(hand: Hand) -> None:
    for finger in range(3):
        hand.land(finger)
    hand.lift(0)
    palm = hand.says()
    hand.land(0)
    hand.lift(0)
    still = hand.says()
    for finger in (1, 2):
        hand.lift(finger)
    hand.land(0)
    hand.lift(0)

    assert (palm, still) == ("", "")
    assert hand.says() == _CHOICE
