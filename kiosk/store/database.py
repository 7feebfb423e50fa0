"""The one connection to the one database, and what happens when disk or file fail."""

from __future__ import annotations

import threading
from sqlite3 import Error as SqliteError
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError

from kiosk.domain.codes import StoreCode
from kiosk.domain.journal import StoreError
from kiosk.store.backup import COPIED_AT, Backups
from kiosk.store.ballast import Ballast
from kiosk.store.connection import claim_key, connect, is_sound, let_go
from kiosk.store.faults import store_code
from kiosk.store.meta_values import write_value
from kiosk.store.restore import Restorer, hold_wal, release_wal, set_aside
from kiosk.store.schema import NewerSchemaError, bring_up
from kiosk.store.sealing import Sealer, SealError, load_or_create_key
from kiosk.store.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

Result = TypeVar("Result")

DATABASE = "kiosk.db"
KEY = "store.key"
BALLAST = "ballast"
BACKUPS = "backup"


class Database:
    """Opens at the first transaction and again after every fault; a broken file is moved aside and restored.

    Any thread may call it; transactions come one after the other.
    """

    def __init__(
        self,
        state_dir: Path,
        on_damage: Callable[[], None],
        mark_gap: Callable[[Session, datetime | None], None],
    ) -> None:
        self._state_dir = state_dir
        self._on_damage = on_damage
        self._ballast = Ballast(state_dir / BALLAST)
        self._backups = Backups(state_dir / BACKUPS)
        self._restorer = Restorer(state_dir / DATABASE, self._backups, mark_gap)
        self._lock = threading.RLock()
        self._session: Session | None = None

    def run(self, work: Callable[[Session], Result]) -> Result:
        """Do `work` in one transaction that may begin something new. Raises StoreError: nothing was done.

        Nothing new begins without the reserve of room that closing it may need.
        """
        with self._lock:
            self._watch(self._make_room)
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

    def back_up(self, now: datetime) -> None:
        """Keep a checked copy of the whole file. Raises StoreError; the older copies stay then."""
        self.run(lambda session: write_value(session, COPIED_AT, now.isoformat()))
        with self._lock:
            self._watch(lambda: self._backups.draft(self._opened().sql))
        self._watch(lambda: self._backups.keep_nightly(now.date()))  # others may work meanwhile

    def close(self) -> None:
        """Let go of the file. The next transaction opens it again."""
        with self._lock:
            session, self._session = self._session, None
            let_go(session.sql if session else None)

    def _make_room(self) -> None:
        self._state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._ballast.restore()

    def _attempt(self, work: Callable[[Session], Result]) -> Result:
        def act() -> Result:
            session = self._opened()
            with session.sql.begin():
                return work(session)

        return self._watch(act)

    def _watch(self, act: Callable[[], Result]) -> Result:
        try:
            return act()
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

    def _opened(self) -> Session:
        if self._session is None:
            self._session = self._open()
        return self._session

    def _open(self) -> Session:
        self._state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        sealer = self._sealer()
        if self._restorer.is_lost():  # a kill between moving the broken file and putting another in its place
            self._restorer.restore(sealer)
            self._on_damage()
        session = self._connect(sealer)
        if session is None:
            self._restorer.restore(sealer)
            session = self._connect(sealer)
        if session is None:
            raise StoreError(StoreCode.DAMAGED)
        return session

    def _connect(self, sealer: Sealer) -> Session | None:
        """None where the file was damaged, or sealed with a key that is lost; then it was moved aside."""
        path = self._state_dir / DATABASE
        path.touch(mode=0o600)
        hold_wal(path)
        sql = None
        try:
            sql = connect(path)
            if is_sound(sql):
                self._bring_up(sql, sealer)
                if claim_key(sql, sealer.key_id):
                    release_wal(path)
                    return Session(sql, sealer)
        except NewerSchemaError:
            let_go(sql)
            raise StoreError(StoreCode.NEWER_SCHEMA) from None
        except (DBAPIError, SqliteError, OSError) as error:
            if store_code(error) is not StoreCode.DAMAGED:
                let_go(sql)
                raise
        # Moved while it is open: closing first would write the WAL into the broken file and delete it.
        self._restorer.set_aside()
        self._on_damage()
        let_go(sql)
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
            set_aside(path)
            self._on_damage()
            return Sealer(load_or_create_key(path))
