"""Persons are deleted once the platform holds all that was to be told of them: their keys go, no more."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from kiosk.domain.issuance import IssuanceState
from kiosk.store.ledger import anchored_size
from kiosk.store.ledger_pen import Entry, EntryKind
from kiosk.store.tables import issuance, ledger_entry, outbox, record_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.issuance import Moment
    from kiosk.store.database import Database
    from kiosk.store.ledger_pen import LedgerPen
    from kiosk.store.session import Session

_AT_ONCE = 200  # numbers in one transaction, so that nobody waits for it
_AT_REST = (IssuanceState.PRINTED, IssuanceState.VOIDED)
_NOTHING = b""


class Shredder:
    """See kiosk.domain.night.PersonalData."""

    def __init__(self, database: Database, moment: Callable[[], Moment], pen: LedgerPen) -> None:
        self._database = database
        self._moment = moment
        self._pen = pen

    def shred(self, before: datetime) -> int:
        """Delete the keys of numbers that were settled and acknowledged before; return how many.

        Only what the platform has countersigned goes: else its deletion could hide that it ever was.
        """
        numbers = self._database.run_urgent(lambda session: _ripe(session, before))
        for start in range(0, len(numbers), _AT_ONCE):
            self._delete(numbers[start : start + _AT_ONCE])
        return len(numbers)

    def _delete(self, numbers: tuple[str, ...]) -> None:
        def work(session: Session) -> None:
            session.sql.execute(delete(record_key).where(record_key.c.number.in_(numbers)))
            # Old rows are sealed with the store's own key, which stays.
            emptied = update(issuance).where(issuance.c.number.in_(numbers)).values(sealed=_NOTHING)
            session.sql.execute(emptied)
            entries = (Entry(EntryKind.SHREDDED, {"number": number}) for number in numbers)
            self._pen.append(session, self._moment(), *entries)

        self._database.run_urgent(work)


def _ripe(session: Session, before: datetime) -> tuple[str, ...]:
    """The numbers of which nothing is open, owed, in doubt, or not yet countersigned."""
    last = anchored_size(session) - 1
    text = session.sql.execute(select(ledger_entry.c.entry).where(ledger_entry.c.seq == last)).scalar()
    if text is None:
        return ()
    until = min(before, datetime.fromisoformat(json.loads(text)["wall"]))
    kept: set[str] = set()
    seen: dict[str, None] = {}
    owed = {row.issuance for row in session.sql.execute(select(outbox.c.issuance).distinct())}
    columns = (issuance.c.id, issuance.c.number, issuance.c.state, issuance.c.acknowledged_at)
    with_person = issuance.c.sealed != _NOTHING
    for row in session.sql.execute(select(*columns).where(with_person)):
        seen[row.number] = None
        is_acknowledged = bool(row.acknowledged_at) and datetime.fromisoformat(row.acknowledged_at) < until
        if row.state not in _AT_REST or row.id in owed or not is_acknowledged:
            kept.add(row.number)
    return tuple(number for number in seen if number not in kept)
