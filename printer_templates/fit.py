from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from printer_templates.contract import DoesNotFitError
from printer_templates.linebreak import break_between, break_lines

if TYPE_CHECKING:
    from printer_templates.fonts import PaperFont

POINTS_PER_MM = 72 / 25.4
LEADING = 1.45  # of the size: Chinese needs more air between lines than Latin


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the paper: its width and what is tried in turn, as (size in points, most lines)."""

    name: str  # for the error: the field, never its text
    width_mm: float
    attempts: tuple[tuple[float, int], ...]
    font: PaperFont


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: size in points, and its lines."""

    size: float
    lines: tuple[str, ...]

    @property
    def line_mm(self) -> float:
        """From one baseline to the next."""
        return self.size * LEADING / POINTS_PER_MM


def fit(parts: tuple[str, ...], place: Place) -> Setting:
    """The first attempt of the place that holds the text; it breaks between its parts where that does.

    Raises DoesNotFitError naming the place.
    """
    width = place.width_mm * POINTS_PER_MM
    for size, most_lines in place.attempts:
        measure = partial(place.font.width, size=size)
        lines = break_between(parts, width, measure) or break_lines("".join(parts), width, measure)
        if len(lines) <= most_lines:
            return Setting(size, lines)
    raise DoesNotFitError(f"{place.name} is longer than its place")
