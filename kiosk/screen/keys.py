"""What the keys of the pads beside the screen mean."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import pygame

if TYPE_CHECKING:
    from collections.abc import Mapping


class Key(Enum):
    """The five keys of the navigation pad, and those with a mark of their own."""

    NEXT = "next"
    PREVIOUS = "previous"
    SELECT = "select"
    BACK = "back"
    REPEAT = "repeat"
    WHERE = "where"  # where am I?
    SPEECH = "speech"  # the marked key: read the pages out, or no longer
    LOUDER = "louder"


_KEYS: Mapping[int, Key] = {
    pygame.K_DOWN: Key.NEXT,
    pygame.K_TAB: Key.NEXT,
    pygame.K_UP: Key.PREVIOUS,
    pygame.K_RETURN: Key.SELECT,
    pygame.K_KP_ENTER: Key.SELECT,
    pygame.K_BACKSPACE: Key.BACK,
    pygame.K_SPACE: Key.REPEAT,
    pygame.K_F1: Key.WHERE,
    pygame.K_F2: Key.SPEECH,
    pygame.K_F3: Key.LOUDER,
}
_DIGITS: Mapping[int, str] = {
    **{getattr(pygame, f"K_{digit}"): str(digit) for digit in range(10)},
    **{getattr(pygame, f"K_KP{digit}"): str(digit) for digit in range(10)},
}
_MODIFIERS = pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META
DOUBLE_STRIKE_S = 0.25  # a trembling finger means one stroke


def meaning_of(key: int, modifiers: int) -> Key | str | None:
    """A key of the pads, a digit, or None: chords mean nothing here."""
    if modifiers & _MODIFIERS:
        return None
    return _KEYS.get(key) or _DIGITS.get(key)
