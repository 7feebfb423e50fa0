"""Language, size, colours, reach and speech: one touch away on every page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Language, TextSize, Theme

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Preferences

_ON = "on"
_SWITCH = (_ON, "off")


def prefer(kiosk: Kiosk, verb: str, value: str) -> Kiosk:
    """Take the preference, or leave everything as it is where there is no such value."""
    return replace(kiosk, preferences=_changed(kiosk.preferences, verb, value))


def _changed(preferences: Preferences, verb: str, value: str) -> Preferences:
    match verb:
        case "language" if value in set(Language):
            return replace(preferences, language=Language(value))
        case "text_size" if value in set(TextSize):
            return replace(preferences, text_size=TextSize(value))
        case "theme" if value in set(Theme):
            return replace(preferences, theme=Theme(value))
        case "low_reach" if value in _SWITCH:
            return replace(preferences, low_reach=value == _ON)
        case "speech" if value in _SWITCH:
            return replace(preferences, speech=value == _ON)
        case _:
            return preferences
