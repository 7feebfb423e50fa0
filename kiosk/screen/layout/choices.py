"""Choices as cards: icon, name, one line of meaning; in one column, or as tiles in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screen.geometry import Rect, columns
from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.cards import BADGE_MIN_MM, card_texts, compose_badge, height_of, look_of, place_card
from kiosk.screen.layout.ruler import place_words
from kiosk.screen.layout.tiles import TILE_MAX_MM, least_tile_height, place_tiles
from kiosk.screen.metrics import CARD_GAP_MM, TARGET_GAP_MM, TARGET_MM
from kiosk.screen.page import Icon, Panel, Part, Placed
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler
    from kiosk.screen.metrics import TextStyle

_FEW = 3  # up to this many choices stand large
_MOST_ROWS = 5  # up to this many stand below each other, in the order of their meaning
_ROW_MAX_MM = 60.0
_FEW_ROW_MAX_MM = 84.0
_BADGE_MAX_MM = 30.0
_DETAIL_LINES = 3


def wants_two_columns(choices: Sequence[Node], ruler: Ruler, width: int) -> bool:
    """True where there are many choices, all of them short words without explanation."""
    plain = all(choice.detail is None for choice in choices)
    return len(choices) > _MOST_ROWS and plain and fits_two_columns(choices, ruler, width)


def fits_two_columns(choices: Sequence[Node], ruler: Ruler, width: int) -> bool:
    """True where half the width takes each name in one line and each explanation in a few."""
    room = (width - ruler.mm(CARD_GAP_MM)) // 2 - 2 * ruler.space(5)
    names = all(ruler.width(ruler.say(choice.label), ruler.strong) <= room for choice in choices)
    return names and all(
        len(ruler.wrap(ruler.say(choice.detail), ruler.help, room)) <= _DETAIL_LINES for choice in choices
    )


def compose_choices(choices: Sequence[Node], ruler: Ruler, width: int, per_row: int) -> Block:
    """All choices of a page as one block."""
    gap = max(ruler.mm(TARGET_GAP_MM), ruler.space(CARD_GAP_MM))
    tiles = per_row > 1
    rows = [choices[start : start + per_row] for start in range(0, len(choices), per_row)]
    cell = columns(Rect(0, 0, width, 1), per_row, gap)[0].w
    least = [max(_least_height(node, ruler, cell, tile=tiles) for node in row) for row in rows]
    largest = ruler.mm(_largest_mm(len(choices), tile=tiles))
    most = sum(max(height, largest) for height in least)
    gaps = gap * (len(rows) - 1)

    def place(area: Rect) -> tuple[Placed, ...]:
        heights = _level(least, area.h - gaps)
        cells = [cell for strip in _strips(area, heights, gap) for cell in columns(strip, per_row, gap)]
        if tiles:
            return place_tiles(choices, ruler, cells)
        style = _row_label_style(choices, ruler, (width, min(heights)))
        return tuple(
            _compose_row(node, ruler, rect, style) for node, rect in zip(choices, cells, strict=True)
        )

    return Block(choices[0].id, sum(least) + gaps, most + gaps, place, touchable=True)


def _level(least: Sequence[int], room: int) -> list[int]:
    """Heights of rows that use the room, as equal as their least heights allow."""
    level = room // len(least)
    while sum(max(height, level) for height in least) > room and level > 0:
        level -= 1
    return [max(height, level) for height in least]


def _strips(area: Rect, heights: Sequence[int], gap: int) -> Iterator[Rect]:
    y = area.y
    for height in heights:
        yield Rect(area.x, y, area.w, height)
        y += height + gap


def _largest_mm(count: int, *, tile: bool) -> float:
    if tile:
        return TILE_MAX_MM
    return _FEW_ROW_MAX_MM if count <= _FEW else _ROW_MAX_MM


def _badge_px(ruler: Ruler, height: int) -> int:
    return max(ruler.mm(BADGE_MIN_MM), min(ruler.mm(_BADGE_MAX_MM), height - 2 * ruler.space(6)))


def _text_width(node: Node, ruler: Ruler, width: int, badge: int) -> int:
    left = 2 * ruler.space(5) + badge + ruler.space(6) if node.icon else 2 * ruler.space(6)
    mark = ruler.mm(8) + ruler.space(4)
    return width - left - mark


def _least_height(node: Node, ruler: Ruler, width: int, *, tile: bool) -> int:
    if tile:
        return least_tile_height(node, ruler, width)
    padding = 2 * ruler.space(5)
    # Measured against the largest badge, so that a card that grows never needs another line.
    room = _text_width(node, ruler, width, ruler.mm(_BADGE_MAX_MM))
    return max(ruler.mm(TARGET_MM), height_of(card_texts(node, ruler, room, ruler.strong)) + padding)


def _compose_row(node: Node, ruler: Ruler, rect: Rect, style: TextStyle) -> Placed:
    look = look_of(node, ruler)
    parts: list[Part] = [Panel(rect, look.fill, look.border, look.border_px, ruler.radius_px)]
    badge = _badge_px(ruler, rect.h)
    x = rect.x + ruler.space(6)
    if node.icon:
        x = rect.x + ruler.space(5)
        parts += compose_badge(node.icon, Rect(x, rect.y + (rect.h - badge) // 2, badge, badge), look)
        x += badge + ruler.space(6)
    room = _text_width(node, ruler, rect.w, badge)
    texts = card_texts(node, ruler, room, style)
    y = rect.y + (rect.h - height_of(texts)) // 2
    for text in texts:
        parts.append(place_words(text, x, y))
        y += text.rect.h
    if look.mark:
        side = ruler.mm(8)
        mark = Rect(rect.right - ruler.space(5) - side, rect.y + (rect.h - side) // 2, side, side)
        parts.append(Icon(mark, look.mark, Colour.PRIMARY, look.fill))
    return place_card(node, ruler, rect, parts)


def _row_label_style(choices: Sequence[Node], ruler: Ruler, cell: tuple[int, int]) -> TextStyle:
    """Few and tall cards carry their names in the size of a title, if all of them stand on one line there."""
    width, height = cell
    if len(choices) > _FEW:
        return ruler.strong
    for node in choices:
        room = _text_width(node, ruler, width, _badge_px(ruler, height))
        texts = card_texts(node, ruler, room, ruler.title)
        if len(texts[0].lines) > 1 or height_of(texts) + 2 * ruler.space(5) > height:
            return ruler.strong
    return ruler.title
