"""Changes of the register, counted, so that kiosks can follow them one by one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from backend.db.tables import households, register_state

if TYPE_CHECKING:
    from sqlalchemy import Connection


class UnknownHouseholdError(Exception):
    """There is no such household."""


@dataclass(frozen=True, slots=True)
class RegisterState:
    """Which register it is, and how many changes it has seen."""

    generation: str
    seq: int


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
    this = households.c.household_id == household_id
    county = connection.execute(select(households.c.county).where(this)).scalar()
    if county is None:
        raise UnknownHouseholdError(f"there is no household {household_id}")
    seq = state_of(connection, county).seq + 1
    connection.execute(update(register_state).where(register_state.c.county == county).values(seq=seq))
    values = {**changes, "changed_seq": seq, "record_version": households.c.record_version + 1}
    connection.execute(update(households).where(this, households.c.county == county).values(values))
    return seq
