"""A card of label and value lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.screen.geometry import Rect
from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.ruler import Tone, place_words
from kiosk.screen.page import Panel, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler

_LABEL_SHARE = 0.36  # of the width at most; longer labels put the values below them
_STACKED_BELOW_EM = 9  # a value column narrower than this many characters is no column
_LABEL_LEAST_SHARE = 0.2
_GROWTH = 1.75  # how far the lines move apart where there is room


@dataclass(frozen=True, slots=True)
class _Line:
    """One field, measured: its two texts at the origin and the height they need."""

    node: Node
    label: Words
    value: Words
    height: int
    stacked: bool


def compose_fields(node: Node, ruler: Ruler, width: int) -> Block:
    """The card of one FIELDS node; its own label, if any, is the card's heading."""
    padding = ruler.space(5)
    inner = width - 2 * ruler.space(7)
    lines = _measure_lines(node, ruler, inner)
    heading = _measure_heading(node, ruler, inner)
    head = heading.rect.h + ruler.space(2) if heading else 0
    least = sum(line.height for line in lines) + head + 2 * padding

    def place(area: Rect) -> tuple[Placed, ...]:
        parts: list[Part] = [Panel(area, Colour.CARD, Colour.LINE, ruler.border_px, ruler.radius_px)]
        x, y = area.x + ruler.space(7), float(area.y + padding)
        if heading:
            parts.append(place_words(heading, x, round(y)))
        y += head
        stretch = (area.h - 2 * padding - head) / max(1, least - 2 * padding - head)
        placed = []
        for index, line in enumerate(lines):
            strip = Rect(x, round(y), inner, int(line.height * stretch))
            placed.append(_place_line(line, strip, ruler, first=index == 0 and not heading))
            y += line.height * stretch
        card = Placed(node.id, node.role, area, tuple(parts), ruler.say(node.label))
        return card, *placed

    # Only the lines move apart, so that they keep one pitch in all cards of a page.
    most = least + round(sum(line.height for line in lines) * (_GROWTH - 1))
    return Block(node.id, least, most, place)


def _measure_heading(node: Node, ruler: Ruler, width: int) -> Words | None:
    if node.label is None:
        return None
    return ruler.words(ruler.say(node.label), ruler.strong, width, Tone(Colour.INK, Colour.CARD))


def _measure_lines(node: Node, ruler: Ruler, width: int) -> list[_Line]:
    gap = ruler.space(6)
    needed = max((ruler.width(ruler.say(field.label), ruler.help) for field in node.children), default=0)
    # No narrower than this, so that the values of several cards stand in one column.
    widest = max(needed, round(width * _LABEL_LEAST_SHARE))
    room = width - widest - gap
    stacked = widest > width * _LABEL_SHARE or room < ruler.body.size_px * _STACKED_BELOW_EM
    return [_measure_line(field, ruler, (width, widest, gap), stacked=stacked) for field in node.children]


def _measure_line(field: Node, ruler: Ruler, widths: tuple[int, int, int], *, stacked: bool) -> _Line:
    width, widest, gap = widths
    quiet = Tone(Colour.QUIET, Colour.CARD)
    tone = Tone(Colour.INK, Colour.CARD, field.private)
    label = ruler.words(ruler.say(field.label), ruler.help, width if stacked else widest, quiet)
    room = width if stacked else width - widest - gap
    value = ruler.words(ruler.say(field.detail), ruler.body, room, tone)
    texts = label.rect.h + value.rect.h if stacked else max(label.rect.h, value.rect.h)
    return _Line(field, label, value, texts + ruler.space(3), stacked)


def _place_line(line: _Line, strip: Rect, ruler: Ruler, *, first: bool) -> Placed:
    parts: list[Part] = []
    if not first:
        parts.append(Panel(Rect(strip.x, strip.y, strip.w, max(1, ruler.border_px // 2)), Colour.LINE))
    if line.stacked:
        y = strip.y + (strip.h - line.label.rect.h - line.value.rect.h) // 2
        parts.append(place_words(line.label, strip.x, y))
        parts.append(place_words(line.value, strip.x, y + line.label.rect.h))
    else:
        y = strip.y + (strip.h - line.value.rect.h) // 2
        # Both first lines stand on one baseline.
        drop = (line.value.style.line_px - line.label.style.line_px) * 2 // 3
        parts.append(place_words(line.label, strip.x, y + max(0, drop)))
        parts.append(place_words(line.value, strip.right - line.value.rect.w, y))
    node = line.node
    return Placed(node.id, node.role, strip, tuple(parts), ruler.say(node.label), private=node.private)
