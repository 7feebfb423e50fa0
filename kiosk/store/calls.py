from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import insert

from kiosk.store.tables import staff_call

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.issuance import Moment
    from kiosk.store.database import Database


class Calls:
    """Calls for staff; see kiosk.domain.journal.StaffCalls."""

    def __init__(self, database: Database, moment: Callable[[], Moment]) -> None:
        self._database = database
        self._moment = moment

    def record_call(self, reason: str) -> None:
        """Keep that somebody asked for staff."""
        now = self._moment()
        row = insert(staff_call).values(
            id=str(uuid.uuid4()),
            reason=reason,
            called_at=now.wall.isoformat(),
            called_ms=now.monotonic_ms,
            called_boot=now.boot_id,
        )
        self._database.run(lambda session: session.sql.execute(row) and None)
