"""Between the loop and the desk: pages with keys, strokes of a finger, and what the core is to be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.scene.nodes import entry_of
from kiosk.scene.wire import Typed
from kiosk.screen.entry.contract import PAD
from kiosk.screen.page import Ink
from kiosk.screen.theme import Colour
from kiosk.typing.contract import Point

if TYPE_CHECKING:
    from kiosk.scene.contract import Scene
    from kiosk.screen.entry.desk import EntryDesk
    from kiosk.screen.geometry import Rect
    from kiosk.screen.page import Page, Placed
    from kiosk.screen.stage import Stage

_INK_MM = 2.4
_STEP_PX = 3  # a finger that moves less draws nothing new

Place = tuple[int, int]


class EntryPanel:
    """The entry of the present page, if it has one and there is a desk to answer it."""

    def __init__(self, stage: Stage, desk: EntryDesk | None) -> None:
        self._stage = stage
        self._desk = desk
        self._scene: Scene | None = None
        self._shown: Scene | None = None  # with the keys
        self._told = ""
        self._told_again = ""
        self._stroke: list[Place] = []

    @property
    def scene(self) -> Scene | None:
        """The present scene, with the keys of its entry."""
        return self._shown

    def compose(self, scene: Scene) -> Page:
        """The laid-out page of a scene of the core."""
        is_news, self._scene = scene is not self._scene, scene
        if self._desk is None:
            self._shown = scene
            return self._stage.compose(scene)
        before = self._desk.node
        self._shown = self._desk.show(scene)
        if self._desk.node != before:
            self._told, self._told_again, self._stroke = self._desk.text, "", []
        elif is_news:
            self._compare(scene, self._desk.text)
        return self._with_ink(self._stage.compose(self._shown))

    def again(self) -> Page | None:
        """The same scene after a key or a stroke; None without one."""
        return self.compose(self._scene) if self._scene else None

    def touch(self, node: str) -> bool:
        """Answer a key of the entry; False where the node is none."""
        return self._desk is not None and self._desk.touch(node)

    def typed(self) -> Typed | None:
        """What the core has not been told yet."""
        if self._desk is None or self._scene is None or not self._desk.node or self._desk.text == self._told:
            return None
        self._told = self._desk.text
        return Typed(self._scene.seq, self._desk.node, self._told)

    def _compare(self, scene: Scene, text: str) -> None:
        """The core takes nothing for a page that it has replaced: what it does not hold is told once more."""
        entry = entry_of(scene.nodes)
        held = entry.detail.literal if entry and entry.detail else ""
        if text not in {held, self._told_again}:
            self._told, self._told_again = held, text

    def pen_down(self, place: Place) -> bool:
        """A finger came down; True where that is on the pad."""
        pad = self._pad()
        if pad is None or not pad.holds_point(*place):
            return False
        self._stroke = [place]
        return True

    def pen_move(self, place: Place) -> Page | None:
        """The finger moved: the page with what it draws; None where it draws nothing new."""
        pad = self._pad()
        if not self._stroke or pad is None:
            return None
        x, y = (min(max(at, low), high) for at, low, high in _limits(place, pad))
        last = self._stroke[-1]
        if abs(x - last[0]) + abs(y - last[1]) < _STEP_PX:
            return None
        self._stroke.append((x, y))
        return self._with_ink(self._stage.page) if self._stage.page else None

    def pen_cancel(self) -> Page | None:
        """What is being drawn was not meant: the page without it; None where nothing is."""
        was_drawing, self._stroke = bool(self._stroke), []
        return self._with_ink(self._stage.page) if was_drawing and self._stage.page else None

    def pen_up(self) -> bool:
        """The finger went up; True where a stroke is done."""
        pad, stroke = self._pad(), self._stroke
        self._stroke = []
        if not stroke or pad is None or self._desk is None:
            return False
        self._desk.write(
            tuple(Point((x - pad.x) / pad.w, (y - pad.y) / pad.h) for x, y in stroke), pad.w / pad.h
        )
        return True

    def _pad(self) -> Rect | None:
        page = self._stage.page
        if self._desk is None or page is None or not self._desk.is_written_on or page.has_dialog:
            return None
        return next((node.rect for node in page.nodes if node.id == PAD), None)

    def _with_ink(self, page: Page) -> Page:
        return replace(
            page, nodes=tuple(self._inked(node) if node.id == PAD else node for node in page.nodes)
        )

    def _inked(self, pad: Placed) -> Placed:
        written = self._desk.strokes if self._desk else ()
        done = tuple(tuple(_on_page(point, pad.rect) for point in stroke) for stroke in written)
        strokes = (*done, tuple(self._stroke)) if self._stroke else done
        ink = Ink(pad.rect, strokes, self._stage.metrics.mm(_INK_MM), Colour.INK, Colour.CARD)
        plain = tuple(part for part in pad.parts if not isinstance(part, Ink))
        return replace(pad, parts=(*plain, ink) if strokes else plain)


def _limits(place: Place, pad: Rect) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    return (place[0], pad.x, pad.right - 1), (place[1], pad.y, pad.bottom - 1)


def _on_page(point: Point, pad: Rect) -> Place:
    return pad.x + round(point.x * pad.w), pad.y + round(point.y * pad.h)
