"""The outbox: rows that leave only when the platform has said so about each of them.

When a row may be tried again is told by the time since boot: it never jumps, and after a restart of the
machine every row may be tried at once. No row is too old, and none was tried too often.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, assert_never

from sqlalchemy import func, insert, select, true, update

from backend_client.contract import (
    SCHEMA_VERSION,
    CertificateRecord,
    GapRecord,
    PickupRecord,
    RatingRecord,
    RecordItem,
    SettlementRecord,
)
from kiosk.domain.codes import StoreCode
from kiosk.domain.journal import Leave, OutboxCounts, OwedItem, Park, ParkedItem, Postpone
from kiosk.store.acknowledging import let_go
from kiosk.store.meta_values import read_value, write_value
from kiosk.store.sealing import Place, SealError
from kiosk.store.tables import outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import ColumnElement, Row

    from kiosk.domain.issuance import Moment
    from kiosk.domain.journal import RowVerdict
    from kiosk.store.database import Database
    from kiosk.store.ledger_pen import LedgerPen
    from kiosk.store.session import Session

Body = CertificateRecord | SettlementRecord | PickupRecord | GapRecord | RatingRecord

_TRIES_OF_BOOT = "outbox_boot"  # the boot that every `next_try_ms` belongs to
_PAGE = 200


class RowState(StrEnum):
    """What the outbox does with a row."""

    WAITING = "waiting"
    PARKED = "parked"  # for staff; never deleted
    RETRYING = "retrying"  # parked before; has one more try, after all that wait


_ADD = insert(outbox)
_OWED = outbox.c.state != RowState.PARKED


def owe(session: Session, body: Body, now: Moment, issuance: str = "") -> None:
    """Owe a record to the platform, as part of the transaction that made it true.

    `issuance` is the attempt that it reports, "" for none.
    """
    item = RecordItem(id=str(uuid.uuid4()), schema_version=SCHEMA_VERSION, body=body)
    row = {
        "id": item.id,
        "sealed": session.sealer.seal(_place(item.id), item.model_dump_json().encode()),
        "state": RowState.WAITING,
        "owed_at": now.wall.isoformat(),
        "issuance": issuance,
    }
    session.sql.execute(_ADD, row)


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

        def work(session: Session) -> tuple[OwedItem, ...]:
            now = self._moment()
            for state in (RowState.WAITING, RowState.RETRYING):
                query = select(outbox).where(_due(session, now), outbox.c.state == state)
                rows = session.sql.execute(query.order_by(outbox.c.seq).limit(limit)).all()
                opened = tuple(item for row in rows if (item := _open(session, row, now)))
                if opened:
                    return opened
            return ()

        return self._database.run_urgent(work)

    def wait(self) -> timedelta | None:
        """Time until the next row may be tried, zero when one is due; None = nothing waits."""

        def work(session: Session) -> timedelta | None:
            now = self._moment()
            is_due = _OWED & _due(session, now)
            if session.sql.execute(select(outbox.c.seq).where(is_due).limit(1)).first():
                return timedelta()
            first = session.sql.execute(select(func.min(outbox.c.next_try_ms)).where(_OWED)).scalar_one()
            return None if first is None else timedelta(milliseconds=first - now.monotonic_ms)

        return self._database.run_urgent(work)

    def retry_parked(self) -> None:
        """Let every parked row that can be opened be tried once more; it keeps its reason."""
        parked = (outbox.c.state == RowState.PARKED) & (outbox.c.reason != StoreCode.DAMAGED)
        change = update(outbox).where(parked).values(state=RowState.RETRYING, next_try_ms=0)

        def work(session: Session) -> None:
            session.sql.execute(change)

        self._database.run_urgent(work)

    def parked(self) -> tuple[ParkedItem, ...]:
        """What the platform did not take, oldest first."""
        query = select(outbox).where(outbox.c.state == RowState.PARKED).order_by(outbox.c.seq)
        return self._database.run_urgent(
            lambda session: tuple(_parked_item(session, row) for row in session.sql.execute(query))
        )

    def counts(self) -> OutboxCounts:
        """How much is owed, and since when."""

        def work(session: Session) -> OutboxCounts:
            by_state = select(outbox.c.state, func.count()).group_by(outbox.c.state)
            counts = {str(state): int(count) for state, count in session.sql.execute(by_state)}
            parked = counts.pop(RowState.PARKED, 0)
            first = select(outbox.c.owed_at).where(_OWED).order_by(outbox.c.seq).limit(1)
            owed_at = session.sql.execute(first).scalar()
            return OutboxCounts(sum(counts.values()), parked, _time(owed_at))

        return self._database.run_urgent(work)

    def everything(self) -> Iterator[RecordItem]:
        """All that is owed, parked or not, oldest first; for the second road. It stays owed."""
        seq = 0
        while rows := self._database.run_urgent(partial(_page_after, seq=seq)):
            seq = rows[-1][0]
            yield from (item for _, item in rows if item)

    def apply(self, verdicts: tuple[RowVerdict, ...]) -> None:
        """Let rows leave, park or wait, all in one transaction."""

        def work(session: Session) -> None:
            now = self._moment()
            leaving = [verdict.id for verdict in verdicts if isinstance(verdict, Leave)]
            let_go(session, self._pen, now, leaving)
            for verdict in verdicts:
                _keep(session, verdict, now)

        self._database.run_urgent(work)


def _due(session: Session, now: Moment) -> ColumnElement[bool]:
    """Rows that were put off under another boot are due: nobody knows how long ago that was."""
    if read_value(session, _TRIES_OF_BOOT) != now.boot_id:
        return true()
    return outbox.c.next_try_ms <= now.monotonic_ms


def _keep(session: Session, verdict: RowVerdict, now: Moment) -> None:
    match verdict:
        case Leave():
            pass  # it is gone already, together with the others that left
        case Park(id=row, reason=reason):
            _park(session, row, reason, now)
        case Postpone(id=row, delay=delay):
            _begin_boot(session, now)
            next_try_ms = now.monotonic_ms + delay // timedelta(milliseconds=1)
            change = {"attempts": outbox.c.attempts + 1, "next_try_ms": next_try_ms}
            session.sql.execute(update(outbox).where(outbox.c.id == row).values(**change))
        case _:
            assert_never(verdict)


def _begin_boot(session: Session, now: Moment) -> None:
    if read_value(session, _TRIES_OF_BOOT) != now.boot_id:
        session.sql.execute(update(outbox).where(outbox.c.next_try_ms != 0).values(next_try_ms=0))
        write_value(session, _TRIES_OF_BOOT, now.boot_id)


def _park(session: Session, row: str, reason: str, now: Moment) -> None:
    change = {"state": RowState.PARKED, "reason": reason, "parked_at": now.wall.isoformat()}
    session.sql.execute(update(outbox).where(outbox.c.id == row).values(**change))


def _open(session: Session, row: Row[Any], now: Moment) -> OwedItem | None:
    item = _item(session, row)
    if item is None:
        # Nobody can deliver it any more; it must not hold up the others.
        _park(session, row.id, StoreCode.DAMAGED, now)
        return None
    return OwedItem(item, row.attempts, row.reason)


def _parked_item(session: Session, row: Row[Any]) -> ParkedItem:
    item = _item(session, row)
    number = "" if item is None or isinstance(item.body, GapRecord) else item.body.number
    return ParkedItem(row.id, number, item.body.type if item else "", row.reason, _time(row.parked_at))


def _page_after(session: Session, seq: int) -> list[tuple[int, RecordItem | None]]:
    query = select(outbox).where(outbox.c.seq > seq).order_by(outbox.c.seq).limit(_PAGE)
    return [(row.seq, _item(session, row)) for row in session.sql.execute(query)]


def _item(session: Session, row: Row[Any]) -> RecordItem | None:
    """None where the row does not open."""
    try:
        return RecordItem.model_validate_json(session.sealer.unseal(_place(row.id), row.sealed))
    except SealError:
        return None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _place(row: str) -> Place:
    return Place("outbox", row)
