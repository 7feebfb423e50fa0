from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from backend.db.register_changes import begin_generation
from backend.db.tables import (
    card_hardness,
    communities,
    grids,
    households,
    links,
    members,
    notices,
    organisations,
    pictures,
    staff,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy import Connection, Table

    Rows = list[dict[str, Any]]

_TABLES = (members, households, grids, communities, staff, organisations, notices, pictures, links)
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class HouseholdRows:
    """One household as rows of the tables `households` and `members`."""

    household: dict[str, Any]
    members: Rows


@dataclass(frozen=True, slots=True)
class ContentRows:
    """Everything of a register but its households, as rows of the tables of the same names."""

    communities: Rows
    grids: Rows
    organisations: Rows
    staff: Rows
    notices: Rows
    pictures: Rows
    links: Rows


def replace_register(
    connection: Connection,
    content: ContentRows,
    loaded: Iterable[HouseholdRows],
    progress: Callable[[int], None],
) -> int:
    """Put this register in place of the old one; the number of households. Kiosks and records stay.

    `progress` is told the number of households so far.
    """
    for table in (*_TABLES, card_hardness):
        connection.execute(delete(table))
    _load(connection, communities, content.communities)
    _load(connection, grids, content.grids)
    _load(connection, organisations, content.organisations)
    _load(connection, staff, content.staff)
    _load(connection, notices, content.notices)
    _load(connection, pictures, content.pictures)
    _load(connection, links, content.links)
    total = 0
    for chunk in _chunks(loaded):
        _load(connection, households, [each.household for each in chunk])
        _load(connection, members, [row for each in chunk for row in each.members])
        total += len(chunk)
        progress(total)
    begin_generation(connection)
    return total


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table of the register has, by its name."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in _TABLES
    }


def _load(connection: Connection, table: Table, rows: Rows) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _chunks(loaded: Iterable[HouseholdRows]) -> Iterator[list[HouseholdRows]]:
    chunk: list[HouseholdRows] = []
    for each in loaded:
        chunk.append(each)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
