"""The measures of what papers are printed on."""

from __future__ import annotations

from dataclasses import dataclass

from printer_templates.contract import Format
from printer_templates.fit import POINTS_PER_MM

A4_MM = (210.0, 297.0)
DOTS_PER_MM = 8  # of a receipt printer of 203 dpi
LONGEST_ROLL_MM = 600.0  # a sheet longer than that is a mistake
POINTS_PER_DOT = POINTS_PER_MM / DOTS_PER_MM


@dataclass(frozen=True, slots=True)
class Roll:
    """A roll: its printable width, the margin kept free on both sides, and its sizes of type in points."""

    width_mm: float
    margin_mm: float
    title: float
    headline: tuple[float, ...]  # tried in turn, the largest first
    body: float
    label: float
    foot: float
    code_mm: float  # the side of a QR code at most

    @property
    def text_mm(self) -> float:
        """The width of a line of text."""
        return self.width_mm - 2 * self.margin_mm


def _dots(*counts: int) -> tuple[float, ...]:
    """Sizes of type of a whole number of dots, in points."""
    return tuple(count * POINTS_PER_DOT for count in counts)


_HEADLINES = _dots(96, 88, 80, 72, 64, 56, 48, 40)
_BODY_80, _LABEL_80, _TITLE_80 = _dots(32, 32, 72)
_BODY_58, _LABEL_58, _TITLE_58 = _dots(30, 30, 56)
(_FOOT,) = _dots(27)

ROLLS = {
    Format.ROLL_80: Roll(72.0, 1.0, _TITLE_80, _HEADLINES, _BODY_80, _LABEL_80, _FOOT, 32.0),
    Format.ROLL_58: Roll(48.0, 0.5, _TITLE_58, _HEADLINES[3:], _BODY_58, _LABEL_58, _FOOT, 28.0),
}
ROLL_WIDTHS_MM = tuple(roll.width_mm for roll in ROLLS.values())
