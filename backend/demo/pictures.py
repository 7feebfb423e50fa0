"""Posters of the demo articles, drawn here: flat shapes in the colours of the kiosk, and no words."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from backend.demo.places import COUNTY

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Draw = ImageDraw.ImageDraw
    Point = tuple[float, float]

SIZE = (1200, 800)
_SHARPER = 2  # drawn larger and made smaller, so that edges are smooth

_SKY, _SAND, _SUN = "#DCEBEC", "#F6F4EE", "#F2C14E"
_DEEP, _TEAL, _PALE = "#0A4F5E", "#3E7F8C", "#9CC3C9"
_RED, _GREEN, _INK = "#B4472E", "#5E8C61", "#17242B"


def picture_names() -> dict[str, str]:
    """The name under which the platform has each poster, by its subject."""
    return {subject: hashlib.sha256(content).hexdigest() for subject, content in _posters().items()}


def picture_rows() -> list[dict[str, Any]]:
    """The posters as rows."""
    return [
        {"county": COUNTY, "name": hashlib.sha256(content).hexdigest(), "content": content}
        for content in _posters().values()
    ]


@cache
def _posters() -> dict[str, bytes]:
    return {subject: _as_png(paint) for subject, paint in _SUBJECTS.items()}


def _as_png(paint: Callable[[_Canvas], None]) -> bytes:
    canvas = _Canvas()
    paint(canvas)
    file = io.BytesIO()
    smooth = canvas.image.reduce(_SHARPER)
    few = smooth.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG")
    return file.getvalue()


class _Canvas:
    """Shapes in the units of the finished picture."""

    def __init__(self, ground: str = _SKY) -> None:
        self.image = Image.new("RGB", (SIZE[0] * _SHARPER, SIZE[1] * _SHARPER), ground)
        self._draw: Draw = ImageDraw.Draw(self.image)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self._draw.ellipse(_scaled((x - radius, y - radius), (x + radius, y + radius)), fill=colour)

    def box(self, corners: tuple[float, float, float, float], colour: str, radius: float = 0) -> None:
        left, top, right, bottom = corners
        box = _scaled((left, top), (right, bottom))
        self._draw.rounded_rectangle(box, radius=radius * _SHARPER, fill=colour)

    def shape(self, colour: str, *points: Point) -> None:
        self._draw.polygon(_scaled(*points), fill=colour)

    def line(self, colour: str, width: float, *points: Point) -> None:
        self._draw.line(_scaled(*points), fill=colour, width=round(width * _SHARPER), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour)

    def arc(self, x: float, y: float, radius: float, span: Point, stroke: tuple[str, float]) -> None:
        colour, width = stroke
        box = _scaled((x - radius, y - radius), (x + radius, y + radius))
        self._draw.arc(box, *span, fill=colour, width=round(width * _SHARPER))


def _scaled(*points: Point) -> list[Point]:
    return [(x * _SHARPER, y * _SHARPER) for x, y in points]


def _house(canvas: _Canvas, x: float, base: float, width: float, storeys: int) -> None:
    top = base - 110 * storeys - 20
    canvas.box((x, top, x + width, base), _SAND)
    canvas.shape(_RED, (x - 24, top), (x + width / 2, top - 90), (x + width + 24, top))
    for storey in range(storeys):
        for column in range(2):
            left = x + width * (0.18 + 0.4 * column)
            canvas.box(
                (left, top + 34 + 110 * storey, left + width * 0.24, top + 100 + 110 * storey), _PALE, 6
            )


def _person(canvas: _Canvas, x: float, base: float, size: float, colour: str) -> None:
    canvas.box((x - size * 0.3, base - size * 0.62, x + size * 0.3, base), colour, size * 0.26)
    canvas.disc(x, base - size * 0.82, size * 0.19, _SAND)
    canvas.arc(x, base - size * 0.82, size * 0.19, (180, 360), (_INK, size * 0.09))


def _paint_town(canvas: _Canvas) -> None:
    """Hills, sun, houses: the county."""
    canvas.disc(930, 190, 92, _SUN)
    canvas.shape(_PALE, (0, 520), (260, 300), (520, 480), (780, 280), (1200, 520), (1200, 800), (0, 800))
    canvas.shape(_GREEN, (0, 640), (400, 560), (820, 620), (1200, 560), (1200, 800), (0, 800))
    for x, storeys in ((190, 1), (440, 2), (720, 1)):
        _house(canvas, x, 690, 170, storeys)
    canvas.box((0, 690, 1200, 800), _TEAL)


def _paint_water(canvas: _Canvas) -> None:
    """A tap without water: the supply is off for a day."""
    canvas.box((0, 640, 1200, 800), _PALE)
    canvas.box((250, 250, 640, 340), _DEEP, 20)
    canvas.box((200, 190, 270, 400), _TEAL, 16)
    canvas.box((430, 150, 480, 260), _DEEP)
    canvas.box((350, 110, 560, 166), _RED, 28)
    canvas.box((640, 250, 730, 460), _DEEP, 40)
    canvas.box((616, 430, 754, 470), _TEAL, 12)
    canvas.shape(_TEAL, (685, 510), (735, 610), (635, 610))
    canvas.disc(685, 614, 52, _TEAL)
    canvas.box((830, 420, 1010, 700), _SAND, 14)
    canvas.box((830, 520, 1010, 700), _TEAL, 14)
    canvas.arc(920, 430, 84, (180, 360), (_INK, 14))


def _paint_warmth(canvas: _Canvas) -> None:
    """A window with snow, a radiator below it."""
    canvas.box((310, 90, 890, 430), _SAND, 12)
    canvas.box((340, 120, 590, 400), _DEEP)
    canvas.box((610, 120, 860, 400), _DEEP)
    for x, y in (
        (390, 180),
        (470, 260),
        (540, 170),
        (430, 340),
        (660, 200),
        (740, 300),
        (810, 170),
        (690, 360),
    ):
        canvas.disc(x, y, 13, "#FFFFFF")
    canvas.box((270, 430, 930, 466), _TEAL, 8)
    for column in range(8):
        left = 330 + column * 70
        canvas.box((left, 540, left + 50, 740), _SAND, 22)
    canvas.box((320, 566, 880, 588), _SAND)
    canvas.box((320, 692, 880, 714), _SAND)
    for x in (450, 600, 750):
        canvas.line(_RED, 12, (x, 528), (x + 14, 514), (x - 6, 500), (x + 8, 484))


def _paint_health(canvas: _Canvas) -> None:
    """A shield with a heart: insurance."""
    canvas.disc(600, 400, 330, _SAND)
    shield = ((600, 120), (850, 210), (850, 420), (760, 580), (600, 690), (440, 580), (350, 420), (350, 210))
    canvas.shape(_DEEP, *shield)
    canvas.disc(540, 350, 76, _RED)
    canvas.disc(660, 350, 76, _RED)
    canvas.shape(_RED, (472, 384), (728, 384), (600, 545))


def _paint_together(canvas: _Canvas) -> None:
    """Neighbours before a house, one of them with a flag."""
    canvas.disc(980, 170, 80, _SUN)
    canvas.shape(_GREEN, (0, 620), (500, 560), (1200, 620), (1200, 800), (0, 800))
    _house(canvas, 730, 650, 220, 2)
    for x, size, colour in ((250, 210, _DEEP), (400, 230, _RED), (545, 200, _TEAL), (660, 150, _DEEP)):
        _person(canvas, x, 700, size, colour)
    canvas.line(_INK, 12, (470, 700), (470, 250))
    canvas.shape(_RED, (476, 250), (650, 286), (640, 370), (476, 350))


def _paint_river(canvas: _Canvas) -> None:
    """A clean river with trees and lamps."""
    canvas.disc(230, 180, 84, _SUN)
    canvas.box((0, 430, 1200, 800), _GREEN)
    canvas.shape(_PALE, (520, 430), (700, 430), (980, 800), (240, 800))
    canvas.shape(_SAND, (700, 430), (740, 430), (1080, 800), (980, 800))
    for x, base, size in ((160, 560, 90), (380, 500, 60), (880, 520, 70), (1080, 620, 100)):
        canvas.box((x - size * 0.12, base - size, x + size * 0.12, base), _INK)
        canvas.disc(x, base - size * 1.35, size * 0.75, _DEEP)
    for x, base in ((790, 520), (900, 640)):
        canvas.line(_INK, 9, (x, base), (x, base - 190), (x + 46, base - 200))
        canvas.disc(x + 50, base - 190, 17, _SUN)


_SUBJECTS: dict[str, Callable[[_Canvas], None]] = {
    "town": _paint_town,
    "water": _paint_water,
    "warmth": _paint_warmth,
    "health": _paint_health,
    "together": _paint_together,
    "river": _paint_river,
}
