from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screen.catalogue import Catalogues
from kiosk.screen.fonts import FontBook
from kiosk.screen.layout.composition import Typesetter, lay_out
from kiosk.screen.metrics import measure_panel
from kiosk.screen.painter import Painter, changed_areas

if TYPE_CHECKING:
    import pygame

    from kiosk.scene.contract import Scene
    from kiosk.screen.geometry import Rect
    from kiosk.screen.page import Page
    from kiosk.screen.settings import ScreenSettings


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

    def compose(self, scene: Scene) -> Page:
        """The laid-out page of a scene."""
        say = self._catalogues.of(scene.language).say
        return lay_out(scene, Typesetter(self.metrics, say, self._fonts.measure))

    def show(self, page: Page, pressed: str) -> tuple[Rect, ...]:
        """Replace the page and forget the one before; returns the areas that changed."""
        before, was_pressed = self.page, self._pressed
        self.page, self._pressed = page, pressed
        areas = changed_areas(before, page)
        if was_pressed != pressed:
            areas = (*areas, *_rects_of(page, was_pressed, pressed))
        self._painter.keep_only(page)
        self._painter.paint(self._surface, page, areas, pressed)
        return areas

    def press(self, pressed: str) -> tuple[Rect, ...]:
        """Show another node as pressed ("" = none); returns the areas that changed."""
        if self.page is None or pressed == self._pressed:
            return ()
        areas = _rects_of(self.page, self._pressed, pressed)
        self._pressed = pressed
        self._painter.paint(self._surface, self.page, areas, pressed)
        return areas


def _rects_of(page: Page, *ids: str) -> tuple[Rect, ...]:
    return tuple(node.rect for node in page.nodes if node.id in ids)
