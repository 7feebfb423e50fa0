"""The outbox: rows that leave only when the platform has said so about each of them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from sqlalchemy import delete, func, insert, or_, select, update

from backend_client.contract import CertificateRecord, RecordItem, SettlementRecord
from kiosk.domain.codes import StoreCode
from kiosk.domain.journal import Leave, OwedItem, Park, Postpone
from kiosk.store.sealing import Place, SealError
from kiosk.store.tables import outbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Row

    from kiosk.domain.issuance import Moment
    from kiosk.domain.journal import RowVerdict
    from kiosk.store.database import Database, Session
    from kiosk.store.ledger_pen import LedgerPen

# A row that waits longer than any delay was put off under a clock that was wrong: it is due.
_LONGEST_DELAY = timedelta(hours=1)


class RowState(StrEnum):
    """What the outbox does with a row."""

    WAITING = "waiting"
    PARKED = "parked"  # for staff; never deleted
    RETRYING = "retrying"  # parked before; has one more try, after all that wait


_OWED = outbox.c.state != RowState.PARKED


def owe(session: Session, body: CertificateRecord | SettlementRecord) -> None:
    """Owe a record to the platform, as part of the transaction that made it true."""
    item = RecordItem(id=str(uuid.uuid4()), body=body)
    sealed = session.sealer.seal(_place(item.id), item.model_dump_json().encode())
    session.sql.execute(insert(outbox).values(id=item.id, sealed=sealed, state=RowState.WAITING))


class OutboxRows:
    """See kiosk.domain.journal.Outbox."""

    def __init__(self, database: Database, moment: Callable[[], Moment], pen: LedgerPen) -> None:
        self._database = database
        self._moment = moment
        self._pen = pen

    def due(self, limit: int) -> tuple[OwedItem, ...]:
        """The oldest rows that may be tried now; those that were parked come last, by themselves.

        A row that does not open is parked.
        """
        is_due = _due(self._now_ms())

        def work(session: Session) -> tuple[OwedItem, ...]:
            for state in (RowState.WAITING, RowState.RETRYING):
                query = select(outbox).where(is_due, outbox.c.state == state)
                rows = session.sql.execute(query.order_by(outbox.c.seq).limit(limit)).all()
                opened = tuple(item for row in rows if (item := _open(session, row)))
                if opened:
                    return opened
            return ()

        return self._database.run_urgent(work)

    def wait(self) -> timedelta | None:
        """Time until the next row may be tried, zero when one is due; None = nothing waits."""
        now = self._now_ms()

        def work(session: Session) -> timedelta | None:
            if session.sql.execute(select(outbox.c.seq).where(_due(now)).limit(1)).first():
                return timedelta()
            first = session.sql.execute(select(func.min(outbox.c.next_try_ms)).where(_OWED)).scalar_one()
            return None if first is None else timedelta(milliseconds=first - now)

        return self._database.run_urgent(work)

    def retry_parked(self) -> None:
        """Let every parked row that can be opened be tried once more; it keeps its reason."""
        parked = (outbox.c.state == RowState.PARKED) & (outbox.c.reason != StoreCode.DAMAGED)
        change = update(outbox).where(parked).values(state=RowState.RETRYING, next_try_ms=0)

        def work(session: Session) -> None:
            session.sql.execute(change)

        self._database.run_urgent(work)

    def apply(self, verdicts: tuple[RowVerdict, ...]) -> None:
        """Let rows leave, park or wait, all in one transaction."""

        def work(session: Session) -> None:
            for verdict in verdicts:
                _apply(session, verdict, self._now_ms())

        self._database.run_urgent(work)

    def _now_ms(self) -> int:
        return int(self._moment().wall.timestamp() * 1000)


def _due(now_ms: int) -> ColumnElement[bool]:
    horizon = now_ms + _LONGEST_DELAY // timedelta(milliseconds=1)
    at_its_time = or_(outbox.c.next_try_ms <= now_ms, outbox.c.next_try_ms > horizon)
    return _OWED & at_its_time


def _apply(session: Session, verdict: RowVerdict, now_ms: int) -> None:
    match verdict:
        case Leave(id=row):
            session.sql.execute(delete(outbox).where(outbox.c.id == row))
        case Park(id=row, reason=reason):
            _park(session, row, reason)
        case Postpone(id=row, delay=delay):
            next_try_ms = now_ms + delay // timedelta(milliseconds=1)
            change = {"attempts": outbox.c.attempts + 1, "next_try_ms": next_try_ms}
            session.sql.execute(update(outbox).where(outbox.c.id == row).values(**change))
        case _:
            assert_never(verdict)


def _park(session: Session, row: str, reason: str) -> None:
    change = update(outbox).where(outbox.c.id == row).values(state=RowState.PARKED, reason=reason)
    session.sql.execute(change)


def _open(session: Session, row: Row[Any]) -> OwedItem | None:
    try:
        content = session.sealer.unseal(_place(row.id), row.sealed)
    except SealError:
        # Nobody can deliver it any more; it must not hold up the others.
        _park(session, row.id, StoreCode.DAMAGED)
        return None
    return OwedItem(RecordItem.model_validate_json(content), row.attempts, row.reason)


def _place(row: str) -> Place:
    return Place("outbox", row)
