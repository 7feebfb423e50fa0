"""After a damaged or lost file: the newest sound copy is put in its place, and the gap is marked in it."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from datetime import UTC, datetime
from sqlite3 import Error as SqliteError
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from kiosk.domain.codes import StoreCode
from kiosk.store.backup import COPIED_AT, check_room, sync
from kiosk.store.connection import claim_key, connect, is_sound, let_go
from kiosk.store.faults import store_code
from kiosk.store.schema import NewerSchemaError, bring_up
from kiosk.store.session import Session
from kiosk.store.tables import meta

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

    from kiosk.store.backup import Backups
    from kiosk.store.sealing import Sealer

_SIDE_FILES = ("", "-wal", "-shm", "-journal")


class Restorer:
    """Puts a store back at `path`. A kill at any moment is harmless: the next start begins again.

    `mark_gap` is called in the transaction that makes the copy this kiosk's store, with the time that it
    was made, None = there was no copy.
    """

    def __init__(
        self, path: Path, backups: Backups, mark_gap: Callable[[Session, datetime | None], None]
    ) -> None:
        self._path = path
        self._backups = backups
        self._mark_gap = mark_gap

    def is_lost(self) -> bool:
        """True where there was a store once, and none lies there now."""
        if self._path.exists() and self._path.stat().st_size > 0:
            return False
        aside = self._path.parent.glob(f"{self._path.name}.damaged-*")
        return bool(self._backups.newest_first()) or any(aside)

    def set_aside(self) -> None:
        """Keep the file (and its WAL, under the name that belongs to it) for whoever can mend it."""
        set_aside(self._path)

    def restore(self, sealer: Sealer) -> None:
        """Put the newest sound copy there, or an empty store, with the gap marked. Raises as connect does."""
        self.set_aside()  # a WAL that was left alone belongs to another file than the one that comes now
        for copy in self._backups.newest_first():
            if self._revive(copy, sealer):
                return
        self._revive(None, sealer)

    def _revive(self, copy: Path | None, sealer: Sealer) -> bool:
        draft = self._path.with_suffix(".new")
        for suffix in _SIDE_FILES:
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if copy:
            check_room(draft.parent, copy.stat().st_size)
            shutil.copyfile(copy, draft)
        sql = None
        try:
            sql = connect(draft)
            if not self._is_ours(sql, sealer):
                return False
            with sql.begin():
                self._mark_gap(Session(sql, sealer), _made_at(sql, copy))
            _write_home(sql)
        except (DBAPIError, SqliteError) as error:
            if copy is None or store_code(error) is not StoreCode.DAMAGED:
                raise
            return False
        finally:
            let_go(sql)
        sync(draft)
        draft.rename(self._path)
        sync(self._path.parent)
        return True

    def _is_ours(self, sql: Connection, sealer: Sealer) -> bool:
        if not is_sound(sql):
            return False
        with contextlib.suppress(NewerSchemaError):
            bring_up(sql, sealer, lambda _version: None)  # the copy itself stays
            return claim_key(sql, sealer.key_id)
        return False


def hold_wal(path: Path) -> None:
    """Keep the WAL under a second name while the file is opened.

    A file whose list of tables is broken cannot be opened, and closing it again deletes its WAL.
    """
    release_wal(path)
    with contextlib.suppress(OSError):  # none there; or a file system that knows no second names
        _held(path).hardlink_to(path.with_name(path.name + "-wal"))


def release_wal(path: Path) -> None:
    """The file is open and whole: its WAL needs no second name."""
    _held(path).unlink(missing_ok=True)


def _held(path: Path) -> Path:
    return path.with_name(path.name + "-wal.held")


def set_aside(path: Path) -> None:
    """Give the file and what belongs to it a name that tells when it was found damaged."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    wal = path.with_name(path.name + "-wal")
    if _held(path).exists() and not wal.exists():
        _held(path).rename(wal)
    release_wal(path)
    for suffix in _SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.rename(path.with_name(f"{path.name}.damaged-{stamp}{suffix}"))


def _made_at(sql: Connection, copy: Path | None) -> datetime | None:
    if copy is None:
        return None
    noted = sql.execute(select(meta.c.value).where(meta.c.key == COPIED_AT)).scalar_one_or_none()
    return datetime.fromisoformat(noted) if noted else datetime.fromtimestamp(copy.stat().st_mtime, UTC)


def _write_home(sql: Connection) -> None:
    """All of it into the one file that is renamed: its WAL would stay behind."""
    busy, left, done = sql.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy or left != done:
        raise OSError(errno.EIO, "the copy could not be written whole")
