"""Strokes as they were drawn on a pad of any shape, brought to the middle of a square one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.typing.contract import Point

if TYPE_CHECKING:
    from kiosk.typing.contract import Stroke

_FILLED = 0.8  # of the square, by the longer side of the character
_LEAST = 0.35  # of the pad's height: what is smaller is a dot or a short stroke, and stays small


def squared(strokes: tuple[Stroke, ...], across: float) -> tuple[Stroke, ...]:
    """The same character in the middle of a square; `across` = the width of the pad by its height."""
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return strokes
    left, right = (edge(point.x * across for point in points) for edge in (min, max))
    top, bottom = (edge(point.y for point in points) for edge in (min, max))
    scale = _FILLED / max(right - left, bottom - top, _LEAST)
    centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
    return tuple(
        tuple(
            Point(0.5 + (point.x * across - centre_x) * scale, 0.5 + (point.y - centre_y) * scale)
            for point in stroke
        )
        for stroke in strokes
    )
