"""The night's work on the file: check, copy, and the notes by which it is done once a night."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend_client.contract import Stamp
from kiosk.domain.codes import StoreCode
from kiosk.domain.issuance import Moment
from kiosk.domain.journal import StoreError
from kiosk.domain.night import StoreHealthReport
from kiosk.store.meta_values import read_value, write_value
from kiosk.store.tables import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.store.database import Database
    from kiosk.store.session import Session

_NIGHT = "night"
_IS_SOUND = "night_sound"
_BACKUP_AT = "backup_at"
# https://sqlite.org/wal.html#walresetbug: needs two connections; here one owns the file, EXCLUSIVE, no mmap.
_WAL_RESET_FAULT = ((3, 7, 0), (3, 51, 2))


class Night:
    """See kiosk.domain.night.NightStore."""

    def __init__(self, database: Database, moment: Callable[[], Moment]) -> None:
        self._database = database
        self._moment = moment

    def last_night(self) -> Moment | None:
        """When the night's work was done last."""
        noted = self._database.run_urgent(lambda session: read_value(session, _NIGHT))
        if not noted:
            return None
        stamp = Stamp.model_validate_json(noted)
        return Moment(stamp.wall, stamp.monotonic_ms, stamp.boot_id, stamp.clock)

    def check_integrity(self) -> bool:
        """Check the whole file; an index that disagrees with its table is made again."""

        def work(session: Session) -> bool:
            if _is_whole(session):
                return True
            session.sql.execute(text("REINDEX"))
            return _is_whole(session)

        try:
            return self._database.run_urgent(work)
        except IntegrityError:  # two rows where there must be one: no index can be made of that
            return False

    def back_up(self) -> bool:
        """Keep a checked copy of the database; False where there is no room for one."""
        now = self._moment().wall
        try:
            self._database.back_up(now)
        except StoreError as error:
            if error.code is StoreCode.DISK_FULL:
                return False
            raise
        self._database.run_urgent(lambda session: write_value(session, _BACKUP_AT, now.isoformat()))
        return True

    def note_night(self, *, is_sound: bool) -> None:
        """Note that the night's work was done, and what the check said."""
        stamp = self._moment().stamp().model_dump_json()

        def work(session: Session) -> None:
            write_value(session, _NIGHT, stamp)
            write_value(session, _IS_SOUND, json.dumps(is_sound))

        self._database.run_urgent(work)

    def health(self) -> StoreHealthReport:
        """What is known about the store."""

        def work(session: Session) -> StoreHealthReport:
            copied, sound = read_value(session, _BACKUP_AT), read_value(session, _IS_SOUND)
            return StoreHealthReport(
                sqlite_version=sqlite3.sqlite_version,
                wal_reset_risk=has_wal_reset_fault(sqlite3.sqlite_version_info),
                schema=SCHEMA_VERSION,
                last_backup=datetime.fromisoformat(copied) if copied else None,
                integrity=json.loads(sound) if sound else None,
            )

        return self._database.run_urgent(work)


def has_wal_reset_fault(version: tuple[int, ...]) -> bool:
    """True for the versions of SQLite that may break a WAL when two connections reset it at once."""
    oldest, newest = _WAL_RESET_FAULT
    return oldest <= version <= newest


def _is_whole(session: Session) -> bool:
    return bool(session.sql.execute(text("PRAGMA integrity_check(1)")).scalar() == "ok")
