"""A pad of keys in rows of three, with what was typed above them, or beside them where the page is low."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screen.geometry import Rect, columns
from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.buttons import place_button
from kiosk.screen.metrics import TARGET_GAP_MM, TARGET_MM
from kiosk.screen.page import Align, Panel, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler

_PER_ROW = 3
_KEY_MAX_MM = 32.0
_PAD_MAX_MM = 190.0  # wider, the hand has too far to go
_DISPLAY_MAX_MM = 30.0
_BESIDE_GAP_MM = 12.0


def compose_keypad(node: Node, ruler: Ruler, *, beside: bool = False) -> Block:
    """A KEYPAD node. Its keys are as large as there is room for, and never nearer than a finger allows."""
    rows = -(-len(node.children) // _PER_ROW)
    gap = ruler.mm(TARGET_GAP_MM + (0 if beside else 1))
    display = max(ruler.mm(TARGET_MM), ruler.body.line_px + ruler.space(4))
    above = 0 if beside else display + gap
    key = max(ruler.mm(TARGET_MM), ruler.strong.line_px)
    least = above + rows * key + gap * (rows - 1)
    most = least if beside else ruler.mm(_DISPLAY_MAX_MM) + rows * (gap + ruler.mm(_KEY_MAX_MM))

    def place_above(area: Rect) -> tuple[Placed, ...]:
        width = min(area.w, ruler.mm(_PAD_MAX_MM))
        pad = Rect(area.x + (area.w - width) // 2, area.y, width, area.h)
        high = min(ruler.mm(_DISPLAY_MAX_MM), max(display, (pad.h - rows * gap) // (rows + 1)))
        keys = Rect(pad.x, pad.y + high + gap, pad.w, pad.h - high - gap)
        return _place(node, ruler, (pad, Rect(*pad[:3], high), keys), gap)

    def place_beside(area: Rect) -> tuple[Placed, ...]:
        width = min(area.w // 2, ruler.mm(_PAD_MAX_MM))
        keys = Rect(area.right - width, area.y, width, area.h)
        shown = Rect(area.x, area.y, area.w - width - ruler.mm(_BESIDE_GAP_MM), display)
        return _place(node, ruler, (area, shown, keys), gap)

    place = place_beside if beside else place_above
    return Block(node.id, least, max(least, most), place, touchable=True)


def _place(node: Node, ruler: Ruler, places: tuple[Rect, Rect, Rect], gap: int) -> tuple[Placed, ...]:
    """The whole, the display and the keys at these places."""
    whole, display, field = places
    frame = Placed(
        node.id, node.role, whole, tuple(_compose_display(node, ruler, display)), ruler.say(node.label)
    )
    rows = max(1, -(-len(node.children) // _PER_ROW))
    side = (field.h - (rows - 1) * gap) // rows
    keys: list[Placed] = []
    for row in range(rows):
        strip = Rect(field.x, field.y + row * (side + gap), field.w, side)
        members = node.children[row * _PER_ROW : (row + 1) * _PER_ROW]
        cells = columns(strip, _PER_ROW, gap)
        keys += [place_button(key, ruler, cell) for key, cell in zip(members, cells, strict=False)]
    return frame, *keys


def _compose_display(node: Node, ruler: Ruler, box: Rect) -> list[Part]:
    room = Rect(box.x + ruler.mm(4), box.y, box.w - 2 * ruler.mm(4), box.h)
    style, lines = ruler.fit(ruler.say(node.detail), ruler.title, (room.w, room.h))
    height = style.line_px * len(lines)
    words = Rect(room.x, room.y + (room.h - height) // 2, room.w, height)
    return [
        Panel(box, Colour.CARD, Colour.BORDER, ruler.border_px, ruler.radius_px),
        Words(words, lines, style, Colour.INK, Colour.CARD, Align.CENTRE, node.private),
    ]
