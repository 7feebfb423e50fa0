"""Pictures of the platform and codes on the screen: whole, in shape, large enough, and never a burden."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pygame
import pytest
import zxingcpp
from PIL import Image

from kiosk.flow.browse_states import LinkShown
from kiosk.flow.view import view
from kiosk.scene.contract import Language, Node, Role, Scene, TextSize, Theme
from kiosk.scene.rasters import raster_size
from kiosk.screen.page import Raster
from tests.flow.content import make_links
from tests.flow.situations import QUIET
from tests.work.content import picture

if TYPE_CHECKING:
    from kiosk.screen.geometry import Rect
    from tests.screen.gallery import Studio

SIDES = {"PNG": picture(side=300), "JPEG": picture(kind="JPEG", side=300)}


def scene_of(raster: bytes, theme: Theme = Theme.STANDARD) -> Scene:
    shown = Node("picture", Role.PICTURE, raster=raster)
    return Scene(
        "test", 1, Language.ZH, TextSize.NORMAL, theme, (Node("content", Role.CONTENT, children=(shown,)),)
    )


def place_of(studio: Studio, scene: Scene) -> Rect:
    page = studio.lay_out(scene)
    return next(part.rect for node in page.nodes for part in node.parts if isinstance(part, Raster))


@pytest.mark.parametrize("kind", SIDES)
def test_the_size_of_a_picture_is_read_from_its_head(kind: str) -> None:
    assert raster_size(SIDES[kind]) == (300, 150)


@pytest.mark.parametrize("raster", [b"", b"GIF89a", b"\xff\xd8", SIDES["PNG"][:20], SIDES["JPEG"][:12]])
def test_what_has_no_size_has_none(raster: bytes) -> None:
    assert raster_size(raster) is None


@pytest.mark.parametrize("kind", SIDES)
def test_a_picture_keeps_its_shape_and_its_colours(portrait: Studio, kind: str) -> None:
    scene = scene_of(SIDES[kind])
    place = place_of(portrait, scene)
    surface = portrait.paint(portrait.lay_out(scene))

    middle = surface.get_at((place.x + place.w // 2, place.y + place.h // 2))
    assert abs(place.w - 2 * place.h) <= 2
    assert middle.r > 240
    assert max(middle.g, middle.b) < 15


def test_a_picture_that_would_fill_the_memory_is_not_unpacked(portrait: Studio) -> None:
    """A few bytes can stand for a picture of 40,000 by 40,000."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))

    surface = portrait.paint(portrait.lay_out(scene_of(bomb)))

    assert surface.get_size() == (1080, 1920)
    assert bomb not in {png for png, _ in portrait.painter._rasters}


def test_a_damaged_picture_leaves_its_room_empty(portrait: Studio) -> None:
    half = SIDES["JPEG"][: len(SIDES["JPEG"]) // 8] + b"\0"

    portrait.paint(portrait.lay_out(scene_of(half)))

    assert half not in {png for png, _ in portrait.painter._rasters}


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGEST])
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_a_code_on_the_screen_is_read_back_and_is_at_least_forty_millimetres(
    request: pytest.FixtureRequest, orientation: str, size: TextSize, theme: Theme
) -> None:
    studio: Studio = request.getfixturevalue(orientation)
    scene = replace(view(replace(QUIET, page=LinkShown("app"))), theme=theme, text_size=size)

    surface = studio.paint(studio.lay_out(scene))

    picture_of_page = Image.open(BytesIO(_png(surface))).convert("L")
    found = zxingcpp.read_barcodes(
        picture_of_page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    assert [code.text for code in found] == [make_links()[0].url]
    corners = found[0].position
    assert corners.top_right.x - corners.top_left.x >= studio.metrics.mm(40)


def _png(surface: pygame.Surface) -> bytes:
    drawn = BytesIO()
    pygame.image.save(surface, drawn, "page.png")
    return drawn.getvalue()
