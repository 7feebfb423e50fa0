"""Pages without a card that came with richer content, and what they show beside texts."""

from __future__ import annotations

from dataclasses import dataclass, field

STAFF_PER_PAGE = 3
INITIALS = "#"
MOST_INITIALS = 4


@dataclass(frozen=True, slots=True)
class LinkCode:
    """Something to take home on one's own telephone, with its QR code."""

    id: str
    title: str
    meaning: str
    url: str
    raster: bytes = field(repr=False)  # PNG


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """The picture of the present page; `raster` b"" = it was asked for, and has not come yet."""

    name: str
    raster: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class NewsColumns:
    """The columns of the news, with how much there is in each."""


@dataclass(frozen=True, slots=True)
class OrganisationInitials:
    """Somebody gives the first letters of a name by keys that stand for three or four letters each.

    `keys` are digits as on a telephone: 2 = ABC, 9 = WXYZ.
    """

    keys: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OrganisationSearch:
    """Somebody types whom they look for."""

    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OrganisationsFound:
    """What was found for `text`; one that begins with INITIALS holds keys of letters."""

    text: str = field(repr=False)
    page: int = 0


@dataclass(frozen=True, slots=True)
class LinkList:
    """What there is to take home on a telephone."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class LinkShown:
    """One code, large enough to be scanned from where one stands."""

    link: str
    list_page: int = 0


ContentPage = (
    NewsColumns | OrganisationInitials | OrganisationSearch | OrganisationsFound | LinkList | LinkShown
)
