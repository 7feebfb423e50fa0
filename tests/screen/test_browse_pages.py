"""Articles, searches and codes as they are laid out: pages that the flow cut without measuring do fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import Notice
from kiosk.flow import states as s
from kiosk.flow.article import leaves
from kiosk.flow.browse_states import OrganisationInitials, ShownPicture
from kiosk.flow.view import view
from kiosk.flow.world import Preferences
from kiosk.scene.contract import TextSize
from kiosk.screen.metrics import CAP_PER_EM, TYPE_SCALES
from kiosk.screen.page import Raster, Words
from tests.flow.content import PICTURE, make_notices
from tests.flow.situations import FULL_WORLD, QUIET
from tests.work.content import picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.screen.page import Page
    from tests.screen.gallery import Studio

SENTENCE = "请有老人独居或行动不便的家庭，提前与所在网格的网格员联系，由网格员帮助取水、送药、代办各类事项。"
PARAGRAPHS = (
    *(SENTENCE * count for count in (1, 3, 2, 5)),
    "办" * 400,
    *("短句。" for _ in range(12)),
    "Opening hours are 8:30 to 12:00 and 14:00 to 18:00 from Monday to Friday. " * 6,
)
LONG = Notice(
    id="long",
    column="news",
    title="关于城关街道二〇二六年冬季供暖期间部分小区管网改造的通知",
    paragraphs=PARAGRAPHS,
    source="城关街道便民服务中心",
    published_on=date(2026, 11, 20),
    picture=PICTURE,
)
RASTER = picture(side=400)


def pages_of(size: TextSize) -> Iterator[s.Kiosk]:
    """Every page of a long article with a picture."""
    notices = make_notices(0).model_copy(update={"items": (LONG,)})
    kiosk = replace(
        QUIET,
        world=replace(FULL_WORLD, notices=notices),
        preferences=Preferences(text_size=size),
        picture=ShownPicture(PICTURE, RASTER),
    )
    for leaf in leaves(PARAGRAPHS, size):
        yield replace(kiosk, page=s.NoticeReading("long", piece=leaf.first))


def words_of(page: Page) -> list[Words]:
    return [
        part
        for node in page.nodes
        if node.id.startswith("text-")
        for part in node.parts
        if isinstance(part, Words)
    ]


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
@pytest.mark.parametrize("size", TextSize)
def test_no_page_of_an_article_is_cut_or_set_smaller_than_was_asked_for(
    request: pytest.FixtureRequest, orientation: str, size: TextSize
) -> None:
    studio: Studio = request.getfixturevalue(orientation)
    asked_px = studio.metrics.mm(TYPE_SCALES[size].body_mm / CAP_PER_EM)
    pages = [studio.lay_out(view(kiosk)) for kiosk in pages_of(size)]

    assert [page.overfull for page in pages] == [()] * len(pages)
    assert {words.style.size_px for page in pages for words in words_of(page)} == {asked_px}


def test_the_picture_stands_on_the_first_page_only(portrait: Studio) -> None:
    shown = [
        any(isinstance(part, Raster) for node in page.nodes for part in node.parts)
        for page in (portrait.lay_out(view(kiosk)) for kiosk in pages_of(TextSize.NORMAL))
    ]

    assert shown == [True, *[False] * (len(shown) - 1)]


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_no_key_moves_away_while_initials_are_pressed(
    request: pytest.FixtureRequest, orientation: str
) -> None:
    studio: Studio = request.getfixturevalue(orientation)
    kiosks = [replace(QUIET, page=OrganisationInitials(keys)) for keys in ("", "5", "56", "9999")]

    places = {
        tuple(
            (node.id, node.rect) for node in studio.lay_out(view(kiosk)).nodes if node.id.startswith("key-")
        )
        for kiosk in kiosks
    }

    assert len(places) == 1
