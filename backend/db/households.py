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
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from backend.db.kiosks import Kiosk


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


def household_of_person(connection: Connection, county: str, citizen_key: str) -> str | None:
    """The household that a look-up of this person finds; None where nobody has this number."""
    return _id_by_member(connection, county, citizen_key)


def read_household(connection: Connection, county: str, household_id: str, moment: datetime) -> Household:
    """One household that exists, with all its members."""
    people = _members(connection, county, household_id)
    return _household(_row(connection, county, household_id), people, moment)


def note_lookup(connection: Connection, kiosk: Kiosk, household_id: str | None, moment: datetime) -> None:
    """Keep who looked at which household, without names."""
    row = {"county": kiosk.county, "kiosk": kiosk.id, "lookup_id": uuid.uuid4().hex}
    connection.execute(insert(lookups).values(**row, household_id=household_id, looked_up_at=moment))


def _id_by_member(connection: Connection, county: str, citizen_key: str) -> str | None:
    present_first = case((members.c.status == MemberStatus.PRESENT, 0), else_=1)
    query = (
        select(members.c.household_id)
        .where(members.c.county == county, members.c.citizen_key == citizen_key)
        .order_by(present_first, members.c.since.desc(), members.c.household_id)
        .limit(1)
    )
    return connection.execute(query).scalar()


def _id_by_head(connection: Connection, county: str, citizen_key: str) -> str | None:
    query = (
        select(households.c.household_id)
        .where(households.c.county == county, households.c.head_key == citizen_key)
        .order_by(households.c.registered_on.desc(), households.c.household_id)
        .limit(1)
    )
    return connection.execute(query).scalar()


def _row(connection: Connection, county: str, household_id: str) -> Row[Any]:
    place = (households.c.county == communities.c.county) & (
        households.c.community == communities.c.community
    )
    grid = (
        (households.c.county == grids.c.county)
        & (households.c.community == grids.c.community)
        & (households.c.grid == grids.c.number)
    )
    query = (
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
        .where(households.c.county == county, households.c.household_id == household_id)
    )
    return connection.execute(query).one()


def _members(connection: Connection, county: str, household_id: str) -> tuple[Member, ...]:
    query = (
        select(members)
        .where(members.c.county == county, members.c.household_id == household_id)
        .order_by(members.c.position)
    )
    return tuple(
        Member(
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
        for row in connection.execute(query)
    )


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
