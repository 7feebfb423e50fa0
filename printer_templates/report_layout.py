"""Where everything stands on a readiness report, page by page: A4, millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates.blocks import Framed, Gap, Lines, Rule
from printer_templates.contract import DoesNotFitError
from printer_templates.fit import POINTS_PER_MM, Place, Setting, fit
from printer_templates.pen import BLACK, CENTRE, HAIR, QUIET, Ink
from printer_templates.readback import MOST_PAGES
from printer_templates.report_wording import COLUMNS, SIGNATURES
from printer_templates.residence_layout import LEFT_MM, PAGE_WIDTH_MM, WIDTH_MM
from printer_templates.table import OPTICAL_MIDDLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from printer_templates.blocks import Block
    from printer_templates.fonts import PaperFonts
    from printer_templates.pen import Pen
    from printer_templates.report_wording import ReportRow, ReportWording

FIRST_TOP_MM, NEXT_TOP_MM, END_MM = 40.0, 28.0, 274.0
# What, sign, word, code, facts.
_AT_MM = (LEFT_MM + 1, LEFT_MM + 42, LEFT_MM + 48, LEFT_MM + 64, LEFT_MM + 84)
_WIDTHS_MM = (39.0, 6.0, 15.0, 19.0, WIDTH_MM - 85)
_CELL = ((11.0, 1), (10.5, 2), (9.5, 4), (9.0, 12))
_ONE_LINE = ((11.0, 1), (10.0, 1), (9.0, 1), (8.0, 2))
_FACT = ((12.0, 1), (12.0, 2), (10.5, 3))
_PADDING_MM = 1.0


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a section: its cells, and whether it is the head of the columns."""

    cells: tuple[Setting, ...]
    fonts: PaperFonts
    is_head: bool = False

    @property
    def height_mm(self) -> float:
        """As high as its highest cell."""
        return max(len(cell.lines) * cell.line_mm for cell in self.cells) + 2 * _PADDING_MM

    def draw(self, pen: Pen, top_mm: float) -> None:
        """Draw the cells side by side, then the line under them."""
        for x, cell in zip(_AT_MM, self.cells, strict=True):
            self._draw_cell(pen, (x, top_mm + _PADDING_MM), cell)
        bottom = top_mm + self.height_mm
        pen.rule((LEFT_MM, bottom), WIDTH_MM, 0.8 if self.is_head else 0.4, BLACK if self.is_head else HAIR)

    def _draw_cell(self, pen: Pen, at: tuple[float, float], cell: Setting) -> None:
        ink = Ink(self.fonts.regular, cell.size, QUIET if self.is_head else BLACK)
        first = at[1] + cell.line_mm / 2 + cell.size * OPTICAL_MIDDLE / POINTS_PER_MM
        for index, line in enumerate(cell.lines):
            pen.text((at[0], first + index * cell.line_mm), line, ink)


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stand on one page."""

    blocks: tuple[Block, ...]

    @property
    def height_mm(self) -> float:
        """All of them."""
        return sum(block.height_mm for block in self.blocks)

    def draw(self, pen: Pen, top_mm: float) -> None:
        """Draw them under one another."""
        for block in self.blocks:
            block.draw(pen, top_mm)
            top_mm += block.height_mm


def lay_out_report(wording: ReportWording, fonts: PaperFonts) -> tuple[tuple[Block, ...], ...]:
    """The blocks of each page. Raises DoesNotFitError."""
    pages: list[list[Block]] = [[]]
    room = END_MM - FIRST_TOP_MM
    for block in _blocks(wording, fonts):
        if block.height_mm > room:
            pages.append([])
            room = END_MM - NEXT_TOP_MM
        if block.height_mm > room:
            raise DoesNotFitError("one row is longer than a page")
        pages[-1].append(block)
        room -= block.height_mm
    if len(pages) > MOST_PAGES:
        raise DoesNotFitError("the report is longer than any paper")
    return tuple(tuple(page) for page in pages)


def _blocks(wording: ReportWording, fonts: PaperFonts) -> Iterator[Block]:
    yield Gap(4)
    for label, value in wording.facts:
        place = Place(label, WIDTH_MM, _FACT, fonts.regular)
        yield Lines(fit((f"{label}：{value}",), place), fonts.regular, LEFT_MM)
    yield Gap(3)
    yield _conclusion(wording, fonts)
    yield Gap(2)
    for text in (f"{wording.counts}{wording.advice}",):
        place = Place("advice", WIDTH_MM, ((12.0, 2),), fonts.regular)
        yield Lines(fit((text,), place), fonts.regular, LEFT_MM)
    for heading, rows in wording.sections:
        cells = [_cells(row, fonts) for row in rows]
        yield Together((*_head(heading, fonts), *cells[:1]))  # no heading stands alone at the foot of a page
        yield from cells[1:]
    yield Together(tuple(_signatures(fonts)))


def _conclusion(wording: ReportWording, fonts: PaperFonts) -> Block:
    place = Place("conclusion", WIDTH_MM - 8, ((22.0, 1), (18.0, 1), (18.0, 2)), fonts.bold)
    setting = fit((f"{wording.sign} 结论：{wording.conclusion}",), place)
    return Framed(Lines(setting, fonts.bold, PAGE_WIDTH_MM / 2, CENTRE), WIDTH_MM, 2, 1.2)


def _head(heading: str, fonts: PaperFonts) -> Iterator[Block]:
    place = Place("heading", WIDTH_MM, ((14.0, 1), (12.0, 2)), fonts.bold)
    yield Gap(5)
    yield Lines(fit((heading,), place), fonts.bold, LEFT_MM)
    yield Rule(LEFT_MM, WIDTH_MM, 1.0, 1)
    yield Cells(tuple(Setting(10.0, (text,)) for text in COLUMNS), fonts, is_head=True)


def _cells(row: ReportRow, fonts: PaperFonts) -> Cells:
    texts = (row.name, row.sign, row.word, row.code, row.facts)
    attempts = (_CELL, _ONE_LINE, _ONE_LINE, _ONE_LINE, _CELL)
    cells = (
        fit((text,), Place(column, width, tried, fonts.regular))
        for text, column, width, tried in zip(texts, COLUMNS, _WIDTHS_MM, attempts, strict=True)
    )
    return Cells(tuple(cells), fonts)


def _signatures(fonts: PaperFonts) -> Iterator[Block]:
    yield Gap(8)
    for label in SIGNATURES:
        yield Lines(Setting(12.0, (label,)), fonts.regular, LEFT_MM)
        yield Rule(LEFT_MM + 26, 70, 0.6, 0.1)
        yield Gap(5)
