"""A number that people copy by hand: larger than anything else on the page, on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.ruler import Tone, place_words
from kiosk.screen.page import Align, Panel, Part, Placed
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from kiosk.scene.contract import Node
    from kiosk.screen.geometry import Rect
    from kiosk.screen.layout.ruler import Ruler
    from kiosk.screen.metrics import TextStyle

_LARGEST_CAP_MM = 17.0
_GROWTH = 1.5  # of the card, where there is room


def compose_number(node: Node, ruler: Ruler, width: int) -> Block:
    """A NUMBER node: what it is, and below it the number in the largest size that stands on one line."""
    inner = width - 2 * ruler.space(7)
    text = ruler.say(node.detail)
    style = _largest(text, ruler, inner)
    lines = ruler.wrap(text, style, inner)
    label = ruler.words(ruler.say(node.label), ruler.help, inner, Tone(Colour.QUIET, Colour.CARD))
    least = label.rect.h + style.line_px * len(lines) + 2 * ruler.space(5)

    def place(area: Rect) -> tuple[Placed, ...]:
        card = Panel(area, Colour.CARD, Colour.PRIMARY, ruler.border_px, ruler.radius_px)
        words = ruler.words(text, style, inner, Tone(Colour.INK, Colour.CARD, node.private))
        y = area.y + (area.h - label.rect.h - words.rect.h) // 2
        x = area.x + ruler.space(7)
        parts: list[Part] = [card, place_words(label, x, y, Align.CENTRE)]
        parts.append(place_words(words, x, y + label.rect.h, Align.CENTRE))
        return (Placed(node.id, node.role, area, tuple(parts), ruler.say(node.label), private=node.private),)

    return Block(node.id, least, round(least * _GROWTH), place)


def _largest(text: str, ruler: Ruler, width: int) -> TextStyle:
    largest = ruler.metrics.style(_LARGEST_CAP_MM, bold=True)
    return ruler.fit(text, largest, (width, largest.line_px))[0]
