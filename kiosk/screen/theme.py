"""The colours of the four themes. Every text keeps 7:1 and every border 3:1; a test computes it."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.scene.contract import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

Rgb = tuple[int, int, int]

_LINEAR_BELOW = 0.04045  # WCAG 2.2, relative luminance


class Colour(StrEnum):
    """What a colour is for."""

    PAGE = "page"
    CARD = "card"
    INK = "ink"
    QUIET = "quiet"
    PRIMARY = "primary"
    ON_PRIMARY = "on_primary"
    PRIMARY_PRESSED = "primary_pressed"
    TINT = "tint"
    BORDER = "border"
    LINE = "line"  # divides, says nothing
    BAND = "band"
    ON_BAND = "on_band"
    DANGER = "danger"
    ON_DANGER = "on_danger"
    GOOD = "good"
    ON_GOOD = "on_good"
    NOTICE = "notice"
    ON_NOTICE = "on_notice"
    PAPER = "paper"
    FOCUS = "focus"  # the ring around what the keys mean
    FOCUS_INSIDE = "focus_inside"  # a second ring within it, so that it shows on every ground
    SCRIM = "scrim"  # what lies under a dialog fades towards it


Palette = dict[Colour, Rgb]


def _palette(values: Mapping[str, str]) -> Palette:
    return {colour: _rgb(values[colour.value]) for colour in Colour}


def _rgb(value: str) -> Rgb:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


PALETTES: dict[Theme, Palette] = {
    Theme.STANDARD: _palette(
        {
            "page": "#F6F4EE",
            "card": "#FFFFFF",
            "ink": "#17242B",
            "quiet": "#3F4D54",
            "primary": "#0A4F5E",
            "on_primary": "#FFFFFF",
            "primary_pressed": "#06333D",
            "tint": "#DCEBEC",
            "border": "#6B7A80",
            "line": "#D9D8D0",
            "band": "#0A4F5E",
            "on_band": "#FFFFFF",
            "danger": "#9B1C12",
            "on_danger": "#FFFFFF",
            "good": "#14532D",
            "on_good": "#FFFFFF",
            "notice": "#FFF3D6",
            "on_notice": "#4F3300",
            "paper": "#FFFFFF",
            "focus": "#B45309",
            "focus_inside": "#FFFFFF",
            "scrim": "#17242B",
        }
    ),
    Theme.CONTRAST_LIGHT: _palette(
        {
            "page": "#FFFFFF",
            "card": "#FFFFFF",
            "ink": "#000000",
            "quiet": "#000000",
            "primary": "#00313A",
            "on_primary": "#FFFFFF",
            "primary_pressed": "#000000",
            "tint": "#E3ECED",
            "border": "#000000",
            "line": "#000000",
            "band": "#000000",
            "on_band": "#FFFFFF",
            "danger": "#7A0C05",
            "on_danger": "#FFFFFF",
            "good": "#0B3D1F",
            "on_good": "#FFFFFF",
            "notice": "#FFF3D6",
            "on_notice": "#3A2500",
            "paper": "#FFFFFF",
            "focus": "#B45309",
            "focus_inside": "#FFFFFF",
            "scrim": "#000000",
        }
    ),
    Theme.CONTRAST_DARK: _palette(
        {
            "page": "#0B1114",
            "card": "#141D21",
            "ink": "#FFFFFF",
            "quiet": "#D3DDE1",
            "primary": "#7FD6E3",
            "on_primary": "#0B1114",
            "primary_pressed": "#C5EEF4",
            "tint": "#1D373D",
            "border": "#8FA3AA",
            "line": "#33424A",
            "band": "#12333A",
            "on_band": "#FFFFFF",
            "danger": "#FFB4AB",
            "on_danger": "#2B0703",
            "good": "#9BE3B4",
            "on_good": "#06210F",
            "notice": "#3A2C05",
            "on_notice": "#FFE0A3",
            "paper": "#FFFFFF",
            "focus": "#FFD400",
            "focus_inside": "#0B1114",
            "scrim": "#000000",
        }
    ),
    Theme.YELLOW_ON_BLACK: _palette(
        {
            "page": "#000000",
            "card": "#000000",
            "ink": "#FFE100",
            "quiet": "#FFE100",
            "primary": "#FFE100",
            "on_primary": "#000000",
            "primary_pressed": "#FFFFFF",
            "tint": "#2E2900",
            "border": "#FFE100",
            "line": "#FFE100",
            "band": "#2E2900",
            "on_band": "#FFE100",
            "danger": "#FFE100",
            "on_danger": "#000000",
            "good": "#FFE100",
            "on_good": "#000000",
            "notice": "#2E2900",
            "on_notice": "#FFE100",
            "paper": "#FFFFFF",
            "focus": "#FFFFFF",
            "focus_inside": "#000000",
            "scrim": "#000000",
        }
    ),
}


@lru_cache(maxsize=512)
def contrast(first: Rgb, second: Rgb) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4
