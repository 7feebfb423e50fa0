"""Pages of news, people and links, and how they look with pictures, urgent news and old content."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.flow import states as s
from kiosk.flow.browse_states import (
    LinkList,
    LinkShown,
    NewsColumns,
    OrganisationInitials,
    OrganisationSearch,
    OrganisationsFound,
    ShownPicture,
)
from tests.flow.content import CODE, PICTURE

CONTENT_PAGES: tuple[s.Page, ...] = (
    NewsColumns(),
    OrganisationInitials(),
    OrganisationInitials("5"),
    OrganisationInitials("569"),
    OrganisationInitials("9999"),
    OrganisationSearch(),
    OrganisationSearch("lmy"),
    OrganisationSearch("没有"),
    OrganisationsFound("lmy"),
    OrganisationsFound("dysq", page=1),
    OrganisationsFound("#569", page=1),
    s.OrganisationReading("c1", OrganisationsFound("lmy"), page=1),
    LinkList(),
    LinkShown("wechat"),
    LinkShown("gone"),
)
PICTURE_PAGES: tuple[s.Page, ...] = (s.Attract(2), s.NoticeReading("n2"))


def browse_looks(quiet: s.Kiosk) -> tuple[s.Kiosk, ...]:
    """With the picture and before it came, while something becomes urgent, and after days without a line."""
    old = replace(quiet.world, now=quiet.world.now + timedelta(days=3))
    return (
        *(
            replace(quiet, page=page, picture=ShownPicture(PICTURE, raster))
            for page in PICTURE_PAGES
            for raster in (CODE, b"")
        ),
        *(replace(quiet, page=page, urgent="n1") for page in (NewsColumns(), s.NoticeList("news"))),
        *(replace(quiet, page=page, world=old) for page in (s.Attract(1), s.NoticeList())),
    )
