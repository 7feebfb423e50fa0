"""Line figures in ink and primary on calm fills, drawn from the paths of figures.py."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pygame

from kiosk.screen.figure_parts import LEFT, WIDTH
from kiosk.screen.figures import PICTURES, UNKNOWN
from kiosk.screen.pen import Pen
from kiosk.screen.strokes import parse_path
from kiosk.screen.theme import PALETTES, Colour

if TYPE_CHECKING:
    from kiosk.scene.contract import Theme

_OVERSAMPLING = 2
_BAND_PX = 64  # of the result


@lru_cache(maxsize=2)
def draw_picture(name: str, size: tuple[int, int], theme: Theme) -> pygame.Surface:
    """The figure on the ground of the page; an unknown name gives the plain field."""
    colours = PALETTES[theme]
    large = (size[0] * _OVERSAMPLING, size[1] * _OVERSAMPLING)
    # In one byte per pixel: in four, a figure would take 12 MB while it is drawn.
    surface = pygame.Surface(large, depth=8)
    surface.set_palette([*colours.values()])
    surface.fill(colours[Colour.PAGE])
    pen = Pen(surface, large[0] / WIDTH, LEFT)
    for layer in PICTURES.get(name, UNKNOWN):
        strokes = parse_path(layer.path)
        if layer.fill is not None:
            pen.fill(strokes, colours[layer.fill])
        if layer.line is not None:
            pen.trace(strokes, colours[layer.line], layer.width)
    return _halve(surface, size)


def _halve(surface: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """The surface with smooth edges, brought down in bands."""
    result = pygame.Surface(size)
    for y in range(0, size[1], _BAND_PX):
        height = min(_BAND_PX, size[1] - y)
        band = pygame.Surface((size[0] * _OVERSAMPLING, height * _OVERSAMPLING), depth=32)
        band.blit(surface, (0, -y * _OVERSAMPLING))
        result.blit(pygame.transform.smoothscale(band, (size[0], height)), (0, y))
    return result
