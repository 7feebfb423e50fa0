"""A page that shows what a printer can do (打印测试页): its edges, lines, all sizes of type, a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from printer_templates import qr
from printer_templates.blocks import DotRule, Gap, Lines, Rule, draw_down, length_of
from printer_templates.fit import POINTS_PER_MM, Place, fit
from printer_templates.formats import A4_MM, POINTS_PER_DOT
from printer_templates.pen import BLACK, CENTRE, LEFT, Ink
from printer_templates.roll import code_blocks, page_of
from printer_templates.wording import day, local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from printer_templates.blocks import Block
    from printer_templates.contract import TrialPage
    from printer_templates.fonts import PaperFonts
    from printer_templates.formats import Roll
    from printer_templates.pen import Pen
    from printer_templates.roll import RollPage

TITLE = "打印测试页"
# Characters above U+FFFF, of names that were not printable for long, and the ones easily mistaken.
RARE = "𬱖龑㛃𠅤·〇䶮𬭎𬶋𰻝己已巳未末"
SENTENCE = "永和九年，岁在癸丑。0123456789 ABCXYZ"
WHAT_TO_LOOK_AT = (
    "请看：外框四边是否完整，",
    "横线是否清楚、没有断开，",
    "每一行字是否清楚，",
    "二维码能否扫出。",
)
_LINES_PT = (0.25, 0.5, 1.0, 2.0)
_LINES_DOTS = (1, 2, 3, 4, 8)
_SIZES_A4 = (7.0, 9.0, 10.5, 12.0, 16.0, 22.0, 30.0)
_LARGE_DOTS = 64  # from here on four characters are wider than a narrow roll
_SIZES_DOTS = (24, 28, 32, 40, 48, 64)
_LARGE = 22.0  # from here on the whole sentence is wider than the page
_GREYS = (0.9, 0.75, 0.6, 0.45, 0.3, 0.15, 0.0)
_MARGIN_A4_MM, _FRAME_A4_MM = 22.0, 5.0  # no page printer prints nearer to the edge than 4.2 mm
_ANY_NUMBER = 1000


@dataclass(frozen=True, slots=True)
class TrialWording:
    """What stands on it that differs from page to page."""

    printer: str
    kiosk: str
    moment: str
    qr: str

    def texts(self) -> tuple[str, ...]:
        """All of it, for the check of glyphs."""
        return (TITLE, RARE, SENTENCE, *WHAT_TO_LOOK_AT, self.printer, self.kiosk, self.moment)


def word_trial(page: TrialPage) -> TrialWording:
    """Put the page into words."""
    made = local(page.made_at)
    moment = f"{day(made)} {made:%H:%M}"
    return TrialWording(
        page.component, f"设备 {page.kiosk}", moment, f"TEST {page.kiosk} {made:%Y-%m-%dT%H:%M}"
    )


def lay_out_trial_roll(wording: TrialWording, roll: Roll, fonts: PaperFonts) -> RollPage:
    """The page on a roll. Raises DoesNotFitError."""
    return page_of((Gap(3), *_roll_blocks(wording, roll, fonts), Gap(3)))


def draw_trial_roll(page: RollPage, roll: Roll, pen: Pen) -> None:
    """Draw it with a frame at the very edge of what the printer can print."""
    half = POINTS_PER_DOT / POINTS_PER_MM  # a line of two dots, wholly on the paper
    pen.box((half, half), (roll.width_mm - 2 * half, page.height_mm - 2 * half), 2 * POINTS_PER_DOT, BLACK)
    draw_down(page.blocks, pen, 0)


def _roll_blocks(wording: TrialWording, roll: Roll, fonts: PaperFonts) -> Iterator[Block]:
    setter = _Setter(roll.margin_mm + 1.5, roll.width_mm, fonts)
    head = (
        setter.line(TITLE, roll.title, is_bold=True),
        setter.line(wording.printer, roll.body),
        setter.line(wording.kiosk, roll.body),
        setter.line(wording.moment, roll.body),
    )
    yield from head
    code = code_blocks(wording.qr, roll, length_of(head) + 3)
    yield from code
    for dots in _LINES_DOTS:
        yield DotRule(setter.left_mm, setter.width_mm, dots, 2.25)
    yield Gap(1.5)
    for dots in _SIZES_DOTS:
        yield setter.line(f"{dots}点 {'永和九年' if dots < _LARGE_DOTS else '永和'}", dots * POINTS_PER_DOT)
    yield setter.line(SENTENCE, roll.body)
    yield setter.line(RARE, roll.body)
    yield Gap(1.5)
    yield setter.parts(WHAT_TO_LOOK_AT, roll.body)


@dataclass(frozen=True, slots=True)
class TrialSheet:
    """The page on A4, ready to be drawn."""

    wording: TrialWording
    blocks: tuple[Block, ...]
    symbol: qr.Symbol
    fonts: PaperFonts


def lay_out_trial_a4(wording: TrialWording, fonts: PaperFonts) -> TrialSheet:
    """The page on A4. Raises DoesNotFitError."""
    symbol = qr.encode(wording.qr, _CODE_A4_MM)
    return TrialSheet(wording, tuple(_a4_blocks(wording, fonts)), symbol, fonts)


_CODE_A4_MM = 40.0
_CODE_AT_MM = (A4_MM[0] - _MARGIN_A4_MM - _CODE_A4_MM, 52.0)
_GREYS_TOP_MM, _GREY_MM = 246.0, 16.0


def draw_trial_a4(sheet: TrialSheet, pen: Pen) -> None:
    """Draw it with a frame near the edge of the paper."""
    inset, (width, height) = _FRAME_A4_MM, A4_MM
    pen.box((inset, inset), (width - 2 * inset, height - 2 * inset), 1.0, BLACK)
    pen.text((width / 2, 36), TITLE, Ink(sheet.fonts.bold, 30), CENTRE)
    pen.symbol(_CODE_AT_MM, _CODE_A4_MM, sheet.symbol)
    draw_down(sheet.blocks, pen, 52)
    side = (width - 2 * _MARGIN_A4_MM) / len(_GREYS)
    for index, grey in enumerate(_GREYS):
        at = (_MARGIN_A4_MM + index * side, _GREYS_TOP_MM)
        pen.fill(at, (side, _GREY_MM), (grey, grey, grey))
    pen.box((_MARGIN_A4_MM, _GREYS_TOP_MM), (side * len(_GREYS), _GREY_MM), 0.5, BLACK)


def _a4_blocks(wording: TrialWording, fonts: PaperFonts) -> Iterator[Block]:
    beside = _Setter(_MARGIN_A4_MM, _CODE_AT_MM[0] - 6 + _MARGIN_A4_MM, fonts)
    setter = _Setter(_MARGIN_A4_MM, A4_MM[0], fonts)
    head = [beside.line(wording.printer, 22, is_bold=True)]
    head += [beside.line(line, 14) for line in (wording.kiosk, wording.moment)]
    head.append(beside.parts(WHAT_TO_LOOK_AT, 12))
    yield from head
    yield Gap(max(56 - length_of(head), 3))
    for width_pt in _LINES_PT:
        yield Rule(_MARGIN_A4_MM, A4_MM[0] - 2 * _MARGIN_A4_MM, width_pt, 4)
    yield Gap(3)
    for size in _SIZES_A4:
        yield setter.line(f"{size:g}磅 {SENTENCE if size < _LARGE else SENTENCE[:10]}", size)
    yield Gap(2)
    yield setter.line(RARE, 22)


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets lines between two equal margins."""

    left_mm: float
    page_mm: float
    fonts: PaperFonts

    @property
    def width_mm(self) -> float:
        return self.page_mm - 2 * self.left_mm

    def line(self, text: str, size: float, *, is_bold: bool = False) -> Lines:
        return self.parts((text,), size, is_bold=is_bold)

    def parts(self, parts: tuple[str, ...], size: float, *, is_bold: bool = False) -> Lines:
        font = self.fonts.bold if is_bold else self.fonts.regular
        setting = fit(parts, Place("trial", self.width_mm, ((size, _ANY_NUMBER),), font))
        return Lines(setting, font, self.left_mm, LEFT)
