"""The ledger looks at itself: every hash must still follow from what stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from backend_client.contract.ledger import leaf_hash, node_hash
from kiosk.store.ledger_pen import size_of
from kiosk.store.tables import ledger_entry, ledger_node

if TYPE_CHECKING:
    from kiosk.store.database import Database
    from kiosk.store.session import Session

_AT_ONCE = 2048  # hashes in one transaction, so that nobody waits for it


class LedgerSelfCheck:
    """See kiosk.domain.night.LedgerCheck."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self) -> bool:
        """True where every entry and every hash above it still agree; new entries may come meanwhile."""
        size = self._database.run_urgent(size_of)
        level = 0
        while (count := size >> level) > 0:
            for begin in range(0, count, _AT_ONCE):
                if not self._agrees(level, begin, min(count, begin + _AT_ONCE)):
                    return False
            level += 1
        return True

    def _agrees(self, level: int, begin: int, end: int) -> bool:
        def work(session: Session) -> bool:
            below = _leaves(session, begin, end) if level == 0 else _above(session, level, begin, end)
            return below == _nodes(session, level, begin, end)

        return self._database.run_urgent(work)


def _leaves(session: Session, begin: int, end: int) -> list[bytes]:
    query = select(ledger_entry.c.entry).where(ledger_entry.c.seq >= begin, ledger_entry.c.seq < end)
    entries = session.sql.execute(query.order_by(ledger_entry.c.seq)).scalars()
    return [leaf_hash(entry.encode()) for entry in entries]


def _above(session: Session, level: int, begin: int, end: int) -> list[bytes]:
    below = _nodes(session, level - 1, 2 * begin, 2 * end)
    return [node_hash(left, right) for left, right in zip(below[::2], below[1::2], strict=False)]


def _nodes(session: Session, level: int, begin: int, end: int) -> list[bytes]:
    query = select(ledger_node.c.hash).where(
        ledger_node.c.level == level, ledger_node.c.position >= begin, ledger_node.c.position < end
    )
    return [bytes(value) for value in session.sql.execute(query.order_by(ledger_node.c.position)).scalars()]
