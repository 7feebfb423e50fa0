"""How a residence certificate (居住证明) is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from printer_templates import residence_layout as at
from printer_templates.fit import POINTS_PER_MM
from printer_templates.pen import BLACK, CENTRE, HAIR, QUIET, RIGHT, SEAL_FAINT, SEAL_RED, WHITE, Ink
from printer_templates.table import OPTICAL_MIDDLE, Table, draw_table
from printer_templates.wording import INTRODUCTION, SEAL_AREA, TITLE

if TYPE_CHECKING:
    from printer_templates.fonts import PaperFonts
    from printer_templates.pen import Pen
    from printer_templates.qr import Symbol
    from printer_templates.residence_layout import Sheet
    from printer_templates.wording import Wording

_MIDDLE_MM = at.PAGE_WIDTH_MM / 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a certificate, ready to be drawn."""

    wording: Wording
    sheet: Sheet
    symbol: Symbol
    copy: str
    fonts: PaperFonts


def draw(page: Page, pen: Pen) -> None:
    """Draw one page, in the order in which it is read."""
    _draw_notices(page, pen)
    _draw_head(page, pen)
    sex = partial(_draw_sex, page, pen)
    table = Table(page.sheet.rows, page.sheet.padding_mm, at.TABLE_TOP_MM, sex)
    bottom = draw_table(table, page.fonts.regular, pen)
    _draw_scope(page, pen, bottom)
    _draw_issuer(page, pen)
    _draw_verification(page, pen)
    _draw_foot(page, pen)


def _draw_notices(page: Page, pen: Pen) -> None:
    top = at.NOTICE_END_MM - at.NOTICE_HEIGHT_MM * len(page.sheet.notices)
    for notice in page.sheet.notices:
        pen.box((at.LEFT_MM, top), (at.WIDTH_MM, at.NOTICE_HEIGHT_MM), 0.8, BLACK)
        baseline = top + at.NOTICE_HEIGHT_MM / 2 + notice.size * OPTICAL_MIDDLE / POINTS_PER_MM
        pen.text((_MIDDLE_MM, baseline), notice.lines[0], Ink(page.fonts.bold, notice.size), CENTRE)
        top += at.NOTICE_HEIGHT_MM


def _draw_head(page: Page, pen: Pen) -> None:
    width = 66.0
    pen.spread((_MIDDLE_MM - width / 2, 40), TITLE, width, Ink(page.fonts.bold, 30))
    number = page.sheet.number
    pen.text((_MIDDLE_MM, 50.5), number.lines[0], Ink(page.fonts.regular, number.size, QUIET), CENTRE)
    pen.rule((at.LEFT_MM, 55.6), at.WIDTH_MM, 1.6, SEAL_RED)
    pen.rule((at.LEFT_MM, 56.6), at.WIDTH_MM, 0.5, SEAL_RED)
    pen.text((at.LEFT_MM, 67.5), INTRODUCTION, Ink(page.fonts.regular, 12.5))


def _draw_sex(page: Page, pen: Pen, baseline: float) -> None:
    pen.spread((at.SEX_LABEL_MM, baseline), "性别", 10, Ink(page.fonts.regular, 11.5, QUIET))
    pen.text((at.SEX_MM, baseline), page.sheet.sex.lines[0], Ink(page.fonts.regular, page.sheet.sex.size))


def _draw_scope(page: Page, pen: Pen, top: float) -> None:
    scope = page.sheet.scope
    for index, line in enumerate(scope.lines):
        pen.text((at.LEFT_MM, top + 8 + index * scope.line_mm), line, Ink(page.fonts.regular, scope.size))


def _draw_issuer(page: Page, pen: Pen) -> None:
    x, y = at.SEAL_CENTRE_MM
    pen.dashed_circle((x, y), at.SEAL_DIAMETER_MM, SEAL_FAINT)
    issuer, regular = page.sheet.issuer, page.fonts.regular
    for lines_below, line in zip(reversed(range(len(issuer.lines))), issuer.lines, strict=True):
        baseline = y - 1 - lines_below * issuer.line_mm
        pen.text((x, baseline), line, Ink(regular, issuer.size, ground=WHITE), CENTRE)
    pen.text((x, y + 6.5), page.wording.issued, Ink(regular, 12, ground=WHITE), CENTRE)
    pen.text((x, y + 15), SEAL_AREA, Ink(regular, 9, SEAL_FAINT), CENTRE)


def _draw_verification(page: Page, pen: Pen) -> None:
    pen.symbol((at.QR_LEFT_MM, at.QR_TOP_MM), at.QR_SIDE_MM, page.symbol)
    verify, code = page.sheet.verify, page.sheet.check_code
    below = at.QR_TOP_MM + at.QR_SIDE_MM
    pen.text((at.LEFT_MM, below + 8), verify.lines[0], Ink(page.fonts.regular, verify.size))
    pen.text((at.LEFT_MM, below + 14.5), code.lines[0], Ink(page.fonts.regular, code.size))


def _draw_foot(page: Page, pen: Pen) -> None:
    pen.rule((at.LEFT_MM, 281), at.WIDTH_MM, 0.4, HAIR)
    kiosk = page.sheet.kiosk
    pen.text((at.LEFT_MM, 286), kiosk.lines[0], Ink(page.fonts.regular, kiosk.size, QUIET))
    pen.text((at.RIGHT_MM, 286), page.copy, Ink(page.fonts.regular, 10, QUIET), RIGHT)
