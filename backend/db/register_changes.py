"""Changes of the register, counted, so that kiosks can follow them one by one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from backend.db.tables import departures, households, members, register_state

if TYPE_CHECKING:
    from sqlalchemy import Connection


class UnknownHouseholdError(Exception):
    """There is no such household, or no such person in it."""


@dataclass(frozen=True, slots=True)
class RegisterState:
    """Which register it is, and how many changes it has seen."""

    generation: str
    seq: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A household, or a person in it."""

    county: str
    household_id: str
    citizen_key: str = ""


def begin_generation(connection: Connection) -> None:
    """Another register has taken the place of the old one, in every county that it has households of."""
    connection.execute(delete(register_state))
    counties = connection.execute(select(households.c.county).distinct()).scalars().all()
    rows = [{"county": county, "generation": secrets.token_hex(16), "seq": 0} for county in counties]
    if rows:
        connection.execute(insert(register_state), rows)


def state_of(connection: Connection, county: str) -> RegisterState:
    """The state of a county's register."""
    row = connection.execute(select(register_state).where(register_state.c.county == county)).first()
    return RegisterState(row.generation, row.seq) if row else RegisterState("", 0)


def change_household(connection: Connection, household_id: str, changes: dict[str, Any]) -> int:
    """Change columns of one household; the number of the change. Raises UnknownHouseholdError."""
    county = connection.execute(
        select(households.c.county).where(households.c.household_id == household_id)
    ).scalar()
    if county is None:
        raise UnknownHouseholdError(f"there is no household {household_id}")
    return _count(connection, _Place(county, household_id), changes)


def change_member(connection: Connection, household_id: str, person_id: str, changes: dict[str, Any]) -> int:
    """Change columns of one person in a household, such as `status`; the number of the change.

    Raises UnknownHouseholdError.
    """
    place = _place_of(connection, household_id, person_id)
    this = (members.c.county == place.county, members.c.household_id == household_id)
    connection.execute(update(members).where(*this, members.c.person_id == person_id).values(changes))
    return _count(connection, place, {})


def remove_member(connection: Connection, household_id: str, person_id: str) -> int:
    """Take a person out of a household for good, and have kiosks forget them; the number of the change.

    Raises UnknownHouseholdError.
    """
    place = _place_of(connection, household_id, person_id)
    this = (members.c.county == place.county, members.c.household_id == household_id)
    connection.execute(delete(members).where(*this, members.c.person_id == person_id))
    of_household = (departures.c.county == place.county, departures.c.household_id == household_id)
    before = connection.execute(select(func.max(departures.c.place)).where(*of_household)).scalar() or 0
    row = {"household_id": household_id, "place": before + 1, "citizen_key": place.citizen_key}
    connection.execute(insert(departures).values(county=place.county, **row))
    return _count(connection, place, {})


def _place_of(connection: Connection, household_id: str, person_id: str) -> _Place:
    row = connection.execute(
        select(members.c.county, members.c.citizen_key).where(
            members.c.household_id == household_id, members.c.person_id == person_id
        )
    ).first()
    if row is None:
        raise UnknownHouseholdError(f"there is no person {person_id} in household {household_id}")
    return _Place(row.county, household_id, row.citizen_key)


def _count(connection: Connection, place: _Place, changes: dict[str, Any]) -> int:
    """Give the change its number, and mark with it whatever kiosks must hear about again."""
    # In one statement: two changes at the same instant must not get the same number.
    seq = connection.execute(
        update(register_state)
        .where(register_state.c.county == place.county)
        .values(seq=register_state.c.seq + 1)
        .returning(register_state.c.seq)
    ).scalar_one()
    this = (households.c.county == place.county, households.c.household_id == place.household_id)
    values = {**changes, "changed_seq": seq, "record_version": households.c.record_version + 1}
    connection.execute(update(households).where(*this).values(values))
    if place.citizen_key:
        # Which of several households counts for this person may be another one now.
        theirs = select(members.c.household_id).where(
            members.c.county == place.county, members.c.citizen_key == place.citizen_key
        )
        others = (households.c.county == place.county, households.c.household_id.in_(theirs))
        connection.execute(update(households).where(*others).values(changed_seq=seq))
    return int(seq)
