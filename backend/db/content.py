from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from backend.db.tables import notices, organisations, staff
from backend_client.contract import Notice, Notices, Organisation, Organisations, StaffMember

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def list_notices(connection: Connection, county: str, moment: datetime) -> Notices:
    """All notices of the county, newest first."""
    query = (
        select(notices)
        .where(notices.c.county == county)
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
        )
        for row in connection.execute(query)
    )
    return Organisations(items=items, as_of=moment)


def _staff(connection: Connection, county: str) -> defaultdict[str, list[StaffMember]]:
    query = select(staff).where(staff.c.county == county).order_by(staff.c.organisation_id, staff.c.position)
    people: defaultdict[str, list[StaffMember]] = defaultdict(list)
    for row in connection.execute(query):
        person = StaffMember(name=row.name, title=row.title, duties=row.duties, phone=row.phone)
        people[row.organisation_id].append(person)
    return people
