"""The one way in: the kiosk's store, behind the ports of kiosk.domain.journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects.sqlite import insert

from kiosk.store.bench import BenchRows
from kiosk.store.calls import Calls
from kiosk.store.database import Database
from kiosk.store.gap import GapMarker, Gaps
from kiosk.store.issuances import Issuances
from kiosk.store.ledger import LedgerBook
from kiosk.store.ledger_pen import LedgerPen
from kiosk.store.night import Night
from kiosk.store.numbers import Numbers
from kiosk.store.outbox import OutboxRows
from kiosk.store.ratings import Ratings
from kiosk.store.register import Register
from kiosk.store.shredding import Shredder
from kiosk.store.tables import meta

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.domain.issuance import Moment
    from kiosk.domain.night import StoreHealthReport
    from kiosk.store.ledger import LedgerIdentity
    from kiosk.store.session import Session


class Store:
    """One database file in `state_dir`; it is opened by the first transaction.

    `on_damage` is called when a broken file was moved aside; a copy, or an empty store, takes its place.
    """

    def __init__(
        self,
        state_dir: Path,
        moment: Callable[[], Moment],
        on_damage: Callable[[], None],
        *,
        ledger: LedgerIdentity,
    ) -> None:
        self._moment = moment
        pen = LedgerPen(ledger.kiosk)
        self._database = Database(state_dir, on_damage, GapMarker(ledger.kiosk, moment).mark)
        self.gaps = Gaps(self._database, moment)
        self.night = Night(self._database, moment)
        self.issuances = Issuances(self._database, moment, pen)
        self.numbers = Numbers(self._database, moment, pen)
        self.outbox = OutboxRows(self._database, moment, pen)
        self.calls = Calls(self._database, moment)
        self.ratings = Ratings(self._database, moment)
        self.bench = BenchRows(self._database)
        self.ledger = LedgerBook(self._database, ledger)
        self.persons = Shredder(self._database, moment, pen)

    def probe(self) -> None:
        """Write something small and durable, with the reserve of room in place. Raises StoreError."""
        row = insert(meta).values(key="probe", value=self._moment().wall.isoformat())
        row = row.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": row.excluded.value})

        def work(session: Session) -> None:
            session.sql.execute(row)

        self._database.run(work)

    def register(self, key: bytes) -> Register:
        """The register for times without a line, as it opens with the kiosk's own `key` and a card."""
        return Register(self._database, self._moment, key)

    def health(self) -> StoreHealthReport:
        """What is known about the store. Raises StoreError."""
        return self.night.health()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
