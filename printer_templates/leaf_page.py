"""How receipts and guides stand on A4: where everything is, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates.contract import DoesNotFitError
from printer_templates.fit import POINTS_PER_MM, Place, Setting, fit
from printer_templates.pen import BLACK, CENTRE, HAIR, QUIET, RIGHT, SEAL_RED, Ink
from printer_templates.residence_layout import LEFT_MM, PAGE_WIDTH_MM, RIGHT_MM, VALUE_MM, WIDTH_MM, Row
from printer_templates.table import OPTICAL_MIDDLE, Table, draw_table

if TYPE_CHECKING:
    from printer_templates.fonts import PaperFonts
    from printer_templates.leaf_wording import Entry, Leaf
    from printer_templates.pen import Pen

TABLE_TOP_MM, TABLE_END_MM = 110.0, 232.0
REMARK_MM = 9.0  # below the table
ISSUER_TOP_MM = 257.0

_MIDDLE_MM = PAGE_WIDTH_MM / 2
_BOX_TOP_MM, _BOX_HEIGHT_MM = 62.0, 11.0
_HEADLINE_MM = 100.0  # baseline of its last line
_LEAST_PADDING_MM, _MOST_PADDING_MM = 1.2, 4.0
_HEADLINE = ((32.0, 1), (28.0, 1), (24.0, 1), (20.0, 1), (16.0, 1), (16.0, 2))
_BODY = ((16.0, 1), (16.0, 2), (14.0, 3), (12.0, 5), (10.5, 8))
_LIST = ((16.0, 7), (14.0, 8), (12.0, 10), (10.5, 14))  # all things together
_ISSUER = ((13.0, 1), (12.0, 1), (11.0, 1), (11.0, 2), (9.5, 2))
_REMARK = ((12.0, 2),)
_SMALL = ((12.0, 1), (10.0, 1), (9.0, 1), (8.0, 1))
_BOX, _INDENT = "□ ", "　 "


@dataclass(frozen=True, slots=True)
class LeafPage:
    """A receipt or guide whose every text has found its place."""

    leaf: Leaf
    headline: Setting
    rows: tuple[Row, ...]
    padding_mm: float
    remark: Setting
    issuer: Setting
    moment: Setting
    kiosk: Setting
    fonts: PaperFonts


def lay_out_leaf_page(leaf: Leaf, fonts: PaperFonts) -> LeafPage:
    """Find a place for every text. Raises DoesNotFitError."""
    regular = fonts.regular
    rows = tuple(_row(entry, fonts) for entry in leaf.entries)
    return LeafPage(
        leaf=leaf,
        headline=fit((leaf.headline,), Place("headline", WIDTH_MM, _HEADLINE, fonts.bold)),
        rows=rows,
        padding_mm=_padding(rows),
        remark=fit(leaf.remark, Place("remark", WIDTH_MM, _REMARK, regular)),
        issuer=fit(leaf.issuer, Place("issuer", 100, _ISSUER, regular)),
        moment=fit((leaf.moment,), Place("time", 100, _SMALL, regular)),
        kiosk=fit((leaf.kiosk,), Place("kiosk", 90, _SMALL[1:], regular)),
        fonts=fonts,
    )


def draw_leaf_page(page: LeafPage, pen: Pen) -> None:
    """Draw the page, in the order in which it is read."""
    bold, regular, leaf = page.fonts.bold, page.fonts.regular, page.leaf
    width = 12.0 * len(leaf.title)
    pen.spread((_MIDDLE_MM - width / 2, 44), leaf.title, width, Ink(bold, 30))
    pen.rule((LEFT_MM, 55.6), WIDTH_MM, 1.6, SEAL_RED)
    pen.rule((LEFT_MM, 56.6), WIDTH_MM, 0.5, SEAL_RED)
    pen.box((LEFT_MM, _BOX_TOP_MM), (WIDTH_MM, _BOX_HEIGHT_MM), 0.8, BLACK)
    baseline = _BOX_TOP_MM + _BOX_HEIGHT_MM / 2 + 16 * OPTICAL_MIDDLE / POINTS_PER_MM
    pen.text((_MIDDLE_MM, baseline), "".join(leaf.notice), Ink(bold, 16), CENTRE)
    pen.text((LEFT_MM, 84), leaf.headline_label, Ink(regular, 13, QUIET))
    first = _HEADLINE_MM - (len(page.headline.lines) - 1) * page.headline.line_mm
    _draw_lines(pen, (LEFT_MM, first), page.headline, Ink(bold, page.headline.size))
    bottom = draw_table(Table(page.rows, page.padding_mm, TABLE_TOP_MM), regular, pen)
    _draw_lines(pen, (LEFT_MM, bottom + REMARK_MM), page.remark, Ink(regular, page.remark.size))
    _draw_foot(page, pen)


def _draw_foot(page: LeafPage, pen: Pen) -> None:
    regular, issuer = page.fonts.regular, page.issuer
    for index, line in enumerate(issuer.lines):
        baseline = ISSUER_TOP_MM + index * issuer.line_mm
        pen.text((RIGHT_MM, baseline), line, Ink(regular, issuer.size), RIGHT)
    below = ISSUER_TOP_MM + len(issuer.lines) * issuer.line_mm + 1
    pen.text((RIGHT_MM, below), page.moment.lines[0], Ink(regular, page.moment.size), RIGHT)
    pen.rule((LEFT_MM, 281), WIDTH_MM, 0.4, HAIR)
    pen.text((LEFT_MM, 286), page.kiosk.lines[0], Ink(regular, page.kiosk.size, QUIET))


def _draw_lines(pen: Pen, at: tuple[float, float], setting: Setting, ink: Ink) -> None:
    for index, line in enumerate(setting.lines):
        pen.text((at[0], at[1] + index * setting.line_mm), line, ink)


def _row(entry: Entry, fonts: PaperFonts) -> Row:
    place = Place(entry.label, RIGHT_MM - VALUE_MM, _BODY, fonts.regular)
    return Row(entry.label, _list(entry, fonts) if entry.things else fit(entry.text, place))


def _list(entry: Entry, fonts: PaperFonts) -> Setting:
    """Things under one another, each with a box to be ticked."""
    indent = fonts.regular.width(_INDENT, 1 / POINTS_PER_MM)
    for size, most_lines in _LIST:
        place = Place(entry.label, RIGHT_MM - VALUE_MM - indent * size, ((size, most_lines),), fonts.regular)
        settings = [fit((thing,), place) for thing in entry.things]
        lines = tuple(
            (_INDENT if index else _BOX) + line for each in settings for index, line in enumerate(each.lines)
        )
        if len(lines) <= most_lines:
            return Setting(size, lines)
    raise DoesNotFitError(f"{entry.label} is longer than its place")


def _padding(rows: tuple[Row, ...]) -> float:
    spare = TABLE_END_MM - TABLE_TOP_MM - sum(row.height_mm(0) for row in rows)
    padding = spare / (2 * len(rows))
    if padding < _LEAST_PADDING_MM:
        raise DoesNotFitError("all fields together are longer than the page")
    return min(padding, _MOST_PADDING_MM)
