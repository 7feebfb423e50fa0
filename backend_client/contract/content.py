"""What the kiosk shows to everyone: notices, news and whom to ask. GET /v1/notices, GET /v1/organisations."""

from __future__ import annotations

from datetime import date, datetime

from backend_client.contract.wire import Wire


class Notice(Wire):
    """One article. `column` is "news", "party" or "notice"."""

    id: str
    column: str
    title: str
    paragraphs: tuple[str, ...]
    source: str
    published_on: date
    urgent: bool = False


class Notices(Wire):
    """Newest first."""

    items: tuple[Notice, ...]
    as_of: datetime


class StaffMember(Wire):
    """A member of staff whom residents may ask; invented in demo data."""

    name: str
    title: str
    duties: str
    phone: str


class Organisation(Wire):
    """Street, community or grid; `parent` is "" at the root."""

    id: str
    parent: str
    name: str
    address: str = ""
    hours: str = ""
    phone: str = ""
    staff: tuple[StaffMember, ...] = ()


class Organisations(Wire):
    """The tree as a list, parents before children."""

    items: tuple[Organisation, ...]
    as_of: datetime
