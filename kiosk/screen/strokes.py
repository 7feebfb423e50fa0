"""A small language of drawn paths, after the path data of SVG 2, with absolute coordinates only.

M x y (begin), L x y, H x, V y, C x1 y1 x2 y2 x y (cubic curve), Z (close), K (close and fill); and
whole figures:
O cx cy r (circle), D cx cy r (dot, always filled), R x y w h r (round rectangle),
A cx cy r from to (arc, degrees, clockwise from the right).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Point = tuple[float, float]

_TOKEN = re.compile(r"[A-Z]|-?\d+(?:\.\d+)?")
_OPERANDS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0, "K": 0, "O": 3, "D": 3, "R": 5, "A": 5}
_CURVE_STEPS = 14
_DEGREES_A_STEP = 6


class PathError(ValueError):
    """The path is not of this language."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A polyline; `solid` ones are filled whatever the pen does."""

    points: tuple[Point, ...]
    closed: bool = False
    solid: bool = False


def parse_path(path: str) -> tuple[Stroke, ...]:
    """The strokes of a path. Raises PathError."""
    strokes: list[Stroke] = []
    line: list[Point] = []
    for command, numbers in _commands(path):
        if command in "MODRA":
            _finish(line, strokes)
        match command:
            case "M":
                line = [(numbers[0], numbers[1])]
            case "L" | "H" | "V" | "C":
                line.extend(_continue(command, numbers, line[-1]))
            case "Z" | "K":
                strokes.append(Stroke(tuple(line), closed=True, solid=command == "K"))
                line = []
            case _:
                strokes.append(_figure(command, numbers))
                line = []
    _finish(line, strokes)
    return tuple(strokes)


def arc(centre: Point, radius: float, start: float, end: float) -> tuple[Point, ...]:
    """Points on an arc, degrees clockwise from the right."""
    steps = max(2, math.ceil(abs(end - start) / _DEGREES_A_STEP))
    angles = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return tuple(
        (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)) for angle in angles
    )


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    tokens = _TOKEN.findall(path)
    place = 0
    while place < len(tokens):
        command = tokens[place]
        count = _OPERANDS.get(command)
        if count is None:
            raise PathError(f"{command!r} is no command")
        operands = tokens[place + 1 : place + 1 + count]
        if len(operands) != count or any(operand.isalpha() for operand in operands):
            raise PathError(f"{command} takes {count} numbers")
        yield command, [float(operand) for operand in operands]
        place += 1 + count


def _finish(line: list[Point], strokes: list[Stroke]) -> None:
    if len(line) > 1:
        strokes.append(Stroke(tuple(line)))


def _continue(command: str, numbers: list[float], last: Point) -> list[Point]:
    match command:
        case "H":
            return [(numbers[0], last[1])]
        case "V":
            return [(last[0], numbers[0])]
        case "L":
            return [(numbers[0], numbers[1])]
        case _:
            return [_cubic(last, numbers, step / _CURVE_STEPS) for step in range(1, _CURVE_STEPS + 1)]


def _cubic(start: Point, numbers: list[float], t: float) -> Point:
    x1, y1, x2, y2, x3, y3 = numbers
    a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
    return a * start[0] + b * x1 + c * x2 + d * x3, a * start[1] + b * y1 + c * y2 + d * y3


def _figure(command: str, numbers: list[float]) -> Stroke:
    match command:
        case "A":
            return Stroke(arc((numbers[0], numbers[1]), numbers[2], numbers[3], numbers[4]))
        case "R":
            return Stroke(_round_rectangle(numbers), closed=True)
        case _:
            circle = arc((numbers[0], numbers[1]), numbers[2], 0, 360)
            return Stroke(circle[:-1], closed=True, solid=command == "D")


def _round_rectangle(numbers: list[float]) -> tuple[Point, ...]:
    x, y, w, h, r = numbers
    if r == 0:
        return (x, y), (x + w, y), (x + w, y + h), (x, y + h)
    corners = (
        (x + w - r, y + r, -90),
        (x + w - r, y + h - r, 0),
        (x + r, y + h - r, 90),
        (x + r, y + r, 180),
    )
    return tuple(point for cx, cy, start in corners for point in arc((cx, cy), r, start, start + 90))
