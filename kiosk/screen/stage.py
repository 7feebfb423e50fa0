from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.scene.nodes import entry_of
from kiosk.screen.catalogue import Catalogues
from kiosk.screen.fonts import FontBook
from kiosk.screen.layout.composition import Typesetter, lay_out
from kiosk.screen.metrics import RADIUS_MM, measure_panel
from kiosk.screen.painter import Painter, Ring, changed_areas

if TYPE_CHECKING:
    import pygame

    from kiosk.scene.contract import Language, Scene
    from kiosk.screen.geometry import Rect
    from kiosk.screen.page import Page
    from kiosk.screen.settings import ScreenSettings


_RING_MM = 0.9  # each of the two; they stand in the gap between controls
_LEAST_RING_PX = 3


class Stage:
    """Lays scenes out and paints them on one surface; answers which areas of it changed."""

    def __init__(self, surface: pygame.Surface, settings: ScreenSettings) -> None:
        self.metrics = measure_panel(settings)
        self.page: Page | None = None
        self._surface = surface
        self._fonts = FontBook(settings.font_dir)
        self._painter = Painter(self._fonts)
        self._catalogues = Catalogues()
        self._pressed = ""
        self._focused = ""
        self._kept: tuple[tuple[str, Language], Typesetter] | None = None

    def compose(self, scene: Scene) -> Page:
        """The laid-out page of a scene."""
        return lay_out(scene, self._typesetter(scene))

    def show(self, page: Page, pressed: str, focused: str = "") -> tuple[Rect, ...]:
        """Replace the page and forget the one before; returns the areas that changed."""
        before, was_pressed, was_ring = self.page, self._pressed, self._ring()
        self.page, self._pressed, self._focused = page, pressed, focused
        areas = changed_areas(before, page)
        if was_pressed != pressed:
            areas = (*areas, *_rects_of(page, was_pressed, pressed))
        areas = (*areas, *_moved(was_ring, self._ring()))
        self._painter.keep_only(page)
        self._painter.paint(self._surface, page, areas, pressed, self._ring())
        return areas

    def focus(self, focused: str) -> tuple[Rect, ...]:
        """Put the ring around another control ("" = none); returns the areas that changed."""
        if self.page is None or focused == self._focused:
            return ()
        before = self._ring()
        self._focused = focused
        areas = _moved(before, self._ring())
        self._painter.paint(self._surface, self.page, areas, self._pressed, self._ring())
        return areas

    def press(self, pressed: str) -> tuple[Rect, ...]:
        """Show another node as pressed ("" = none); returns the areas that changed."""
        if self.page is None or pressed == self._pressed:
            return ()
        areas = _rects_of(self.page, self._pressed, pressed)
        self._pressed = pressed
        self._painter.paint(self._surface, self.page, areas, pressed, self._ring())
        return areas

    def _typesetter(self, scene: Scene) -> Typesetter:
        """A page with keys is set anew at each of them: what was measured for it is kept until it goes."""
        page = (scene.name, scene.language)
        if self._kept is not None and self._kept[0] == page:
            return self._kept[1]
        say = self._catalogues.of(scene.language).say
        self._kept = None
        entry = entry_of(scene.nodes)
        if entry is None or not entry.children:
            return Typesetter(self.metrics, say, self._fonts.measure)
        measure = lru_cache(maxsize=None)(self._fonts.measure)
        typesetter = Typesetter(self.metrics, say, measure, remembers=True)
        self._kept = (page, typesetter)
        return typesetter

    def _ring(self) -> Ring | None:
        if self.page is None or not self._focused:
            return None
        width, radius = self.metrics.mm(_RING_MM), self.metrics.mm(RADIUS_MM)
        rects = _rects_of(self.page, self._focused)
        return Ring(rects[0], max(_LEAST_RING_PX, width), radius) if rects else None


def _moved(before: Ring | None, after: Ring | None) -> tuple[Rect, ...]:
    return () if before == after else tuple(ring.outside for ring in (before, after) if ring is not None)


def _rects_of(page: Page, *ids: str) -> tuple[Rect, ...]:
    return tuple(node.rect for node in page.nodes if node.id in ids)
