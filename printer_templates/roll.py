"""How slips, receipts and guides stand on a roll: under one another, in black alone, all type large."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from printer_templates import qr
from printer_templates.blocks import Code, DotRule, Framed, Gap, Lines, Thing, length_of
from printer_templates.contract import DoesNotFitError
from printer_templates.fit import POINTS_PER_MM, Place, fit
from printer_templates.formats import DOTS_PER_MM, LONGEST_ROLL_MM, POINTS_PER_DOT
from printer_templates.pen import CENTRE, LEFT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from printer_templates.blocks import Block
    from printer_templates.fonts import PaperFont, PaperFonts
    from printer_templates.formats import Roll
    from printer_templates.leaf_wording import Entry, Leaf, Parts

LEAST_MODULE_DOTS = 4
_ANY_NUMBER = 1000  # of lines: a roll is as long as it needs to be
_THIN_DOTS, _THICK_DOTS = 2, 4
_TOP_MM, _END_MM = 2.0, 4.0  # the cutter stands a little above the last line


@dataclass(frozen=True, slots=True)
class RollPage:
    """What stands on a roll, and how long it is: whole dots."""

    blocks: tuple[Block, ...]
    height_mm: float


def page_of(blocks: tuple[Block, ...]) -> RollPage:
    """The page that holds the blocks. Raises DoesNotFitError where it would be longer than any sheet."""
    height = whole_dots(length_of(blocks))
    if height > LONGEST_ROLL_MM:
        raise DoesNotFitError("all fields together are longer than a sheet of a roll")
    return RollPage(blocks, height)


def lay_out_leaf(leaf: Leaf, roll: Roll, fonts: PaperFonts) -> RollPage:
    """Find a place for every text. Raises DoesNotFitError."""
    return page_of(tuple(_Column(roll, fonts).blocks(leaf)))


def symbol_for(text: str, most_mm: float) -> tuple[qr.Symbol, float]:
    """The QR code of a text, and its side in millimetres: as large as may be, each module whole dots."""
    symbol = qr.encode(text, most_mm)
    module_dots = int(most_mm * DOTS_PER_MM) // symbol.side
    if module_dots < LEAST_MODULE_DOTS:
        raise DoesNotFitError("the text of the QR code is longer than its place")
    return symbol, symbol.side * module_dots / DOTS_PER_MM


def code_blocks(text: str, roll: Roll, above_mm: float) -> tuple[Block, ...]:
    """A QR code in the middle of a roll with its quiet zone, its edges on whole dots of the printer."""
    symbol, side = symbol_for(text, roll.code_mm)
    quiet = whole_dots(qr.QUIET_MODULES * side / symbol.side)
    left = whole_dots((roll.width_mm - side) / 2)
    return Gap(whole_dots(above_mm + quiet) - above_mm), Code(symbol, left, side), Gap(quiet)


def whole_dots(length_mm: float) -> float:
    """The length, made longer to a whole number of dots."""
    return ceil(length_mm * DOTS_PER_MM - 1e-6) / DOTS_PER_MM


@dataclass(frozen=True, slots=True)
class _Column:
    """The one column of a roll."""

    roll: Roll
    fonts: PaperFonts

    def blocks(self, leaf: Leaf) -> Iterator[Block]:
        head = tuple(self._head(leaf))
        yield from head
        if leaf.qr:
            yield from code_blocks(leaf.qr, self.roll, length_of(head))
        yield Gap(1)
        yield from self._body(leaf)

    def _head(self, leaf: Leaf) -> Iterator[Block]:
        bold, roll = self.fonts.bold, self.roll
        yield Gap(_TOP_MM)
        yield self._centred("title", (leaf.title,), bold, (roll.title,))
        yield self._rule(_THICK_DOTS, 3)
        yield self._framed(leaf.notice)
        yield Gap(2)
        yield self._text("headline", (leaf.headline_label,), self.fonts.regular, roll.label)
        yield self._centred("headline", (leaf.headline,), bold, roll.headline)

    def _body(self, leaf: Leaf) -> Iterator[Block]:
        bold, roll = self.fonts.bold, self.roll
        for entry in leaf.entries:
            yield self._rule(_THIN_DOTS, 2)
            yield from self._entry(entry)
        yield self._rule(_THICK_DOTS, 3)
        yield self._text("remark", leaf.remark, self.fonts.regular, roll.foot)
        yield Gap(1.5)
        yield self._text("issuer", leaf.issuer, bold, roll.body)
        for line in (leaf.moment, leaf.kiosk, leaf.last):
            if line:
                yield self._text("foot", (line,), self.fonts.regular, roll.foot)
        yield Gap(_END_MM)

    def _entry(self, entry: Entry) -> Iterator[Block]:
        roll, regular = self.roll, self.fonts.regular
        yield self._text(entry.label, (entry.label,), self.fonts.bold, roll.label)
        if entry.text:
            yield self._text(entry.label, entry.text, regular, roll.body)
        indent = roll.body * 1.1 / POINTS_PER_MM
        for thing in entry.things:
            place = Place(entry.label, roll.text_mm - indent, ((roll.body, _ANY_NUMBER),), regular)
            lines = Lines(fit((thing,), place), regular, roll.margin_mm + indent)
            yield Thing(lines, roll.margin_mm + 0.25)

    def _text(self, name: str, parts: Parts, font: PaperFont, size: float) -> Lines:
        place = Place(name, self.roll.text_mm, ((size, _ANY_NUMBER),), font)
        return Lines(fit(parts, place), font, self.roll.margin_mm, LEFT)

    def _centred(self, name: str, parts: Parts, font: PaperFont, sizes: tuple[float, ...]) -> Lines:
        """In one line as large as may be; in several only where the smallest does not hold it."""
        attempts = (*((size, 1) for size in sizes), (sizes[-1], _ANY_NUMBER))
        place = Place(name, self.roll.text_mm, attempts, font)
        return Lines(fit(parts, place), font, self.roll.width_mm / 2, CENTRE)

    def _framed(self, notice: Parts) -> Framed:
        padding = 1.2
        place = Place("notice", self.roll.text_mm - 4, ((self.roll.body, _ANY_NUMBER),), self.fonts.bold)
        lines = Lines(fit(notice, place), self.fonts.bold, self.roll.width_mm / 2, CENTRE)
        return Framed(lines, self.roll.text_mm, padding, _THIN_DOTS * POINTS_PER_DOT)

    def _rule(self, dots: int, height_mm: float) -> DotRule:
        return DotRule(self.roll.margin_mm, self.roll.text_mm, dots, height_mm)
