from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pygame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.screen.strokes import Point, Stroke
    from kiosk.screen.theme import Rgb


class Pen:
    """Draws strokes with round ends and joints; the surface is larger than the result and scaled down."""

    def __init__(self, surface: pygame.Surface, scale: float, left: float = 0.0) -> None:
        self._surface = surface
        self._scale = scale
        self._left = left  # the grid's x at the left edge of the surface

    def fill(self, strokes: Sequence[Stroke], colour: Rgb) -> None:
        """Fill each stroke as an area."""
        for stroke in strokes:
            pygame.draw.polygon(self._surface, colour, self._scaled(stroke.points))

    def trace(self, strokes: Sequence[Stroke], colour: Rgb, width: float) -> None:
        """Draw each stroke as a line of `width` units; solid ones are filled."""
        for stroke in strokes:
            if stroke.solid:
                self.fill((stroke,), colour)
            else:
                self._trace(stroke, colour, width * self._scale)

    def _trace(self, stroke: Stroke, colour: Rgb, width: float) -> None:
        points = self._scaled(stroke.points)
        ends = [*points[1:], points[0]] if stroke.closed else points[1:]
        for start, end in zip(points, ends, strict=False):
            quad = _thick_line(start, end, width)
            if quad:
                pygame.draw.polygon(self._surface, colour, quad)
        for point in points:
            pygame.draw.circle(self._surface, colour, point, width / 2)

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        return [((x - self._left) * self._scale, y * self._scale) for x, y in points]


def _thick_line(start: Point, end: Point, width: float) -> tuple[Point, Point, Point, Point] | None:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length == 0:
        return None
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    return (
        (start[0] + nx, start[1] + ny),
        (end[0] + nx, end[1] + ny),
        (end[0] - nx, end[1] - ny),
        (start[0] - nx, start[1] - ny),
    )
