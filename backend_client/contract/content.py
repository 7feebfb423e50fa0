"""What the kiosk shows to everyone: GET /v1/notices, /v1/organisations, /v1/links and /v1/pictures/{name}.

A picture is named by what it holds (SHA-256 of its bytes, 64 hex digits), so one that lies in a cache is
never stale and one that was changed on the way is told apart.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from backend_client.contract.wire import Wire

# A page of the screen shows these; without limits one article could be larger than a page may be.
Line = Annotated[str, Field(max_length=120)]
Paragraph = Annotated[str, Field(max_length=2000)]
PictureName = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{64})?$")]  # "" = none
MAX_PICTURE_BYTES = 300_000  # PNG or JPEG, at most 1600 x 1600 pixels


class Notice(Wire):
    """One article. `column` is "news" (新闻热点), "party" (基层党建) or "notice" (通知公告).

    From the day after `expires_on` it is shown no longer; `urgent` ones interrupt until then.
    """

    id: Line
    column: Line
    title: Line
    paragraphs: Annotated[tuple[Paragraph, ...], Field(max_length=60)]
    source: Line
    published_on: date
    urgent: bool = False
    expires_on: date | None = None
    picture: PictureName = ""


class Notices(Wire):
    """Newest first."""

    items: Annotated[tuple[Notice, ...], Field(max_length=200)]
    as_of: datetime


class StaffMember(Wire):
    """A member of staff whom residents may ask; invented in demo data."""

    name: Line
    title: Line
    duties: Line
    phone: Line
    pinyin: Line = ""  # of the name: syllables without tones between blanks, "zhang san"


class Organisation(Wire):
    """One place of the tree; `parent` is "" at the root.

    `kind` is "street", "community", "grid", "party_committee" (党委、党工委), "party_branch" (党支部), or
    "" where the platform does not say.
    """

    id: Line
    parent: Line
    name: Line
    address: Line = ""
    hours: Line = ""
    phone: Line = ""
    staff: Annotated[tuple[StaffMember, ...], Field(max_length=60)] = ()
    kind: Line = ""
    pinyin: Line = ""  # of the name, as for staff


class Organisations(Wire):
    """The tree as a list, parents before children."""

    items: Annotated[tuple[Organisation, ...], Field(max_length=500)]
    as_of: datetime


class Link(Wire):
    """Something to take home on one's own telephone: shown as a QR code with these words."""

    id: Line  # "app", "wechat", "account", or another one
    title: Line
    meaning: Line
    url: Annotated[str, Field(max_length=200, pattern=r"^https://[!-~]+$")]


class Links(Wire):
    """In the order in which they are shown."""

    items: Annotated[tuple[Link, ...], Field(max_length=12)]
    as_of: datetime
