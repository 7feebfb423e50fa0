"""What appears in several line figures. Their grid runs from 30 to 270 across and from 0 to 200 down."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.screen.theme import Colour

LEFT = 30.0
WIDTH = 240.0


class Layer(NamedTuple):
    """One path, filled and then traced; None leaves either out."""

    path: str
    fill: Colour | None = None
    line: Colour | None = Colour.INK
    width: float = 2.6


_INK, _PRIMARY, _TINT, _CARD = Colour.INK, Colour.PRIMARY, Colour.TINT, Colour.CARD


def ground(y: float = 186) -> Layer:
    """The line that things stand on."""
    return Layer(f"M34 {y} H266", None, Colour.BORDER, 2)


def windows(x: int, y: int, across: int, down: int) -> str:
    """Rows of windows of a block of flats."""
    places = ((x + 20 * column, y + 19 * row) for row in range(down) for column in range(across))
    return " ".join(f"R{left} {top} 10 11 1" for left, top in places)


def halo() -> Layer:
    """The calm round field behind a figure."""
    return Layer("O150 98 92", _TINT, None)


def card(x: float, y: float) -> tuple[Layer, ...]:
    """An ID card, 96 by 61: lines of text at the left, the photo at the right."""
    return (
        Layer(f"R{x} {y} 96 61 6", _CARD, _INK),
        Layer(f"R{x + 62} {y + 11} 24 30 2", _TINT, _PRIMARY, 2),
        Layer(
            f"O{x + 74} {y + 21} 4.6 "
            f"M{x + 66} {y + 40} C{x + 66} {y + 30} {x + 82} {y + 30} {x + 82} {y + 40}",
            None,
            _PRIMARY,
            2,
        ),
        Layer(
            f"M{x + 11} {y + 16} H{x + 48} M{x + 11} {y + 26} H{x + 40} M{x + 11} {y + 36} H{x + 50}",
            None,
            _PRIMARY,
            2.4,
        ),
        Layer(f"M{x + 11} {y + 50} H{x + 85}", None, _INK, 2.4),
    )


def reader(y: float) -> tuple[Layer, ...]:
    """The reader of this machine: a pad that lies before one, with the mark of a card on it."""
    return (
        Layer(f"M92 {y} H208 L234 {y + 40} H66 Z", _CARD, _INK),
        Layer(f"M66 {y + 40} H234 V{y + 52} H66 Z", _PRIMARY, _INK),
        Layer(f"M128 {y + 10} H172 L180 {y + 30} H120 Z", _TINT, _PRIMARY, 2),
    )


def arrow(x: float, top: float, bottom: float) -> Layer:
    """A broad arrow from top to bottom; upwards where bottom lies above top."""
    way = 1 if bottom > top else -1
    neck = bottom - way * 15
    return Layer(
        f"M{x - 6} {top} H{x + 6} V{neck} H{x + 15} L{x} {bottom} L{x - 15} {neck} H{x - 6} Z",
        _PRIMARY,
        _PRIMARY,
        2,
    )


def printer(y: float) -> tuple[Layer, ...]:
    """The page printer, its slot in front."""
    return (
        Layer(f"M104 {y} V{y - 30} H196 V{y}", _CARD, _INK),
        Layer(f"R70 {y} 160 62 8", _CARD, _INK),
        Layer(f"M70 {y + 24} H230", None, _INK, 2),
        Layer(f"D210 {y + 12} 4", None, _PRIMARY),
        Layer(f"M90 {y + 44} H210", None, _INK, 5),
    )


def sheet(x: float, y: float, w: float, h: float) -> tuple[Layer, ...]:
    """A paper with a heading, lines and a code."""
    return (
        Layer(f"R{x} {y} {w} {h} 2", _CARD, _INK),
        Layer(f"M{x + w * 0.3} {y + 16} H{x + w * 0.7}", None, _PRIMARY, 4),
        Layer(
            f"M{x + 13} {y + 32} H{x + w - 13} M{x + 13} {y + 44} H{x + w - 13} "
            f"M{x + 13} {y + 56} H{x + w * 0.6}",
            None,
            _INK,
            2,
        ),
    )


def machine() -> tuple[Layer, ...]:
    """The kiosk itself, on its foot."""
    return (
        Layer("M122 150 H178 L186 186 H114 Z", _CARD, _INK),
        Layer("R98 20 104 132 8", _CARD, _INK),
        Layer("R107 30 86 92 4", _TINT, _PRIMARY, 2),
        Layer("M132 137 H168", None, _INK, 3),
    )


def cloud(x: float, y: float) -> str:
    """The path of a cloud around a place."""
    return (
        f"M{x - 46} {y + 28} C{x - 76} {y + 26} {x - 74} {y - 12} {x - 44} {y - 10} "
        f"C{x - 38} {y - 44} {x + 12} {y - 50} {x + 24} {y - 16} "
        f"C{x + 66} {y - 24} {x + 74} {y + 26} {x + 42} {y + 28} Z"
    )
