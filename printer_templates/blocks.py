"""What stands under one another on a paper that is as long as its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from printer_templates.fit import POINTS_PER_MM
from printer_templates.formats import DOTS_PER_MM, POINTS_PER_DOT
from printer_templates.pen import BLACK, CENTRE, LEFT, Ink
from printer_templates.table import OPTICAL_MIDDLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from printer_templates.fit import Setting
    from printer_templates.fonts import PaperFont
    from printer_templates.pen import Pen
    from printer_templates.qr import Symbol


class Block(Protocol):
    """Something of a known height that can be drawn at any height of the paper."""

    @property
    def height_mm(self) -> float:
        """How much of the paper's length it takes."""
        ...

    def draw(self, pen: Pen, top_mm: float) -> None:
        """Draw it, its upper edge at `top_mm`."""
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing."""

    height_mm: float

    def draw(self, pen: Pen, top_mm: float) -> None:
        """Leave the paper white."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A text that has found its lines. `x_mm` is their left end, middle or right end by `align`."""

    setting: Setting
    font: PaperFont
    x_mm: float
    align: float = LEFT

    @property
    def height_mm(self) -> float:
        """All its lines."""
        return len(self.setting.lines) * self.setting.line_mm

    def draw(self, pen: Pen, top_mm: float) -> None:
        """Draw line by line, each in the middle of its own height."""
        for index, line in enumerate(self.setting.lines):
            baseline = top_mm + index * self.setting.line_mm + _to_baseline(self.setting)
            pen.text((self.x_mm, baseline), line, Ink(self.font, self.setting.size), self.align)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a list: a box to be ticked, and its text beside it."""

    lines: Lines
    box_x_mm: float

    @property
    def height_mm(self) -> float:
        """As high as its text."""
        return self.lines.height_mm

    def draw(self, pen: Pen, top_mm: float) -> None:
        """The box stands beside the first line."""
        setting = self.lines.setting
        side = setting.size * 0.72 / POINTS_PER_MM
        top = top_mm + (setting.line_mm - side) / 2
        pen.box((self.box_x_mm, top), (side, side), 1.0, BLACK)
        self.lines.draw(pen, top_mm)


@dataclass(frozen=True, slots=True)
class Rule:
    """A black line across the paper, in the middle of its height."""

    x_mm: float
    length_mm: float
    width_pt: float
    height_mm: float

    def draw(self, pen: Pen, top_mm: float) -> None:
        """Draw it."""
        pen.rule((self.x_mm, top_mm + self.height_mm / 2), self.length_mm, self.width_pt, BLACK)


@dataclass(frozen=True, slots=True)
class DotRule:
    """A black line across a roll, a whole number of dots wide; `height_mm` is the room that it has."""

    x_mm: float
    length_mm: float
    dots: int
    height_mm: float

    def draw(self, pen: Pen, top_mm: float) -> None:
        """Draw it on whole dots, so that all lines of the same width look the same."""
        half = self.dots / 2 / DOTS_PER_MM
        y = on_a_dot(top_mm + self.height_mm / 2 - half) + half
        pen.rule((self.x_mm, y), self.length_mm, self.dots * POINTS_PER_DOT, BLACK)


@dataclass(frozen=True, slots=True)
class Framed:
    """Lines in a frame, in its middle."""

    lines: Lines
    width_mm: float
    padding_mm: float
    line_pt: float

    @property
    def height_mm(self) -> float:
        """The frame from edge to edge."""
        return self.lines.height_mm + 2 * self.padding_mm

    def draw(self, pen: Pen, top_mm: float) -> None:
        """Draw the frame, then what stands in it."""
        left = self.lines.x_mm - CENTRE * self.width_mm
        top, height = on_a_dot(top_mm), on_a_dot(self.height_mm)
        pen.box((left, top), (self.width_mm, height), self.line_pt, BLACK)
        self.lines.draw(pen, top_mm + self.padding_mm)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code; its left edge and its side are whole dots of the printer."""

    symbol: Symbol
    left_mm: float
    height_mm: float

    def draw(self, pen: Pen, top_mm: float) -> None:
        """Draw it; `top_mm` must be whole dots."""
        pen.symbol((self.left_mm, top_mm), self.height_mm, self.symbol)


def length_of(blocks: Iterable[Block]) -> float:
    """How long they are together, in millimetres."""
    return sum(block.height_mm for block in blocks)


def draw_down(blocks: Iterable[Block], pen: Pen, top_mm: float) -> None:
    """Draw them under one another."""
    for block in blocks:
        block.draw(pen, top_mm)
        top_mm += block.height_mm


def on_a_dot(length_mm: float) -> float:
    """The nearest whole number of dots of a receipt printer, in millimetres."""
    return round(length_mm * DOTS_PER_MM) / DOTS_PER_MM


def _to_baseline(setting: Setting) -> float:
    return setting.line_mm / 2 + setting.size * OPTICAL_MIDDLE / POINTS_PER_MM
