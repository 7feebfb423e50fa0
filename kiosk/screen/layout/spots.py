"""Places to touch at the corners and in the middle of all the room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screen.geometry import Rect
from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.buttons import place_button
from kiosk.screen.metrics import TARGET_GAP_MM, TARGET_MM
from kiosk.screen.page import Align, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler

_ROWS = 3
_SPOT_MAX_MM = 30.0
_ALL_MM = 2000.0  # as much room as there is


def compose_spots(node: Node, ruler: Ruler, width: int, *, low: bool = False) -> Block:
    """A SPOTS node: two above, one in the middle, two below; with words of one line where the page is low."""
    gap = ruler.mm(TARGET_GAP_MM + 1)
    high = max(ruler.mm(TARGET_MM), ruler.strong.line_px * (1 if low else 2) + ruler.space(4))
    label_lines = ruler.wrap(ruler.say(node.label), ruler.body, width)
    label_px = ruler.body.line_px * len(label_lines)
    least = label_px + gap + _ROWS * (high + gap)

    def place(area: Rect) -> tuple[Placed, ...]:
        words = Rect(area.x, area.y, area.w, label_px)
        said: tuple[Part, ...] = (
            Words(words, label_lines, ruler.body, Colour.INK, Colour.PAGE, Align.LEFT, node.private),
        )
        frame = Placed(node.id, node.role, area, said, ruler.say(node.label))
        field = Rect(area.x, area.y + label_px + gap, area.w, area.h - label_px - gap)
        cells = _cells(field, min(ruler.mm(_SPOT_MAX_MM), max(high, (field.h - 2 * gap) // _ROWS)), gap)
        placed = [place_button(child, ruler, cell) for child, cell in zip(node.children, cells, strict=False)]
        return frame, *placed

    return Block(node.id, least, max(least, ruler.mm(_ALL_MM)), place, touchable=True)


def _cells(field: Rect, high: int, gap: int) -> tuple[Rect, ...]:
    wide = (field.w - gap) * 2 // 5
    right, below = field.right - wide, field.bottom - high
    centre = field.x + (field.w - wide) // 2
    middle = field.y + (field.h - high) // 2
    return (
        Rect(field.x, field.y, wide, high),
        Rect(right, field.y, wide, high),
        Rect(centre, middle, wide, high),
        Rect(field.x, below, wide, high),
        Rect(right, below, wide, high),
    )
