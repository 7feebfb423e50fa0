"""Where the keys lead on a page, and what they mean."""

from __future__ import annotations

import pygame
import pytest

from kiosk.scene.contract import Role, Theme
from kiosk.screen.focus import Focus, in_order
from kiosk.screen.geometry import Rect
from kiosk.screen.keys import Key, meaning_of
from kiosk.screen.page import Page, Placed
from kiosk.screen.theme import PALETTES, Colour, contrast


def control(name: str, x: int, y: int, action: str = "", *, in_dialog: bool = False) -> Placed:
    rect = Rect(x, y, 200, 80)
    return Placed(name, Role.BUTTON, rect, (), label=name, action=action or name, in_dialog=in_dialog)


def page(*nodes: Placed, name: str = "page") -> Page:
    return Page(name, 1, Theme.STANDARD, Rect(0, 0, 1080, 1920), nodes)


FOOT = (control("primary", 700, 1700), control("back", 50, 1704), control("first", 50, 400))


def test_the_order_is_that_of_reading() -> None:
    assert [each.id for each in in_order(page(*FOOT))] == ["first", "back", "primary"]


def test_the_first_key_shows_where_the_focus_is_and_further_ones_lead_round() -> None:
    focus = Focus()
    focus.show(page(*FOOT))
    before = focus.node
    led = [focus.move(1), focus.move(1), focus.move(1), focus.move(1), focus.move(-1)]

    assert before == ""
    assert led == ["first", "back", "primary", "first", "primary"]


def test_a_touch_hides_it_and_the_next_key_shows_it_at_the_same_place() -> None:
    focus = Focus()
    focus.show(page(*FOOT))
    focus.move(1)
    focus.move(1)
    focus.hide()

    assert focus.node == ""
    assert focus.move(1) == "back"


def test_it_stays_where_only_other_things_changed_and_begins_anew_on_another_page() -> None:
    focus = Focus()
    focus.show(page(*FOOT))
    focus.move(1)
    focus.move(1)
    focus.show(page(control("new", 50, 300), *FOOT))
    stayed = focus.node
    focus.show(page(*FOOT, name="another"))

    assert stayed == "back"
    assert focus.node == "first"


def test_a_dialog_has_it_alone() -> None:
    focus = Focus()
    focus.show(page(*FOOT, control("stay", 300, 900, "more_time", in_dialog=True)))

    assert [focus.move(1), focus.move(1)] == ["stay", "stay"]


def test_an_empty_page_has_none() -> None:
    focus = Focus()
    focus.show(page())

    assert focus.move(1) == ""


def test_the_ways_that_have_keys_of_their_own_are_found() -> None:
    focus = Focus()
    focus.show(page(control("7", 50, 300, "key:7"), control("voice", 50, 500, "speech:on"), *FOOT))

    assert focus.digit("7") == "7"
    assert focus.digit("8") == ""
    assert focus.switch("speech") == "voice"
    assert focus.way_back() == "back"


@pytest.mark.parametrize(
    ("key", "modifiers", "meaning"),
    [
        (pygame.K_DOWN, 0, Key.NEXT),
        (pygame.K_RETURN, 0, Key.SELECT),
        (pygame.K_KP7, 0, "7"),
        (pygame.K_0, 0, "0"),
        (pygame.K_KP7, pygame.KMOD_NUM, "7"),
        (pygame.K_RETURN, pygame.KMOD_LALT, None),
        (pygame.K_F1, pygame.KMOD_LCTRL | pygame.KMOD_LALT, None),
        (pygame.K_ESCAPE, 0, None),
        (pygame.K_a, 0, None),
    ],
)
def test_keys_and_chords(key: int, modifiers: int, meaning: Key | str | None) -> None:
    assert meaning_of(key, modifiers) == meaning


@pytest.mark.parametrize("theme", Theme)
def test_the_ring_shows_on_every_ground(theme: Theme) -> None:
    """The outer ring on the page, or the inner one on the outer: one of them is seen."""
    palette = PALETTES[theme]
    rings = contrast(palette[Colour.FOCUS], palette[Colour.FOCUS_INSIDE])

    assert rings >= 3
    for ground in (Colour.PAGE, Colour.CARD, Colour.PRIMARY, Colour.BAND):
        best = max(contrast(palette[ring], palette[ground]) for ring in (Colour.FOCUS, Colour.FOCUS_INSIDE))
        assert best >= 3, ground
