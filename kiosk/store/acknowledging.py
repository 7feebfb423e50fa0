"""Records that the platform has: their rows leave the outbox, and their attempts are acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from kiosk.store.attempts import told
from kiosk.store.ledger_pen import EntryKind
from kiosk.store.tables import issuance, outbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.issuance import Moment
    from kiosk.store.ledger_pen import LedgerPen
    from kiosk.store.session import Session


def let_go(session: Session, pen: LedgerPen, now: Moment, ids: Sequence[str]) -> None:
    """Delete these rows of the outbox, with an entry in the ledger for each that reported an attempt."""
    if not ids:
        return
    reported = (
        select(issuance.c.id, issuance.c.number, issuance.c.attempt, issuance.c.session)
        .join(outbox, outbox.c.issuance == issuance.c.id)
        .where(outbox.c.id.in_(ids))
        .order_by(outbox.c.seq)
    )
    attempts = session.sql.execute(reported).all()
    session.sql.execute(delete(outbox).where(outbox.c.id.in_(ids)))
    acknowledged = {"acknowledged_at": now.wall.isoformat()}
    session.sql.execute(
        update(issuance).where(issuance.c.id.in_([row.id for row in attempts])).values(**acknowledged)
    )
    pen.append(session, now, *(told(EntryKind.ACKNOWLEDGED, row) for row in attempts))
