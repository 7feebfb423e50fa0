"""What all cards of choices have in common, however they are arranged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.screen.layout.ruler import Tone
from kiosk.screen.page import Icon, Panel, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Node
    from kiosk.screen.geometry import Rect
    from kiosk.screen.layout.ruler import Ruler
    from kiosk.screen.metrics import TextStyle

BADGE_MIN_MM = 13.0

_CHOSEN_BORDER = 3  # times the plain border


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of one card and the mark at its right end."""

    fill: Colour
    border: Colour
    border_px: int
    label: Colour
    icon: Colour
    badge: Colour
    mark: str


def look_of(node: Node, ruler: Ruler) -> Look:
    """How a card looks as it stands: plain, chosen, or not to be had now."""
    if not node.enabled:
        return Look(Colour.PAGE, Colour.BORDER, ruler.border_px, Colour.QUIET, Colour.QUIET, Colour.PAGE, "")
    if node.chosen:
        border = ruler.border_px * _CHOSEN_BORDER
        mark = "" if node.icon == "check" else "check"  # once is enough
        return Look(Colour.TINT, Colour.PRIMARY, border, Colour.INK, Colour.PRIMARY, Colour.CARD, mark)
    mark = "" if node.icon == "dot" else "forward"  # what can be ticked leads nowhere
    return Look(Colour.CARD, Colour.BORDER, ruler.border_px, Colour.INK, Colour.PRIMARY, Colour.TINT, mark)


def card_texts(node: Node, ruler: Ruler, width: int, style: TextStyle) -> list[Words]:
    """Name in this style and explanation, in this width, at the origin."""
    look = look_of(node, ruler)
    label = ruler.words(ruler.say(node.label), style, width, Tone(look.label, look.fill, node.private))
    if node.detail is None:
        return [label]
    tone = Tone(Colour.QUIET, look.fill, node.private)
    # Balanced: a last line of one character looks like a mistake.
    return [label, ruler.words(ruler.say(node.detail), ruler.help, width, tone, balance=True)]


def height_of(texts: Sequence[Words]) -> int:
    """Height of texts below each other."""
    return sum(text.rect.h for text in texts)


def compose_badge(icon: str, rect: Rect, look: Look) -> list[Part]:
    """A round ground with the icon on it."""
    inset = round(rect.w * 0.2)
    return [
        Panel(rect, look.badge, None, 0, rect.w // 2),
        Icon(rect.inset(inset, inset), icon, look.icon, look.badge),
    ]


def place_card(node: Node, ruler: Ruler, rect: Rect, parts: Sequence[Part]) -> Placed:
    """The card with all its parts."""
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
