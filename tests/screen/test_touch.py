"""What one finger may and may not do, with times given by hand."""

from __future__ import annotations

import pytest

from kiosk.scene.contract import Role, Theme
from kiosk.screen.geometry import Rect
from kiosk.screen.page import Page, Placed
from kiosk.screen.touch import DEBOUNCE_S, SETTLE_S, Touch

_SLACK = 8
_YES, _NO = (150, 150), (150, 350)
_NOWHERE = (600, 600)


def _button(name: str, y: int, *, enabled: bool = True, in_dialog: bool = False) -> Placed:
    rect = Rect(100, y, 100, 100)
    return Placed(name, Role.BUTTON, rect, (), name, name, enabled, in_dialog=in_dialog)


def _page(*nodes: Placed, seq: int = 1) -> Page:
    return Page("page", seq, Theme.STANDARD, Rect(0, 0, 800, 800), nodes)


@pytest.fixture(name="touch")
def make_touch() -> Touch:
    touch = Touch(_SLACK)
    touch.show(_page(_button("yes", 100), _button("no", 300)), 0.0)
    return touch


def test_a_press_shows_at_once_and_a_release_activates(touch: Touch) -> None:
    touch.press(_YES, 1.0)

    assert touch.pressed == "yes"
    assert touch.release(_YES, 1.1) == "yes"
    assert touch.pressed == ""


def test_a_release_beside_the_target_cancels(touch: Touch) -> None:
    touch.press(_YES, 1.0)

    assert touch.release(_NO, 1.1) == ""


def test_a_finger_that_slips_off_shows_it_and_may_come_back(touch: Touch) -> None:
    touch.press(_YES, 1.0)

    touch.move(_NOWHERE)
    assert touch.pressed == ""
    touch.move(_YES)
    assert touch.pressed == "yes"
    assert touch.release(_YES, 1.3) == "yes"


def test_two_millimetres_beside_still_count(touch: Touch) -> None:
    touch.press((100 - _SLACK, 150), 1.0)

    assert touch.release((100 - _SLACK, 150), 1.1) == "yes"


def test_three_millimetres_beside_do_not(touch: Touch) -> None:
    touch.press((100 - _SLACK - 1, 150), 1.0)

    assert touch.pressed == ""
    assert touch.release(_YES, 1.1) == ""


def test_a_trembling_finger_activates_once(touch: Touch) -> None:
    touch.press(_YES, 1.0)
    first = touch.release(_YES, 1.05)
    touch.press(_YES, 1.05 + DEBOUNCE_S - 0.01)
    second = touch.release(_YES, 1.05 + DEBOUNCE_S)
    touch.press(_YES, 1.05 + DEBOUNCE_S + 0.01)
    third = touch.release(_YES, 1.5)

    assert (first, second, third) == ("yes", "", "yes")


def test_the_debounce_of_one_target_leaves_the_others_alone(touch: Touch) -> None:
    touch.press(_YES, 1.0)
    touch.release(_YES, 1.05)

    touch.press(_NO, 1.1)

    assert touch.release(_NO, 1.15) == "no"


def test_nothing_clicks_through_to_a_new_page(touch: Touch) -> None:
    touch.show(_page(_button("print", 100), seq=2), 2.0)

    touch.press(_YES, 2.0 + SETTLE_S - 0.01)
    too_early = touch.release(_YES, 2.2)
    touch.press(_YES, 2.3)

    assert too_early == ""
    assert touch.release(_YES, 2.35) == "print"


def test_a_press_held_over_a_change_of_page_is_let_go(touch: Touch) -> None:
    touch.press(_YES, 1.0)

    touch.show(_page(_button("print", 100), seq=2), 1.1)

    assert touch.pressed == ""
    assert touch.release(_YES, 2.0) == ""


def test_a_change_that_nobody_can_touch_does_not_disturb_a_press(touch: Touch) -> None:
    """The clock in the band changes every minute; whoever touches just then must not have to repeat."""
    touch.press(_YES, 1.0)

    touch.show(_page(_button("yes", 100), _button("no", 300), seq=2), 1.1)

    assert touch.release(_YES, 1.15) == "yes"


def test_the_same_button_with_another_meaning_is_another_target(touch: Touch) -> None:
    touch.press(_YES, 1.0)
    same_place = _button("yes", 100)
    other = Placed(same_place.id, same_place.role, same_place.rect, (), "yes", "something_else")

    touch.show(_page(other, _button("no", 300), seq=2), 1.1)

    assert touch.release(_YES, 1.2) == ""


def test_a_disabled_control_does_nothing(touch: Touch) -> None:
    touch.show(_page(_button("print", 100, enabled=False), seq=2), 1.0)

    touch.press(_YES, 2.0)

    assert touch.pressed == ""


def test_below_a_dialog_nothing_can_be_touched(touch: Touch) -> None:
    touch.show(_page(_button("print", 100), _button("stay", 300, in_dialog=True), seq=2), 1.0)

    touch.press(_YES, 2.0)
    below = touch.release(_YES, 2.1)
    touch.press(_NO, 2.2)

    assert below == ""
    assert touch.release(_NO, 2.3) == "stay"
