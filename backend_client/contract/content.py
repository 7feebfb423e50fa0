"""What the kiosk shows to everyone: notices, news and whom to ask. GET /v1/notices, GET /v1/organisations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from backend_client.contract.wire import Wire

# A page of the screen shows these; without limits one article could be larger than a page may be.
Line = Annotated[str, Field(max_length=120)]
Paragraph = Annotated[str, Field(max_length=2000)]


class Notice(Wire):
    """One article. `column` is "news", "party" or "notice"."""

    id: Line
    column: Line
    title: Line
    paragraphs: Annotated[tuple[Paragraph, ...], Field(max_length=60)]
    source: Line
    published_on: date
    urgent: bool = False


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


class Organisation(Wire):
    """Street, community or grid; `parent` is "" at the root."""

    id: Line
    parent: Line
    name: Line
    address: Line = ""
    hours: Line = ""
    phone: Line = ""
    staff: Annotated[tuple[StaffMember, ...], Field(max_length=60)] = ()


class Organisations(Wire):
    """The tree as a list, parents before children."""

    items: Annotated[tuple[Organisation, ...], Field(max_length=500)]
    as_of: datetime
