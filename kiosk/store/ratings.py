from __future__ import annotations

from typing import TYPE_CHECKING

from backend_client.contract import RatingRecord
from kiosk.store.outbox import owe

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.issuance import Moment
    from kiosk.store.database import Database


class Ratings:
    """Ratings; see kiosk.domain.journal.Ratings."""

    def __init__(self, database: Database, moment: Callable[[], Moment]) -> None:
        self._database = database
        self._moment = moment

    def record_rating(self, number: str, grade: int, reasons: tuple[str, ...]) -> None:
        """Owe the platform what somebody said of the service of this number."""
        now = self._moment()
        record = RatingRecord(
            number=number, grade=grade, reasons=reasons, rated_at=now.wall, rated=now.stamp()
        )
        self._database.run(lambda session: owe(session, record, now))
