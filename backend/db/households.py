from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, insert, select

from backend.db.tables import communities, grids, households, lookups, members
from backend_client.contract import (
    Address,
    Grid,
    Household,
    HukouType,
    Member,
    MemberStatus,
    Residence,
    ResidenceMode,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

    from backend.db.kiosks import Kiosk

# A person may stand in several households: the one that counts comes last.
_LATEST_LAST = (
    case((members.c.status == MemberStatus.PRESENT, 1), else_=0),
    members.c.since,
    members.c.household_id.desc(),
)


def find_household(
    connection: Connection, county: str, citizen_key: str, moment: datetime
) -> Household | None:
    """The household this person belongs to, as of `moment`; one they have left only as a last resort."""
    household_id = _id_by_member(connection, county, citizen_key)
    if household_id is not None:
        people = _members(connection, county, household_id)
    elif household_id := _id_by_head(connection, county, citizen_key):
        people = ()  # whoever has no page of their own in the register is shown nobody else's
    else:
        return None
    return _household(_row(connection, county, household_id), people, moment)


def households_of_persons(
    connection: Connection, county: str, citizen_keys: Collection[str]
) -> dict[str, str]:
    """The household that a look-up of each person finds; nobody else is in the answer."""
    query = (
        select(members.c.citizen_key, members.c.household_id)
        .where(members.c.county == county, members.c.citizen_key.in_(citizen_keys))
        .order_by(*_LATEST_LAST)
    )
    return {row.citizen_key: row.household_id for row in connection.execute(query)}


def read_homes(
    connection: Connection, county: str, household_ids: Collection[str], moment: datetime
) -> dict[str, Household]:
    """These households without their members."""
    rows = connection.execute(_query(county).where(households.c.household_id.in_(household_ids)))
    return {row.household_id: _household(row, (), moment) for row in rows}


def member_of(row: Row[Any]) -> Member:
    """The member of a row of the table `members`."""
    return Member(
        person_id=row.person_id,
        citizen_key=row.citizen_key,
        name_key=row.name_key,
        masked_name=row.masked_name,
        sex=row.sex,
        birth=row.birth,
        relation_code=row.relation_code,
        status=MemberStatus(row.status),
        since=row.since,
    )


def note_lookup(connection: Connection, kiosk: Kiosk, household_id: str | None, moment: datetime) -> None:
    """Keep who looked at which household, without names."""
    row = {"county": kiosk.county, "kiosk": kiosk.id, "lookup_id": uuid.uuid4().hex}
    connection.execute(insert(lookups).values(**row, household_id=household_id, looked_up_at=moment))


def _id_by_member(connection: Connection, county: str, citizen_key: str) -> str | None:
    return households_of_persons(connection, county, (citizen_key,)).get(citizen_key)


def _id_by_head(connection: Connection, county: str, citizen_key: str) -> str | None:
    query = (
        select(households.c.household_id)
        .where(households.c.county == county, households.c.head_key == citizen_key)
        .order_by(households.c.registered_on.desc(), households.c.household_id)
        .limit(1)
    )
    return connection.execute(query).scalar()


def _row(connection: Connection, county: str, household_id: str) -> Row[Any]:
    return connection.execute(_query(county).where(households.c.household_id == household_id)).one()


def _query(county: str) -> Select[Any]:
    place = (households.c.county == communities.c.county) & (
        households.c.community == communities.c.community
    )
    grid = (
        (households.c.county == grids.c.county)
        & (households.c.community == grids.c.community)
        & (households.c.grid == grids.c.number)
    )
    return (
        select(
            households,
            communities.c.county_name,
            communities.c.street_name,
            communities.c.name.label("community_name"),
            grids.c.name.label("grid_name"),
            grids.c.officer,
            grids.c.phone,
        )
        .join(communities, place)
        .join(grids, grid)
        .where(households.c.county == county)
    )


def _members(connection: Connection, county: str, household_id: str) -> tuple[Member, ...]:
    query = (
        select(members)
        .where(members.c.county == county, members.c.household_id == household_id)
        .order_by(members.c.position)
    )
    return tuple(member_of(row) for row in connection.execute(query))


def _household(row: Row[Any], found: tuple[Member, ...], moment: datetime) -> Household:
    return Household(
        household_id=row.household_id,
        hukou_type=HukouType(row.hukou_type),
        members=found,
        residence=Residence(
            mode=ResidenceMode(row.mode),
            address=_address(row),
            period_from=row.period_from,
            period_until=row.period_until,
            landlord=row.landlord,
            registered_on=row.registered_on,
            verified_on=row.verified_on,
            grid=Grid(number=row.grid, name=row.grid_name, officer=row.officer, phone=row.phone),
        ),
        record_version=row.record_version,
        as_of=moment,
    )


def _address(row: Row[Any]) -> Address:
    return Address(
        county=row.county_name,
        street=row.street_name,
        community=row.community_name,
        compound=row.compound,
        building=row.building,
        unit=row.unit,
        room=row.room,
        code=row.address_code,
    )
