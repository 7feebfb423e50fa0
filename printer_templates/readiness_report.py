"""How a readiness report (设备检测报告) is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates.blocks import draw_down
from printer_templates.pen import CENTRE, HAIR, QUIET, RIGHT, SEAL_RED, Ink
from printer_templates.report_layout import FIRST_TOP_MM, NEXT_TOP_MM
from printer_templates.report_wording import TITLE, page_of
from printer_templates.residence_layout import LEFT_MM, PAGE_WIDTH_MM, RIGHT_MM, WIDTH_MM

if TYPE_CHECKING:
    from printer_templates.blocks import Block
    from printer_templates.fonts import PaperFonts
    from printer_templates.pen import Pen


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One page of a report, ready to be drawn; the first is number 1."""

    blocks: tuple[Block, ...]
    number: int
    pages: int
    kiosk: str
    fonts: PaperFonts


def draw_report(page: ReportPage, pen: Pen) -> None:
    """Draw one page, in the order in which it is read."""
    bold, regular = page.fonts.bold, page.fonts.regular
    if page.number == 1:
        width = 76.0
        pen.spread((PAGE_WIDTH_MM / 2 - width / 2, 30), TITLE, width, Ink(bold, 28))
        pen.rule((LEFT_MM, 37), WIDTH_MM, 1.6, SEAL_RED)
        draw_down(page.blocks, pen, FIRST_TOP_MM)
    else:
        pen.text((PAGE_WIDTH_MM / 2, 20), f"{TITLE}（续）", Ink(regular, 12, QUIET), CENTRE)
        pen.rule((LEFT_MM, 24), WIDTH_MM, 0.6, SEAL_RED)
        draw_down(page.blocks, pen, NEXT_TOP_MM)
    pen.rule((LEFT_MM, 281), WIDTH_MM, 0.4, HAIR)
    pen.text((LEFT_MM, 286), page.kiosk, Ink(regular, 10, QUIET))
    pen.text((RIGHT_MM, 286), page_of(page.number, page.pages), Ink(regular, 10, QUIET), RIGHT)
