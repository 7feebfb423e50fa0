"""Choices as cards: icon, name, one line of meaning; in one column, or as tiles in two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.screen.geometry import Rect, columns
from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.ruler import Tone, place_words
from kiosk.screen.metrics import CARD_GAP_MM, TARGET_GAP_MM, TARGET_MM
from kiosk.screen.page import Align, Icon, Panel, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler
    from kiosk.screen.metrics import TextStyle

_FEW = 3  # up to this many choices stand large
_ROW_MAX_MM = 60.0
_FEW_ROW_MAX_MM = 84.0
_TILE_MAX_MM = 80.0
_BADGE_MAX_MM = 30.0
_TILE_SIGN_MM = 10.0  # that a tile asks room for
_SIGN_MIN_MM = 6.0
_BADGE_MIN_MM = 13.0
_DETAIL_LINES = 3
_TILE_BADGE_MAX_MM = 34.0
_CHOSEN_BORDER = 3  # times the plain border


@dataclass(frozen=True, slots=True)
class _Look:
    """Colours of one card and the mark at its right end."""

    fill: Colour
    border: Colour
    border_px: int
    label: Colour
    icon: Colour
    badge: Colour
    mark: str


def wants_two_columns(choices: Sequence[Node], ruler: Ruler, width: int) -> bool:
    """True where there are many choices, all of them short words without explanation."""
    plain = all(choice.detail is None for choice in choices)
    return len(choices) > _FEW and plain and fits_two_columns(choices, ruler, width)


def fits_two_columns(choices: Sequence[Node], ruler: Ruler, width: int) -> bool:
    """True where half the width takes each name in one line and each explanation in a few."""
    room = (width - ruler.mm(CARD_GAP_MM)) // 2 - 2 * ruler.space(5)
    names = all(ruler.width(ruler.say(choice.label), ruler.strong) <= room for choice in choices)
    return names and all(
        len(ruler.wrap(ruler.say(choice.detail), ruler.help, room)) <= _DETAIL_LINES for choice in choices
    )


def compose_choices(choices: Sequence[Node], ruler: Ruler, width: int, *, two_columns: bool) -> Block:
    """All choices of a page as one block."""
    gap = max(ruler.mm(TARGET_GAP_MM), ruler.space(CARD_GAP_MM))
    per_row = 2 if two_columns else 1
    rows = [choices[start : start + per_row] for start in range(0, len(choices), per_row)]
    cell = columns(Rect(0, 0, width, 1), per_row, gap)[0].w
    least = [max(_least_height(node, ruler, cell, tile=two_columns) for node in row) for row in rows]
    largest = ruler.mm(_largest_mm(len(choices), tile=two_columns))
    most = sum(max(height, largest) for height in least)
    gaps = gap * (len(rows) - 1)

    def place(area: Rect) -> tuple[Placed, ...]:
        heights = _level(least, area.h - gaps)
        cells = [cell for strip in _strips(area, heights, gap) for cell in columns(strip, per_row, gap)]
        if two_columns:
            return _place_tiles(choices, ruler, cells)
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


def _place_tiles(choices: Sequence[Node], ruler: Ruler, cells: Sequence[Rect]) -> tuple[Placed, ...]:
    """All tiles with signs of one size: the largest for which every tile has room."""
    texts = [
        _tile_texts(node, ruler, cell.w, _look(node, ruler))
        for node, cell in zip(choices, cells, strict=False)
    ]
    around = 2 * ruler.space(5) + ruler.space(2)
    room = min(cell.h - around - _height_of(words) for cell, words in zip(cells, texts, strict=False))
    sign = min(ruler.mm(_TILE_BADGE_MAX_MM), room) if room >= ruler.mm(_SIGN_MIN_MM) else 0
    return tuple(_compose_tile(node, ruler, rect, sign) for node, rect in zip(choices, cells, strict=False))


def _largest_mm(count: int, *, tile: bool) -> float:
    if tile:
        return _TILE_MAX_MM
    return _FEW_ROW_MAX_MM if count <= _FEW else _ROW_MAX_MM


def _badge_px(ruler: Ruler, height: int) -> int:
    return max(ruler.mm(_BADGE_MIN_MM), min(ruler.mm(_BADGE_MAX_MM), height - 2 * ruler.space(6)))


def _text_width(node: Node, ruler: Ruler, width: int, badge: int) -> int:
    left = 2 * ruler.space(5) + badge + ruler.space(6) if node.icon else 2 * ruler.space(6)
    mark = ruler.mm(8) + ruler.space(4)
    return width - left - mark


def _least_height(node: Node, ruler: Ruler, width: int, *, tile: bool) -> int:
    padding = 2 * ruler.space(5)
    if tile:
        texts = _height_of(_tile_texts(node, ruler, width, _look(node, ruler)))
        return max(ruler.mm(TARGET_MM), ruler.space(_TILE_SIGN_MM) + ruler.space(2) + texts + padding)
    # Measured against the largest badge, so that a card that grows never needs another line.
    room = _text_width(node, ruler, width, ruler.mm(_BADGE_MAX_MM))
    texts = ruler.words(ruler.say(node.label), ruler.strong, room, Tone()).rect.h
    if node.detail is not None:
        texts += ruler.words(ruler.say(node.detail), ruler.help, room, Tone()).rect.h
    return max(ruler.mm(TARGET_MM), texts + padding)


def _look(node: Node, ruler: Ruler) -> _Look:
    if not node.enabled:
        return _Look(Colour.PAGE, Colour.BORDER, ruler.border_px, Colour.QUIET, Colour.QUIET, Colour.PAGE, "")
    if node.chosen:
        border = ruler.border_px * _CHOSEN_BORDER
        return _Look(Colour.TINT, Colour.PRIMARY, border, Colour.INK, Colour.PRIMARY, Colour.CARD, "check")
    return _Look(
        Colour.CARD, Colour.BORDER, ruler.border_px, Colour.INK, Colour.PRIMARY, Colour.TINT, "forward"
    )


def _compose_row(node: Node, ruler: Ruler, rect: Rect, style: TextStyle) -> Placed:
    look = _look(node, ruler)
    parts: list[Part] = [Panel(rect, look.fill, look.border, look.border_px, ruler.radius_px)]
    badge = _badge_px(ruler, rect.h)
    x = rect.x + ruler.space(6)
    if node.icon:
        x = rect.x + ruler.space(5)
        parts += _compose_badge(node.icon, Rect(x, rect.y + (rect.h - badge) // 2, badge, badge), look)
        x += badge + ruler.space(6)
    room = _text_width(node, ruler, rect.w, badge)
    parts += _compose_row_texts(node, ruler, (x, rect, room), look, style)
    if look.mark:
        side = ruler.mm(8)
        mark = Rect(rect.right - ruler.space(5) - side, rect.y + (rect.h - side) // 2, side, side)
        parts.append(Icon(mark, look.mark, Colour.PRIMARY, look.fill))
    return _placed(node, ruler, rect, parts)


def _row_label_style(choices: Sequence[Node], ruler: Ruler, cell: tuple[int, int]) -> TextStyle:
    """Few and tall cards carry their names in the size of a title, if all of them stand on one line there."""
    width, height = cell
    if len(choices) > _FEW:
        return ruler.strong
    for node in choices:
        room = _text_width(node, ruler, width, _badge_px(ruler, height))
        detail = ruler.words(ruler.say(node.detail), ruler.help, room, Tone()).rect.h if node.detail else 0
        fits_across = ruler.width(ruler.say(node.label), ruler.title) <= room
        if not fits_across or ruler.title.line_px + detail + 2 * ruler.space(5) > height:
            return ruler.strong
    return ruler.title


def _compose_row_texts(
    node: Node, ruler: Ruler, room: tuple[int, Rect, int], look: _Look, style: TextStyle
) -> list[Part]:
    x, rect, width = room
    label = ruler.words(ruler.say(node.label), style, width, Tone(look.label, look.fill, node.private))
    texts = [label]
    if node.detail is not None:
        tone = Tone(Colour.QUIET, look.fill, node.private)
        texts.append(ruler.words(ruler.say(node.detail), ruler.help, width, tone))
    y = rect.y + (rect.h - sum(text.rect.h for text in texts)) // 2
    placed: list[Part] = []
    for text in texts:
        placed.append(place_words(text, x, y))
        y += text.rect.h
    return placed


def _compose_badge(icon: str, rect: Rect, look: _Look) -> list[Part]:
    """A round ground with the icon on it."""
    inset = round(rect.w * 0.2)
    return [
        Panel(rect, look.badge, None, 0, rect.w // 2),
        Icon(rect.inset(inset, inset), icon, look.icon, look.badge),
    ]


def _compose_tile(node: Node, ruler: Ruler, rect: Rect, sign: int) -> Placed:
    """A sign of `sign` pixels above the words, without its round ground where it is small."""
    look = _look(node, ruler)
    parts: list[Part] = [Panel(rect, look.fill, look.border, look.border_px, ruler.radius_px)]
    texts = _tile_texts(node, ruler, rect.w, look)
    above = sign + ruler.space(2) if sign and node.icon else 0
    y = rect.y + (rect.h - above - _height_of(texts)) // 2
    if above:
        box = Rect(rect.x + (rect.w - sign) // 2, y, sign, sign)
        small = sign < ruler.mm(_BADGE_MIN_MM)
        parts += (
            [Icon(box, node.icon, look.icon, look.fill)] if small else _compose_badge(node.icon, box, look)
        )
    y += above
    for text in texts:
        parts.append(place_words(text, rect.x + ruler.space(5), y, Align.CENTRE))
        y += text.rect.h
    return _placed(node, ruler, rect, parts)


def _tile_texts(node: Node, ruler: Ruler, width: int, look: _Look) -> list[Words]:
    room = width - 2 * ruler.space(5)
    texts = [
        ruler.words(ruler.say(node.label), ruler.strong, room, Tone(look.label, look.fill, node.private))
    ]
    if node.detail is not None:
        tone = Tone(Colour.QUIET, look.fill, node.private)
        texts.append(ruler.words(ruler.say(node.detail), ruler.help, room, tone))
    return texts


def _height_of(texts: Sequence[Words]) -> int:
    return sum(text.rect.h for text in texts)


def _placed(node: Node, ruler: Ruler, rect: Rect, parts: Sequence[Part]) -> Placed:
    return Placed(
        node.id,
        node.role,
        rect,
        tuple(parts),
        ruler.say(node.label),
        node.action,
        node.enabled,
        node.private,
    )
