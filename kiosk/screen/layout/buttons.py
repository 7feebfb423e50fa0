"""Buttons and the primary act."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.screen.geometry import Rect
from kiosk.screen.metrics import PRIMARY_MM
from kiosk.screen.page import Align, Icon, Panel, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler

_LEADS_ON = "forward"  # this sign stands behind the words


def act_height(ruler: Ruler) -> int:
    """Of the row with 返回 and the primary act."""
    return max(ruler.mm(PRIMARY_MM + 3), ruler.strong.line_px + ruler.mm(8))


def place_button(node: Node, ruler: Ruler, rect: Rect, *, in_dialog: bool = False) -> Placed:
    """A button or the primary act: icon and words in the middle."""
    fill, border, colour = _button_colours(node)
    parts: list[Part] = [Panel(rect, fill, border, ruler.border_px, ruler.radius_px)]
    text = ruler.say(node.label)
    side = min(ruler.icon_px(ruler.strong), rect.h // 2) if node.icon else 0
    gap = ruler.mm(3) if side else 0
    width, height = rect.w - 2 * ruler.mm(4), rect.h - ruler.mm(2)
    if side and not ruler.fits_whole(text, ruler.strong, (width - side - gap, height)):
        side = gap = 0  # words say more than a sign
    style, lines = ruler.fit(text, ruler.strong, (width - side - gap, height))
    width = max(ruler.width(line, style) for line in lines)
    height = style.line_px * len(lines)
    x = rect.x + (rect.w - width - side - gap) // 2
    leads_on = node.icon == _LEADS_ON
    if side:
        left = x + width + gap if leads_on else x
        parts.append(Icon(Rect(left, rect.y + (rect.h - side) // 2, side, side), node.icon, colour, fill))
    text_x = x if leads_on else x + side + gap
    words = Rect(text_x, rect.y + (rect.h - height) // 2, width, height)
    parts.append(Words(words, lines, style, colour, fill, Align.CENTRE, node.private))
    return as_control(node, rect, parts, text, in_dialog=in_dialog)


def _button_colours(node: Node) -> tuple[Colour, Colour | None, Colour]:
    if not node.enabled:
        return Colour.PAGE, Colour.BORDER, Colour.QUIET
    if node.role is Role.PRIMARY:
        return Colour.PRIMARY, None, Colour.ON_PRIMARY
    return Colour.CARD, Colour.PRIMARY, Colour.PRIMARY


def as_control(node: Node, rect: Rect, parts: list[Part], text: str, *, in_dialog: bool = False) -> Placed:
    """The node as something to touch."""
    return replace(
        Placed(node.id, node.role, rect, tuple(parts), text, node.action, node.enabled, node.private),
        in_dialog=in_dialog,
    )
