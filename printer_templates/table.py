"""The table of labels and values that every paper has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates.fit import POINTS_PER_MM
from printer_templates.pen import BLACK, HAIR, QUIET, Ink
from printer_templates.residence_layout import LEFT_MM, VALUE_MM, WIDTH_MM

if TYPE_CHECKING:
    from collections.abc import Callable

    from printer_templates.fonts import PaperFont
    from printer_templates.pen import Pen
    from printer_templates.residence_layout import Row

OPTICAL_MIDDLE = 0.36  # of the size: from the baseline up to the middle of a Chinese character
_LABEL_WIDTH_MM = 25.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that have found their place, the room over and under each, and where the first one begins."""

    rows: tuple[Row, ...]
    padding_mm: float
    top_mm: float
    beside_first: Callable[[float], None] = lambda _baseline: None  # what else stands in the first row


def draw_table(table: Table, font: PaperFont, pen: Pen) -> float:
    """Draw the table in the order in which it is read; returns where it ends."""
    y = table.top_mm
    pen.rule((LEFT_MM, y), WIDTH_MM, 1.0, BLACK)
    for index, row in enumerate(table.rows):
        if index:
            pen.rule((LEFT_MM, y), WIDTH_MM, 0.4, HAIR)
        baseline = _draw_row(row, y + table.padding_mm, font, pen)
        if index == 0:
            table.beside_first(baseline)
        y += row.height_mm(table.padding_mm)
    pen.rule((LEFT_MM, y), WIDTH_MM, 1.0, BLACK)
    return y


def _draw_row(row: Row, top: float, font: PaperFont, pen: Pen) -> float:
    """Draw a label and its value; returns the first baseline."""
    value = row.value
    first = top + value.line_mm / 2 + value.size * OPTICAL_MIDDLE / POINTS_PER_MM
    label_at, label = (LEFT_MM + 1, first), Ink(font, 11.5, QUIET)
    if row.label.isascii():
        pen.text(label_at, row.label, label)  # letters of a word stay together
    else:
        pen.spread(label_at, row.label, _LABEL_WIDTH_MM, label)
    for index, line in enumerate(value.lines):
        pen.text((VALUE_MM, first + index * value.line_mm), line, Ink(font, value.size))
    if row.note:
        below = first + (len(value.lines) - 1) * value.line_mm + row.note.line_mm
        pen.text((VALUE_MM, below), row.note.lines[0], Ink(font, row.note.size, QUIET))
    if not any(value.lines):
        pen.rule((VALUE_MM, first + 1), 90, 0.6, QUIET)
    return first
