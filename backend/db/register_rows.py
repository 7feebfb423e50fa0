"""Who is to be told to a kiosk about the register, in the order in which it changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, tuple_

from backend.db.households import member_of
from backend.db.tables import departures, households, members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection, Select

    from backend.db.kiosks import Kiosk
    from backend_client.contract import Member

_AREA_DIGITS = 9  # the street: all of its communities are served, as the kiosk's own rules have it
_AFTER_MEMBERS = 1_000_000  # who left a household comes after who is in it
_CURSOR = re.compile(r"([0-9]{1,18}):([A-Za-z0-9-]{1,40}):([0-9]{1,9})")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """How far a kiosk has followed: the number of the change, the household, the place within it."""

    seq: int
    household_id: str
    place: int


BEGINNING = Position(-1, "", -1)


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """A person of a household that changed; `member` is None for one who left it."""

    position: Position
    citizen_key: str
    member: Member | None
    inside: bool  # the household lies in the kiosk's service area


def area_of(kiosk: Kiosk) -> str:
    """How the address codes of a kiosk's service area begin."""
    return kiosk.community[:_AREA_DIGITS]


def write_cursor(position: Position) -> str:
    """The position as kiosks keep it."""
    return f"{position.seq}:{position.household_id}:{position.place}" if position != BEGINNING else ""


def read_cursor(cursor: str) -> Position:
    """Where to go on; the beginning for what this program did not write: never wrong, only longer."""
    found = _CURSOR.fullmatch(cursor)
    return Position(int(found[1]), found[2], int(found[3])) if found else BEGINNING


def changed_persons(connection: Connection, kiosk: Kiosk, after: Position, limit: int) -> list[ChangedPerson]:
    """The next persons: all of the area at first, later also those whose household left it."""
    present = _members(connection, kiosk, after, limit)
    departed = _departed(connection, kiosk, after, limit)
    return list(merge(present, departed, key=lambda person: person.position))[:limit]


def _members(connection: Connection, kiosk: Kiosk, after: Position, limit: int) -> Iterator[ChangedPerson]:
    same = (members.c.county == households.c.county) & (members.c.household_id == households.c.household_id)
    query = _query(kiosk, after, members.c.position, limit).add_columns(members).join(members, same)
    for row in connection.execute(query):
        member = member_of(row)
        position = Position(row.changed_seq, row.of_household, row.position)
        yield ChangedPerson(position, member.citizen_key, member, row.inside)


def _departed(connection: Connection, kiosk: Kiosk, after: Position, limit: int) -> Iterator[ChangedPerson]:
    same = (departures.c.county == households.c.county) & (
        departures.c.household_id == households.c.household_id
    )
    place = departures.c.place + _AFTER_MEMBERS
    query = _query(kiosk, after, place, limit).add_columns(departures.c.citizen_key, place.label("later"))
    # Whoever lets somebody go has changed; without these words an index would find nothing here.
    query = query.join(departures, same).where(households.c.changed_seq > 0)
    for row in connection.execute(query):
        position = Position(row.changed_seq, row.of_household, row.later)
        yield ChangedPerson(position, row.citizen_key, None, row.inside)


def _query(kiosk: Kiosk, after: Position, place: ColumnElement[int], limit: int) -> Select[Any]:
    area = households.c.address_code.startswith(area_of(kiosk))
    of_household = (households.c.changed_seq, households.c.household_id)
    return (
        select(
            households.c.changed_seq, households.c.household_id.label("of_household"), area.label("inside")
        )
        .select_from(households)
        .where(
            households.c.county == kiosk.county,
            # Said twice, because an index can find the household only.
            tuple_(*of_household) >= tuple_(after.seq, after.household_id),
            tuple_(*of_household, place) > tuple_(after.seq, after.household_id, after.place),
            area | (households.c.changed_seq > 0),
        )
        .order_by(*of_household, place)
        .limit(limit)
    )
