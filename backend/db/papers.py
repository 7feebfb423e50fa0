"""What the platform knows of one kiosk's papers, for a kiosk that lost its own store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, tuple_

from backend.db.tables import certificates, number_blocks
from backend_client.contract import KnownPaper, KnownPapers, MissingSerials, PaperState

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from backend.db.kiosks import Kiosk

PAGE = 500
LONGEST_CURSOR = 40
_CURSOR = re.compile(r"([0-9]{12}-[A-Z]{2}-[0-9]{4}-[0-9]{6}-[0-9])\.([0-9]{1,2})")


class BadCursorError(Exception):
    """Not a cursor that was given out."""


def list_papers(connection: Connection, kiosk: Kiosk, after: str, limit: int = PAGE) -> KnownPapers:
    """The attempts of this kiosk after the cursor, by number, and on every page all of its blocks.

    Raises BadCursorError where `after` is neither "" nor the `next` of an earlier page.
    """
    rows = connection.execute(_query(kiosk, after).limit(limit + 1)).all()
    page = rows[:limit]
    next_cursor = f"{page[-1].number}.{page[-1].attempt}" if len(rows) > limit else ""
    return KnownPapers(
        kiosk=kiosk.id,
        items=tuple(_paper(row) for row in page),
        blocks=_blocks(connection, kiosk),
        next=next_cursor,
    )


def _query(kiosk: Kiosk, after: str) -> Any:
    query = (
        select(certificates)
        .where(certificates.c.county == kiosk.county, certificates.c.kiosk == kiosk.id)
        .order_by(certificates.c.number, certificates.c.attempt)
    )
    if not after:
        return query
    cursor = _CURSOR.fullmatch(after)
    if cursor is None:
        raise BadCursorError
    place = (cursor[1], int(cursor[2]))
    return query.where(tuple_(certificates.c.number, certificates.c.attempt) > place)


def _paper(row: Row[Any]) -> KnownPaper:
    return KnownPaper(
        number=row.number,
        kind=row.kind,
        attempt=row.attempt,
        state=PaperState(row.state),
        settled_at=row.settled_at,
        settled_by=row.settled_by,
    )


def _blocks(connection: Connection, kiosk: Kiosk) -> tuple[MissingSerials, ...]:
    query = (
        select(number_blocks.c.block_id, number_blocks.c.first_serial, number_blocks.c.serials)
        .where(number_blocks.c.county == kiosk.county, number_blocks.c.kiosk == kiosk.id)
        .order_by(number_blocks.c.issued_at, number_blocks.c.first_serial)
    )
    return tuple(
        MissingSerials(block_id=row.block_id, first=row.first_serial, last=row.first_serial + row.serials - 1)
        for row in connection.execute(query)
    )
