"""What every part of the lint speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.screen.page import Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from kiosk.screen.page import Placed

_BODY = frozenset((Role.CHOICE, Role.FIELD, Role.TEXT, Role.NOTICE, Role.PROGRESS))


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule and the node that breaks it."""

    rule: str
    node: str


def body_of(node: Placed) -> Words | None:
    """The words that a node is there for; explanations, headings and the facts of the band are none."""
    if node.role not in _BODY:
        return None
    words = [part for part in node.parts if isinstance(part, Words)]
    read = [part for part in words if part.colour is not Colour.QUIET and part.on is not Colour.BAND]
    return max(read, key=lambda part: part.style.size_px, default=None)
