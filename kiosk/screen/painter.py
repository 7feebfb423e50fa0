from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, assert_never

import pygame

from kiosk.scene.rasters import raster_size
from kiosk.screen.icons import draw_icon
from kiosk.screen.page import Align, Icon, Ink, Panel, Picture, Raster, Words
from kiosk.screen.pictures import draw_picture
from kiosk.screen.theme import PALETTES, Colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Theme
    from kiosk.screen.fonts import FontBook
    from kiosk.screen.geometry import Rect
    from kiosk.screen.page import Page, Part, Placed
    from kiosk.screen.theme import Palette

_SCRIM_ALPHA = 150
_VEIL_PX = 64
_LARGEST_RASTER_PX = 4000
_SOME_NAME = "raster"  # what it is, is told by its head
# How the colours of a control change while a finger rests on it.
_PRESSED = {
    Colour.CARD: Colour.TINT,
    Colour.PAGE: Colour.TINT,
    Colour.PRIMARY: Colour.PRIMARY_PRESSED,
    Colour.BORDER: Colour.PRIMARY,
}


class Ring(NamedTuple):
    """Where the focus stands: two rings around a control, `width_px` each."""

    around: Rect
    width_px: int
    radius_px: int

    @property
    def outside(self) -> Rect:
        """All that it covers."""
        return self.around.inset(-2 * self.width_px, -2 * self.width_px)


