"""Choices as tiles: the sign above the words, both in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screen.geometry import Rect
from kiosk.screen.layout.cards import BADGE_MIN_MM, card_texts, compose_badge, height_of, look_of, place_card
from kiosk.screen.layout.ruler import place_words
from kiosk.screen.metrics import TARGET_MM
from kiosk.screen.page import Align, Icon, Panel, Part, Placed, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler

TILE_MAX_MM = 80.0

_SIGN_ROOM_MM = 10.0  # that a tile asks for
_SIGN_MIN_MM = 8.0
_SIGN_MAX_MM = 34.0


def least_tile_height(node: Node, ruler: Ruler, width: int) -> int:
    """What the words and a small sign need in this width."""
    around = 2 * ruler.space(5) + ruler.space(2)
    texts = height_of(_texts(node, ruler, width))
    sign = ruler.space(_SIGN_ROOM_MM)
    # What is too little for a sign is not asked for.
    return max(ruler.mm(TARGET_MM), (sign if sign >= ruler.mm(_SIGN_MIN_MM) else 0) + texts + around)


def place_tiles(choices: Sequence[Node], ruler: Ruler, cells: Sequence[Rect]) -> tuple[Placed, ...]:
    """All tiles with signs of one size: the largest for which every tile has room."""
    texts = [_texts(node, ruler, cell.w) for node, cell in zip(choices, cells, strict=False)]
    around = 2 * ruler.space(5) + ruler.space(2)
    room = min(cell.h - around - height_of(words) for cell, words in zip(cells, texts, strict=False))
    sign = min(ruler.mm(_SIGN_MAX_MM), room) if room >= ruler.mm(_SIGN_MIN_MM) else 0
    return tuple(_compose_tile(node, ruler, rect, sign) for node, rect in zip(choices, cells, strict=False))


def _compose_tile(node: Node, ruler: Ruler, rect: Rect, sign: int) -> Placed:
    """A sign of `sign` pixels above the words, without its round ground where it is small."""
    look = look_of(node, ruler)
    parts: list[Part] = [Panel(rect, look.fill, look.border, look.border_px, ruler.radius_px)]
    texts = _texts(node, ruler, rect.w)
    above = sign + ruler.space(2) if sign and node.icon else 0
    y = rect.y + (rect.h - above - height_of(texts)) // 2
    if above:
        box = Rect(rect.x + (rect.w - sign) // 2, y, sign, sign)
        small = sign < ruler.mm(BADGE_MIN_MM)
        parts += (
            [Icon(box, node.icon, look.icon, look.fill)] if small else compose_badge(node.icon, box, look)
        )
    y += above
    for text in texts:
        parts.append(place_words(text, rect.x + ruler.space(5), y, Align.CENTRE))
        y += text.rect.h
    return place_card(node, ruler, rect, parts)


def _texts(node: Node, ruler: Ruler, width: int) -> list[Words]:
    return card_texts(node, ruler, width - 2 * ruler.space(5), ruler.strong)
