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


@lru_cache(maxsize=2)
def draw_picture(name: str, size: tuple[int, int], theme: Theme) -> pygame.Surface:
    """The figure on the ground of the page; an unknown name gives the plain field."""
    palette = PALETTES[theme]
    large = (size[0] * _OVERSAMPLING, size[1] * _OVERSAMPLING)
    surface = pygame.Surface(large)
    surface.fill(palette[Colour.PAGE])
    pen = Pen(surface, large[0] / WIDTH, LEFT)
    for layer in PICTURES.get(name, UNKNOWN):
        strokes = parse_path(layer.path)
        if layer.fill is not None:
            pen.fill(strokes, palette[layer.fill])
        if layer.line is not None:
            pen.trace(strokes, palette[layer.line], layer.width)
    return pygame.transform.smoothscale(surface, size)