class Painter:
    """Paints pages on a surface. Keeps rasters only of the page that it painted last."""

    def __init__(self, fonts: FontBook) -> None:
        self._fonts = fonts
        self._rasters: dict[tuple[bytes, tuple[int, int]], pygame.Surface] = {}

    def keep_only(self, page: Page) -> None:
        """Let go of every raster that the page does not show."""
        shown = {part.png for node in page.nodes for part in node.parts if isinstance(part, Raster)}
        for key in [key for key in self._rasters if key[0] not in shown]:
            del self._rasters[key]

    def paint(
        self,
        surface: pygame.Surface,
        page: Page,
        areas: Sequence[Rect],
        pressed: str = "",
        ring: Ring | None = None,
    ) -> None:
        """Paint those areas of the page; the node `pressed` as under a finger, the ring above all."""
        for area in areas:
            surface.set_clip(pygame.Rect(area))
            self._paint_area(surface, page, area, pressed)
            if ring is not None and ring.outside.overlaps(area):
                _paint_ring(surface, ring, PALETTES[page.theme])
        surface.set_clip(None)

    def _paint_area(self, surface: pygame.Surface, page: Page, area: Rect, pressed: str) -> None:
        palette = PALETTES[page.theme]
        surface.fill(palette[Colour.PAGE])
        for node in page.nodes:
            if not node.in_dialog and node.rect.overlaps(area):
                self._paint_node(surface, node, page.theme, is_pressed=node.id == pressed)
        if page.has_dialog:
            _paint_scrim(surface, area, palette)
        for node in page.nodes:
            if node.in_dialog and node.rect.overlaps(area):
                self._paint_node(surface, node, page.theme, is_pressed=node.id == pressed)

    def _paint_node(self, surface: pygame.Surface, node: Placed, theme: Theme, *, is_pressed: bool) -> None:
        palette = PALETTES[theme]
        if is_pressed:
            palette = palette | {
                plain: palette[pressed] for plain, pressed in _PRESSED.items() if plain in _grounds(node)
            }
        for part in node.parts:
            self._paint_part(surface, part, palette, theme)

    def _paint_part(self, surface: pygame.Surface, part: Part, palette: Palette, theme: Theme) -> None:
        match part:
            case Panel():
                _paint_panel(surface, part, palette)
            case Words():
                self._paint_words(surface, part, palette)
            case Icon(rect, name, colour):
                surface.blit(draw_icon(name, rect.w, palette[colour]), (rect.x, rect.y))
            case Picture(rect, name):
                surface.blit(draw_picture(name, (rect.w, rect.h), theme), (rect.x, rect.y))
            case Raster(rect, png):
                self._paint_raster(surface, rect, png)
            case Ink(_, strokes, width, colour):
                for stroke in strokes:
                    _paint_stroke(surface, stroke, width, palette[colour])
            case _:
                assert_never(part)

    def _paint_words(self, surface: pygame.Surface, words: Words, palette: Palette) -> None:
        colour = palette[words.colour]
        pitch = words.rect.h // max(1, len(words.lines))
        for index, line in enumerate(words.lines):
            if not line:
                continue
            drawn = self._fonts.draw(line, words.style, colour, private=words.private)
            x = words.rect.x
            if words.align is Align.CENTRE:
                x += (words.rect.w - drawn.get_width()) // 2
            elif words.align is Align.RIGHT:
                x += words.rect.w - drawn.get_width()
            surface.blit(drawn, (x, words.rect.y + index * pitch + (pitch - drawn.get_height()) // 2))

    def _paint_raster(self, surface: pygame.Surface, rect: Rect, png: bytes) -> None:
        key = (png, (rect.w, rect.h))
        if key not in self._rasters:
            if max(raster_size(png) or (0, 0)) > _LARGEST_RASTER_PX:
                return  # unpacked, it would fill the memory
            try:
                image = pygame.image.load(BytesIO(png), _SOME_NAME).convert(surface)
            except pygame.error:
                return  # the plain sheet stays white; the core made sure of the paper itself
            self._rasters[key] = pygame.transform.smoothscale(image, (rect.w, rect.h))
        surface.blit(self._rasters[key], (rect.x, rect.y))


def changed_areas(old: Page | None, new: Page) -> tuple[Rect, ...]:
    """Where the new page differs from the old; the whole page where both have little in common."""
    whole = (new.size,)
    if old is None or old.theme != new.theme or old.has_dialog != new.has_dialog or old.size != new.size:
        return whole
    before, after = set(old.nodes), set(new.nodes)
    areas = tuple({node.rect for node in before ^ after})
    covered = sum(area.w * area.h for area in areas)
    return areas if covered * 2 < new.size.w * new.size.h else whole


def _grounds(node: Placed) -> frozenset[Colour]:
    """The colours that may change under a finger: those that nothing is written in."""
    written = {part.colour for part in node.parts if isinstance(part, Words | Icon)}
    return frozenset(_PRESSED) - written


def _paint_scrim(surface: pygame.Surface, area: Rect, palette: Palette) -> None:
    """In strips: a veil as large as the page would take 8 MB."""
    veil = pygame.Surface((area.w, min(area.h, _VEIL_PX)), pygame.SRCALPHA)
    veil.fill((*palette[Colour.SCRIM], _SCRIM_ALPHA))
    for y in range(area.y, area.bottom, _VEIL_PX):
        surface.blit(veil, (area.x, y), (0, 0, area.w, area.bottom - y))


def _paint_panel(surface: pygame.Surface, panel: Panel, palette: Palette) -> None:
    if panel.border is not None:
        _fill_round(surface, panel.rect, panel.radius_px, palette[panel.border])
        inside = panel.rect.inset(panel.border_px, panel.border_px)
        ground = palette[panel.fill] if panel.fill is not None else palette[Colour.PAGE]
        _fill_round(surface, inside, max(0, panel.radius_px - panel.border_px), ground)
    elif panel.fill is not None:
        _fill_round(surface, panel.rect, panel.radius_px, palette[panel.fill])


def _paint_stroke(
    surface: pygame.Surface, stroke: tuple[tuple[int, int], ...], width: int, colour: tuple[int, int, int]
) -> None:
    """A line with round ends and corners."""
    for place in stroke:
        pygame.draw.circle(surface, colour, place, width // 2)
    for start, end in pairwise(stroke):
        pygame.draw.line(surface, colour, start, end, width)


def _fill_round(surface: pygame.Surface, rect: Rect, radius: int, colour: tuple[int, int, int]) -> None:
    """A filled rectangle whose corners are smooth."""
    radius = min(radius, rect.w // 2, rect.h // 2)
    if radius <= 0:
        surface.fill(colour, pygame.Rect(rect))
        return
    surface.fill(colour, pygame.Rect(rect.x + radius, rect.y, rect.w - 2 * radius, rect.h))
    surface.fill(colour, pygame.Rect(rect.x, rect.y + radius, rect.w, rect.h - 2 * radius))
    for x in (rect.x + radius, rect.right - radius - 1):
        for y in (rect.y + radius, rect.bottom - radius - 1):
            pygame.draw.aacircle(surface, colour, (x, y), radius)


def _paint_ring(surface: pygame.Surface, ring: Ring, palette: Palette) -> None:
    for at, colour in ((2, Colour.FOCUS), (1, Colour.FOCUS_INSIDE)):
        rect = ring.around.inset(-at * ring.width_px, -at * ring.width_px)
        radius = ring.radius_px + at * ring.width_px
        pygame.draw.rect(surface, palette[colour], pygame.Rect(rect), ring.width_px, border_radius=radius)
