"""How a slip with a pick-up number (取件单) is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates import slip_layout as at
from printer_templates.fit import POINTS_PER_MM
from printer_templates.pen import BLACK, CENTRE, HAIR, QUIET, RIGHT, SEAL_RED, Ink
from printer_templates.residence_layout import LEFT_MM, PAGE_WIDTH_MM, RIGHT_MM, WIDTH_MM
from printer_templates.slip_wording import NO_PROOF, NUMBER_LABEL, TITLE
from printer_templates.table import OPTICAL_MIDDLE, Table, draw_table

if TYPE_CHECKING:
    from printer_templates.fonts import PaperFonts
    from printer_templates.pen import Pen
    from printer_templates.qr import Symbol
    from printer_templates.slip_layout import SlipSheet
    from printer_templates.slip_wording import SlipWording

_MIDDLE_MM = PAGE_WIDTH_MM / 2
_BOX_TOP_MM, _BOX_HEIGHT_MM = 62.0, 11.0


@dataclass(frozen=True, slots=True)
class SlipPage:
    """The one page of a slip, ready to be drawn."""

    wording: SlipWording
    sheet: SlipSheet
    symbol: Symbol
    fonts: PaperFonts


def draw_slip(page: SlipPage, pen: Pen) -> None:
    """Draw the page, in the order in which it is read."""
    _draw_head(page, pen)
    _draw_number(page, pen)
    sheet, regular = page.sheet, page.fonts.regular
    table = Table(sheet.rows, sheet.padding_mm, at.TABLE_TOP_MM)
    bottom = draw_table(table, regular, pen)
    for index, line in enumerate(sheet.remark.lines):
        baseline = bottom + at.REMARK_MM + index * sheet.remark.line_mm
        pen.text((LEFT_MM, baseline), line, Ink(regular, sheet.remark.size))
    _draw_issuer(page, pen)
    _draw_foot(page, pen)


def _draw_head(page: SlipPage, pen: Pen) -> None:
    width = 52.0
    pen.spread((_MIDDLE_MM - width / 2, 44), TITLE, width, Ink(page.fonts.bold, 30))
    pen.rule((LEFT_MM, 55.6), WIDTH_MM, 1.6, SEAL_RED)
    pen.rule((LEFT_MM, 56.6), WIDTH_MM, 0.5, SEAL_RED)
    pen.box((LEFT_MM, _BOX_TOP_MM), (WIDTH_MM, _BOX_HEIGHT_MM), 0.8, BLACK)
    baseline = _BOX_TOP_MM + _BOX_HEIGHT_MM / 2 + 16 * OPTICAL_MIDDLE / POINTS_PER_MM
    pen.text((_MIDDLE_MM, baseline), NO_PROOF, Ink(page.fonts.bold, 16), CENTRE)


def _draw_number(page: SlipPage, pen: Pen) -> None:
    x, baseline = at.NUMBER_MM
    number = page.sheet.number
    pen.text((x, baseline - 19), NUMBER_LABEL, Ink(page.fonts.regular, 13, QUIET))
    pen.text((x, baseline), number.lines[0], Ink(page.fonts.bold, number.size))
    pen.symbol((at.QR_LEFT_MM, at.QR_TOP_MM), at.QR_SIDE_MM, page.symbol)


def _draw_issuer(page: SlipPage, pen: Pen) -> None:
    sheet, regular = page.sheet, page.fonts.regular
    for index, line in enumerate(sheet.issuer.lines):
        baseline = at.ISSUER_TOP_MM + index * sheet.issuer.line_mm
        pen.text((RIGHT_MM, baseline), line, Ink(regular, sheet.issuer.size), RIGHT)
    below = at.ISSUER_TOP_MM + len(sheet.issuer.lines) * sheet.issuer.line_mm + 1
    pen.text((RIGHT_MM, below), sheet.requested.lines[0], Ink(regular, sheet.requested.size), RIGHT)


def _draw_foot(page: SlipPage, pen: Pen) -> None:
    pen.rule((LEFT_MM, 281), WIDTH_MM, 0.4, HAIR)
    kiosk = page.sheet.kiosk
    pen.text((LEFT_MM, 286), kiosk.lines[0], Ink(page.fonts.regular, kiosk.size, QUIET))
    if page.wording.again:
        pen.text((RIGHT_MM, 286), page.wording.again, Ink(page.fonts.regular, 10, QUIET), RIGHT)
