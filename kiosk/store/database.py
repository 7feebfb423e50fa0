"""The one connection to the one database, and what happens when disk or file fail."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Error as SqliteError
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError

from kiosk.domain.codes import StoreCode
from kiosk.domain.journal import StoreError
from kiosk.store.backup import Backups
from kiosk.store.ballast import Ballast
from kiosk.store.connection import claim_key, connect, is_sound
from kiosk.store.faults import store_code
from kiosk.store.schema import NewerSchemaError, bring_up
from kiosk.store.sealing import Sealer, SealError, load_or_create_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

Result = TypeVar("Result")

DATABASE = "kiosk.db"
KEY = "store.key"
BALLAST = "ballast"
BACKUPS = "backup"


@dataclass(frozen=True, slots=True)
class Session:
    """What one transaction may use."""

    sql: Connection
    sealer: Sealer


class Database:
    """Opens at the first transaction, again after every fault, and moves a broken file aside.

    Any thread may call it; transactions come one after the other.
    """

    def __init__(self, state_dir: Path, on_damage: Callable[[], None]) -> None:
        self._state_dir = state_dir
        self._on_damage = on_damage
        self._ballast = Ballast(state_dir / BALLAST)
        self._backups = Backups(state_dir / BACKUPS)
        self._lock = threading.RLock()
        self._session: Session | None = None

    def run(self, work: Callable[[Session], Result]) -> Result:
        """Do `work` in one transaction that may begin something new. Raises StoreError: nothing was done.

        Nothing new begins without the reserve of room that closing it may need.
        """
        with self._lock:
            try:
                self._make_room()
            except OSError as error:
                raise StoreError(store_code(error) or StoreCode.IO_ERROR) from None
            return self._attempt(work)

    def run_urgent(self, work: Callable[[Session], Result]) -> Result:
        """Do `work` that closes what was begun; on a full disk it may use the reserve of room."""
        with self._lock:
            try:
                return self._attempt(work)
            except StoreError as error:
                if error.code is not StoreCode.DISK_FULL or not self._ballast.release():
                    raise
            return self._attempt(work)

    def close(self) -> None:
        """Let go of the file. The next transaction opens it again."""
        with self._lock:
            session, self._session = self._session, None
            _let_go(session.sql if session else None)

    def _make_room(self) -> None:
        self._state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._ballast.restore()

    def _attempt(self, work: Callable[[Session], Result]) -> Result:
        try:
            session = self._session or self._open()
            with session.sql.begin():
                return work(session)
        except SealError:
            raise StoreError(StoreCode.DAMAGED) from None
        except (DBAPIError, SqliteError, OSError) as error:
            code = store_code(error)
            if code is None:
                raise
            if code is not StoreCode.DISK_FULL:
                # After a failed fsync the same descriptor must not be trusted again.
                self.close()
            raise StoreError(code) from None

    def _open(self) -> Session:
        self._state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        sealer = self._sealer()
        session = self._connect(sealer) or self._connect(sealer)
        if session is None:
            raise StoreError(StoreCode.DAMAGED)
        self._session = session
        return session

    def _connect(self, sealer: Sealer) -> Session | None:
        """None where the file was damaged, or sealed with a key that is lost; then it was moved aside."""
        path = self._state_dir / DATABASE
        path.touch(mode=0o600)
        sql = None
        try:
            sql = connect(path)
            if is_sound(sql):
                self._bring_up(sql, sealer)
                if claim_key(sql, sealer.key_id):
                    return Session(sql, sealer)
        except NewerSchemaError:
            _let_go(sql)
            raise StoreError(StoreCode.NEWER_SCHEMA) from None
        except (DBAPIError, SqliteError, OSError) as error:
            if store_code(error) is not StoreCode.DAMAGED:
                _let_go(sql)
                raise
        # Moved while it is open: closing first would write the WAL into the broken file and delete it.
        self._set_aside(DATABASE)
        _let_go(sql)
        return None

    def _bring_up(self, sql: Connection, sealer: Sealer) -> None:
        def keep_copy(version: int) -> None:
            self._backups.draft(sql)
            self._backups.keep_before(version)

        bring_up(sql, sealer, keep_copy)

    def _sealer(self) -> Sealer:
        path = self._state_dir / KEY
        try:
            return Sealer(load_or_create_key(path))
        except SealError:
            self._set_aside(KEY)
            return Sealer(load_or_create_key(path))

    def _set_aside(self, name: str) -> None:
        """Keep the file (and its WAL, under the name that belongs to it) for whoever can mend it."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        for suffix in ("", "-wal", "-shm", "-journal"):
            path = self._state_dir / f"{name}{suffix}"
            if path.exists():
                path.rename(self._state_dir / f"{name}.damaged-{stamp}{suffix}")
        self._on_damage()


def _let_go(sql: Connection | None) -> None:
    if sql is None:
        return
    with contextlib.suppress(DBAPIError, SqliteError):  # a broken descriptor is gone either way
        sql.close()
    sql.engine.dispose()
