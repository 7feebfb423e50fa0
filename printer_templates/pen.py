from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates.fit import POINTS_PER_MM

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from printer_templates.fonts import PaperFont
    from printer_templates.qr import Symbol

Colour = tuple[float, float, float]

BLACK: Colour = (0, 0, 0)
QUIET: Colour = (0x3F / 255, 0x4D / 255, 0x54 / 255)
HAIR: Colour = (0x9A / 255, 0xA3 / 255, 0xA7 / 255)
SEAL_RED: Colour = (0xB3 / 255, 0x26 / 255, 0x1E / 255)
WHITE: Colour = (1, 1, 1)
SEAL_FAINT: Colour = (0xD9 / 255, 0x8F / 255, 0x8A / 255)

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Ink:
    """How a line of text is set: size in points; a ground clears what lies under the line."""

    font: PaperFont
    size: float
    colour: Colour = BLACK
    ground: Colour | None = None


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on one canvas, in millimetres from the upper left corner of the page."""

    canvas: Canvas
    page_height_mm: float

    def text(self, at: tuple[float, float], line: str, ink: Ink, align: float = LEFT) -> None:
        """One line with its baseline at `at`, which is its left end, middle or right end by `align`."""
        width = ink.font.width(line, ink.size)
        self._show(at, (line, -align * width, 0), ink)

    def spread(self, at: tuple[float, float], line: str, width_mm: float, ink: Ink) -> None:
        """One line spread evenly from `at` over `width_mm`."""
        spare = width_mm * POINTS_PER_MM - ink.font.width(line, ink.size)
        self._show(at, (line, 0, spare / max(len(line) - 1, 1)), ink)

    def rule(self, at: tuple[float, float], length_mm: float, width_pt: float, colour: Colour) -> None:
        """A horizontal line that starts at `at`."""
        self._stroke(width_pt, colour)
        x, y = self._point(at)
        self.canvas.line(x, y, x + length_mm * POINTS_PER_MM, y)

    def box(
        self, at: tuple[float, float], size_mm: tuple[float, float], width_pt: float, colour: Colour
    ) -> None:
        """The outline of a rectangle; `at` is its upper left corner."""
        self._stroke(width_pt, colour)
        x, y = self._point(at)
        width, height = (side * POINTS_PER_MM for side in size_mm)
        self.canvas.rect(x, y - height, width, height, stroke=1, fill=0)

    def fill(self, at: tuple[float, float], size_mm: tuple[float, float], colour: Colour) -> None:
        """A rectangle full of one colour; `at` is its upper left corner."""
        self.canvas.setFillColorRGB(*colour)
        x, y = self._point(at)
        width, height = (side * POINTS_PER_MM for side in size_mm)
        self.canvas.rect(x, y - height, width, height, stroke=0, fill=1)

    def dashed_circle(self, centre: tuple[float, float], diameter_mm: float, colour: Colour) -> None:
        """A thin dashed circle."""
        self._stroke(0.6, colour)
        self.canvas.setDash(3, 3)
        x, y = self._point(centre)
        self.canvas.circle(x, y, diameter_mm / 2 * POINTS_PER_MM)
        self.canvas.setDash()

    def symbol(self, at: tuple[float, float], side_mm: float, symbol: Symbol) -> None:
        """A QR code in pure black; `at` is its upper left corner."""
        module = side_mm * POINTS_PER_MM / symbol.side
        left, top = self._point(at)
        # One path for all: rectangles filled one by one show hairlines between the rows on some screens.
        path = self.canvas.beginPath()
        for run in symbol.runs:
            path.rect(left + run.column * module, top - (run.row + 1) * module, run.length * module, module)
        self.canvas.setFillGray(0)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def _show(self, at: tuple[float, float], run: tuple[str, float, float], ink: Ink) -> None:
        """Draw (text, shift in points, extra space between characters in points)."""
        line, shift, space = run
        x, y = self._point(at)
        if ink.ground:
            self.canvas.setFillColorRGB(*ink.ground)
            width = ink.font.width(line, ink.size)
            self.canvas.rect(x + shift, y - ink.size * 0.3, width, ink.size * 1.3, stroke=0, fill=1)
        if ink.colour == BLACK:
            self.canvas.setFillGray(0)  # prints with black only, not mixed of three colours
        else:
            self.canvas.setFillColorRGB(*ink.colour)
        self.canvas.setFont(ink.font.fontName, ink.size)
        self.canvas.drawString(x + shift, y, line, charSpace=space)

    def _stroke(self, width_pt: float, colour: Colour) -> None:
        self.canvas.setLineWidth(width_pt)
        self.canvas.setStrokeColorRGB(*colour)

    def _point(self, at: tuple[float, float]) -> tuple[float, float]:
        return at[0] * POINTS_PER_MM, (self.page_height_mm - at[1]) * POINTS_PER_MM
