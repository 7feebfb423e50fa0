from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from backend.db.tables import links, notices, organisations, pictures, staff
from backend.local_time import local_date
from backend_client.contract import (
    Link,
    Links,
    Notice,
    Notices,
    Organisation,
    Organisations,
    StaffMember,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def list_notices(connection: Connection, county: str, moment: datetime) -> Notices:
    """The notices of the county that have not expired, newest first."""
    today = local_date(moment)
    query = (
        select(notices)
        .where(notices.c.county == county, or_(notices.c.expires_on.is_(None), notices.c.expires_on >= today))
        .order_by(notices.c.published_on.desc(), notices.c.notice_id)
    )
    items = tuple(
        Notice(
            id=row.notice_id,
            column=row.column,
            title=row.title,
            paragraphs=tuple(row.paragraphs),
            source=row.source,
            published_on=row.published_on,
            urgent=row.urgent,
            expires_on=row.expires_on,
            picture=row.picture,
        )
        for row in connection.execute(query)
    )
    return Notices(items=items, as_of=moment)


def list_organisations(connection: Connection, county: str, moment: datetime) -> Organisations:
    """The organisations of the county, parents before children."""
    people = _staff(connection, county)
    query = select(organisations).where(organisations.c.county == county).order_by(organisations.c.position)
    items = tuple(
        Organisation(
            id=row.organisation_id,
            parent=row.parent,
            name=row.name,
            address=row.address,
            hours=row.hours,
            phone=row.phone,
            staff=tuple(people[row.organisation_id]),
            kind=row.kind,
            pinyin=row.pinyin,
        )
        for row in connection.execute(query)
    )
    return Organisations(items=items, as_of=moment)


def list_links(connection: Connection, county: str, moment: datetime) -> Links:
    """What the county offers for people's own telephones, in its order."""
    query = select(links).where(links.c.county == county).order_by(links.c.position)
    items = tuple(
        Link(id=row.link_id, title=row.title, meaning=row.meaning, url=row.url)
        for row in connection.execute(query)
    )
    return Links(items=items, as_of=moment)


def find_picture(connection: Connection, county: str, name: str) -> bytes | None:
    """The bytes of a picture; None where the county has none of this name."""
    query = select(pictures.c.content).where(pictures.c.county == county, pictures.c.name == name)
    return connection.execute(query).scalar()


def _staff(connection: Connection, county: str) -> defaultdict[str, list[StaffMember]]:
    query = select(staff).where(staff.c.county == county).order_by(staff.c.organisation_id, staff.c.position)
    people: defaultdict[str, list[StaffMember]] = defaultdict(list)
    for row in connection.execute(query):
        person = StaffMember(
            name=row.name, title=row.title, duties=row.duties, phone=row.phone, pinyin=row.pinyin
        )
        people[row.organisation_id].append(person)
    return people
