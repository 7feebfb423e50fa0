"""A laid-out page: every node with its place in pixels and the parts that it is painted from.

Nothing here knows pygame; the painter, the hit test, the recorder and the lint read the same page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.scene.contract import TextSize
from kiosk.screen.geometry import Rect

if TYPE_CHECKING:
    from kiosk.scene.contract import Role, Theme
    from kiosk.screen.metrics import TextStyle
    from kiosk.screen.theme import Colour


class Align(StrEnum):
    """Where lines stand in the width of their rectangle."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled and bordered rectangle with round corners."""

    rect: Rect
    fill: Colour | None = None
    border: Colour | None = None
    border_px: int = 0
    radius_px: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text, already broken, on a ground of colour `on`."""

    rect: Rect
    lines: tuple[str, ...] = field(repr=False)
    style: TextStyle
    colour: Colour
    on: Colour
    align: Align = Align.LEFT
    private: bool = False


@dataclass(frozen=True, slots=True)
class Icon:
    """A line icon by name, square."""

    rect: Rect
    name: str
    colour: Colour
    on: Colour


@dataclass(frozen=True, slots=True)
class Picture:
    """A line figure by name."""

    rect: Rect
    name: str


@dataclass(frozen=True, slots=True)
class Raster:
    """A PNG scaled into the rectangle."""

    rect: Rect
    png: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ink:
    """Strokes of a finger, as points of the page, on a ground of colour `on`."""

    rect: Rect
    strokes: tuple[tuple[tuple[int, int], ...], ...] = field(repr=False)
    width_px: int
    colour: Colour
    on: Colour


Part = Panel | Words | Icon | Picture | Raster | Ink


@dataclass(frozen=True, slots=True)
class Placed:
    """One node at its place. `label` is what it says in words, `parts` what it is painted from, in order."""

    id: str
    role: Role
    rect: Rect
    parts: tuple[Part, ...]
    label: str = field(default="", repr=False)
    action: str = ""
    enabled: bool = True
    private: bool = False
    in_dialog: bool = False

    @property
    def is_touchable(self) -> bool:
        """True where touching does something."""
        return bool(self.action) and self.enabled


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page. `overfull` names the nodes for which there was no room at any size."""

    name: str
    seq: int
    theme: Theme
    size: Rect
    nodes: tuple[Placed, ...]
    overfull: tuple[str, ...] = ()
    text_size: TextSize = TextSize.NORMAL
    low_reach: bool = False
    anywhere: str = ""  # what a touch beside all targets means

    @property
    def has_dialog(self) -> bool:
        """True while a dialog lies above all else."""
        return any(node.in_dialog for node in self.nodes)

    @property
    def targets(self) -> tuple[Placed, ...]:
        """What can be touched now: with a dialog, nothing below it."""
        dialog = self.has_dialog
        return tuple(node for node in self.nodes if node.is_touchable and node.in_dialog == dialog)


def move_part(part: Part, dx: int, dy: int) -> Part:
    """The same part, moved."""
    rect = part.rect
    return replace(part, rect=Rect(rect.x + dx, rect.y + dy, rect.w, rect.h))
