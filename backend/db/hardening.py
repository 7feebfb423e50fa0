"""The memory-hard derivations of all persons in the register: each done once, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, insert, select

from backend.db.tables import card_hardness, households, members

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection

Pair = tuple[str, str]  # citizen key and name key of one person


def known_secrets(
    connection: Connection, county: str, cost: int, pairs: Collection[Pair]
) -> dict[Pair, bytes]:
    """What is kept of these persons."""
    query = select(card_hardness).where(
        card_hardness.c.county == county,
        card_hardness.c.cost == cost,
        card_hardness.c.citizen_key.in_({citizen_key for citizen_key, _ in pairs}),
    )
    rows = connection.execute(query)
    return {(row.citizen_key, row.name_key): bytes.fromhex(row.hard) for row in rows}


def keep_secrets(connection: Connection, county: str, cost: int, derived: Mapping[Pair, bytes]) -> None:
    """Keep what was derived; somebody else may have derived the same meanwhile."""
    there = known_secrets(connection, county, cost, derived)
    rows = [
        {"county": county, "citizen_key": pair[0], "name_key": pair[1], "cost": cost, "hard": hard.hex()}
        for pair, hard in derived.items()
        if pair not in there
    ]
    if rows:
        connection.execute(insert(card_hardness), rows)


def last_undone(
    connection: Connection, area: tuple[str, str], cost: int, before: str, limit: int
) -> list[tuple[str, Pair]]:
    """Persons of an area (county, street) that nothing is kept of, the last household first.

    Only households before the one named `before` count; "" = all of them.
    """
    county, street = area
    done = exists().where(
        card_hardness.c.county == members.c.county,
        card_hardness.c.citizen_key == members.c.citizen_key,
        card_hardness.c.name_key == members.c.name_key,
        card_hardness.c.cost == cost,
    )
    of_area = (
        (households.c.county == members.c.county)
        & (households.c.household_id == members.c.household_id)
        & households.c.address_code.startswith(street)
    )
    query = (
        select(members.c.household_id, members.c.citizen_key, members.c.name_key)
        .join(households, of_area)
        .where(members.c.county == county, ~done)
        .order_by(members.c.household_id.desc())
        .limit(limit)
    )
    if before:
        query = query.where(members.c.household_id <= before)
    return [(row.household_id, (row.citizen_key, row.name_key)) for row in connection.execute(query)]
