"""Certificates that were asked for while a line was down, and that wait to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, select, update

from backend.db.tables import certificates, pickups
from backend_client.contract import PaperState, Pickup

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

# A paper answers a pick-up number only where both are of the same person.
_ANSWERS = and_(
    certificates.c.county == pickups.c.county,
    certificates.c.pickup == pickups.c.number,
    certificates.c.citizen_key == pickups.c.citizen_key,
)


def waiting_pickups(connection: Connection, county: str, citizen_key: str) -> tuple[Pickup, ...]:
    """What this person asked for at any kiosk of the county and has not got, oldest first.

    While nobody can say whether its paper came out, it does not wait: it would be printed twice.
    """
    in_doubt = exists().where(_ANSWERS, certificates.c.state == PaperState.UNCERTAIN)
    query = (
        select(pickups)
        .where(
            pickups.c.county == county,
            pickups.c.citizen_key == citizen_key,
            pickups.c.collected_by == "",
            ~in_doubt,
        )
        .order_by(pickups.c.requested_at, pickups.c.number)
    )
    return tuple(
        Pickup(
            number=row.number,
            kind=row.kind,
            purpose=row.purpose,
            copies=row.copies,
            requested_at=row.requested_at,
        )
        for row in connection.execute(query)
    )


def mark_collected(connection: Connection, county: str, numbers: Collection[str]) -> None:
    """Note for each of these pick-up numbers the first printed paper that answers it, if there is one.

    Works in whatever order request, certificate and settlement arrive.
    """
    if not numbers:
        return
    query = (
        select(pickups.c.number, certificates.c.number.label("paper"), certificates.c.settled_at)
        .join(certificates, _ANSWERS)
        .where(
            pickups.c.county == county,
            pickups.c.number.in_(numbers),
            pickups.c.collected_by == "",
            certificates.c.state == PaperState.PRINTED,
        )
        .order_by(certificates.c.received_at.desc(), certificates.c.number.desc())
    )
    first_papers = {row.number: row for row in connection.execute(query)}  # the last one of a number stays
    for number, paper in first_papers.items():
        change = (
            update(pickups)
            .where(pickups.c.county == county, pickups.c.number == number)
            .values(collected_by=paper.paper, collected_at=paper.settled_at)
        )
        connection.execute(change)
