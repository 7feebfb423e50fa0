"""A dialog lies above the page, in the half that every hand reaches."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.screen.geometry import Rect, columns
from kiosk.screen.layout.blocks import Block, least_height, stack
from kiosk.screen.layout.buttons import act_height, place_button
from kiosk.screen.layout.ruler import Tone, place_words
from kiosk.screen.metrics import MARGIN_MM
from kiosk.screen.page import Align, Panel, Placed
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler

_PADDING_MM = 12.0
_WIDTH_MM = 260.0


def place_dialog(node: Node, ruler: Ruler, page: Rect) -> tuple[Placed, ...]:
    """The dialog's card with its words and buttons, standing on the lower half of the page."""
    width = min(page.w - 2 * ruler.mm(MARGIN_MM), ruler.mm(_WIDTH_MM))
    padding = ruler.mm(_PADDING_MM)
    blocks = _compose(node, ruler, width - 2 * padding)
    gap = ruler.mm(6)
    height = least_height(blocks, gap) + 2 * padding
    lowest = page.bottom - ruler.mm(MARGIN_MM) - height
    # Its middle at two thirds of the page: low enough for a hand in a wheelchair, still in sight.
    y = max(page.y, min(lowest, page.y + page.h * 2 // 3 - height // 2))
    card = Rect(page.x + (page.w - width) // 2, y, width, height)
    border = 2 * ruler.border_px
    frame = Panel(card, Colour.PAGE, Colour.PRIMARY, border, 2 * ruler.radius_px)
    placed = stack(blocks, card.inset(padding, padding), gap, 0.0)
    inside = tuple(replace(item, in_dialog=True) for item in placed)
    return Placed(node.id, node.role, card, (frame,), ruler.say(node.label), in_dialog=True), *inside


def _compose(node: Node, ruler: Ruler, width: int) -> list[Block]:
    blocks = [
        _compose_text(child, ruler, width)
        for child in node.children
        if child.role not in {Role.BUTTON, Role.PRIMARY}
    ]
    buttons = [child for child in node.children if child.role is Role.BUTTON]
    primary = [child for child in node.children if child.role is Role.PRIMARY]
    if buttons or primary:
        blocks.append(_compose_buttons([*buttons, *primary], ruler, width))
    return blocks


def _compose_text(node: Node, ruler: Ruler, width: int) -> Block:
    style = ruler.title if node.role is Role.TITLE else ruler.body
    words = ruler.words(ruler.say(node.label), style, width, Tone(private=node.private))

    def place(area: Rect) -> tuple[Placed, ...]:
        parts = (place_words(words, area.x, area.y, Align.LEFT),)
        return (Placed(node.id, node.role, area, parts, ruler.say(node.label), private=node.private),)

    return Block(node.id, words.rect.h, words.rect.h, place)


def _compose_buttons(buttons: list[Node], ruler: Ruler, width: int) -> Block:
    """In one row; below each other where their words are too long for that."""
    height = act_height(ruler)
    gap = ruler.mm(6)
    room = (width - gap * (len(buttons) - 1)) // len(buttons) - 2 * ruler.mm(4)
    icon = ruler.mm(11)
    needs = (
        ruler.width(ruler.say(node.label), ruler.strong) + (icon if node.icon else 0) for node in buttons
    )
    in_row = all(need <= room for need in needs)
    total = height if in_row else height * len(buttons) + gap * (len(buttons) - 1)

    def place(area: Rect) -> tuple[Placed, ...]:
        if in_row:
            cells = columns(area, len(buttons), gap)
        else:
            cells = tuple(
                Rect(area.x, area.y + index * (height + gap), area.w, height) for index in range(len(buttons))
            )
        return tuple(place_button(node, ruler, cell) for node, cell in zip(buttons, cells, strict=True))

    return Block(buttons[0].id, total, total, place, gap_before_px=ruler.mm(10), touchable=True)
