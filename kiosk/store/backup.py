"""Copies of the database beside it: written whole, checked, and only then given their name."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

KEPT = 7
COPIED_AT = "copied_at"  # in a copy: when it was made
SPARE_BYTES = 8 * 1024 * 1024  # a copy must leave the kiosk this much to work with
_NIGHTLY = re.compile(r"kiosk-(\d{6,})-\d{8}\.db")
_BEFORE = re.compile(r"schema-(\d+)\.db")
_DRAFT = "draft.db"


class UnsoundCopyError(OSError):
    """The disk does not give back what was copied; the copies that were there before stay."""


class Backups:
    """The copies in `folder`. They are numbered, because a date says little where clocks may be wrong."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest_first(self) -> tuple[Path, ...]:
        """Every copy that may be restored: the nightly ones, then those from before a new schema."""
        nightly = sorted(self._matching(_NIGHTLY), key=_number, reverse=True)
        before = sorted(self._matching(_BEFORE), key=_number, reverse=True)
        return (*nightly, *before)

    def draft(self, sql: Connection) -> Path:
        """Copy the database into a draft. Raises OSError where there is no room, sqlite3.Error.

        The connection must be in no transaction, and nobody else may use it meanwhile.
        """
        self._folder.mkdir(mode=0o700, exist_ok=True)
        draft = self._folder / _DRAFT
        self.drop_draft()
        source: Any = sql.connection.dbapi_connection
        check_room(self._folder, _size(source))
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as target:
                target.execute("PRAGMA journal_mode = OFF")  # a draft that is cut short is thrown away
                source.backup(target)
        except sqlite3.Error:
            self.drop_draft()
            raise
        return draft

    def keep_nightly(self, on: date) -> Path:
        """Check the draft and keep it as tonight's copy. Raises UnsoundCopyError, OSError."""
        newest = max((_number(path) for path in self._matching(_NIGHTLY)), default=0)
        kept = self._keep(f"kiosk-{newest + 1:06d}-{on:%Y%m%d}.db")
        self._forget_old()
        return kept

    def keep_before(self, version: int) -> Path:
        """Check the draft and keep it as what was there before a newer schema."""
        return self._keep(f"schema-{version}.db")

    def drop_draft(self) -> None:
        """Nothing stays of a copy that was cut short."""
        for suffix in ("", "-journal", "-wal", "-shm"):
            (self._folder / f"{_DRAFT}{suffix}").unlink(missing_ok=True)

    def _keep(self, name: str) -> Path:
        draft, final = self._folder / _DRAFT, self._folder / name
        sync(draft)
        if not is_sound_copy(draft):
            self.drop_draft()
            raise UnsoundCopyError
        draft.rename(final)
        sync(self._folder)
        sync(self._folder.parent)
        return final

    def _forget_old(self) -> None:
        nightly = sorted(self._matching(_NIGHTLY), key=_number, reverse=True)
        for path in nightly[KEPT:]:
            path.unlink()
        if len(nightly) >= KEPT:  # by now the nightly copies say it all; persons must not stay for ever
            for path in self._matching(_BEFORE):
                path.unlink()

    def _matching(self, pattern: re.Pattern[str]) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in self._folder.iterdir() if pattern.fullmatch(path.name))


def is_sound_copy(path: Path) -> bool:
    """True where the file is a whole database; it is opened for reading only."""
    try:
        with contextlib.closing(open_copy(path)) as sql:
            return bool(sql.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def open_copy(path: Path) -> sqlite3.Connection:
    """The file as it lies there: nothing is locked, nothing is written beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def check_room(folder: Path, needed_bytes: int) -> None:
    """Raises OSError (disk full) where so much more would leave the kiosk too little."""
    if shutil.disk_usage(folder).free < needed_bytes + SPARE_BYTES:
        raise OSError(errno.ENOSPC, "no room for a copy")


def sync(path: Path) -> None:
    """Return when the file, or what stands in the folder, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _size(source: Any) -> int:
    pages = source.execute("PRAGMA page_count").fetchone()[0]
    return int(pages * source.execute("PRAGMA page_size").fetchone()[0])


def _number(path: Path) -> int:
    found = _NIGHTLY.fullmatch(path.name) or _BEFORE.fullmatch(path.name)
    return int(found.group(1)) if found else 0
