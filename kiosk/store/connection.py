"""How the database is opened: one connection, durable at every commit, nobody else beside it."""

from __future__ import annotations

import contextlib
from sqlite3 import Error as SqliteError
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, StaticPool, create_engine, event, insert, select, text
from sqlalchemy.exc import DBAPIError

from kiosk.store.tables import meta

if TYPE_CHECKING:
    from pathlib import Path

_BUSY_TIMEOUT_S = 2.0
_KEY_ID = "key_id"

_PRAGMAS = (
    "locking_mode=EXCLUSIVE",  # before WAL: then there is no -shm, and nobody else can open the file
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL loses acknowledged rows at a power cut
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    f"journal_size_limit={16 * 1024 * 1024}",
)


def connect(path: Path) -> Connection:
    """The one connection. Raises sqlite3.Error or sqlalchemy's DBAPIError."""
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=StaticPool,
        hide_parameters=True,  # an error text must not quote what was to be stored
        connect_args={"check_same_thread": False, "timeout": _BUSY_TIMEOUT_S},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin_immediate)
    return engine.connect()


def is_sound(sql: Connection) -> bool:
    """False where the file's structure is broken."""
    with sql.begin():
        return bool(sql.execute(text("PRAGMA quick_check(1)")).scalar() == "ok")


def claim_key(sql: Connection, key_id: str) -> bool:
    """True where the fields of this file are sealed with this key; a file without any takes it as its own."""
    query = select(meta.c.value).where(meta.c.key == _KEY_ID)
    with sql.begin():
        known = sql.execute(query).scalar_one_or_none()
        if known is None:
            sql.execute(insert(meta).values(key=_KEY_ID, value=key_id))
    return known in {None, key_id}


def let_go(sql: Connection | None) -> None:
    """Close it, and with it the file."""
    if sql is None:
        return
    with contextlib.suppress(DBAPIError, SqliteError):  # a broken descriptor is gone either way
        sql.close()
    sql.engine.dispose()


def _set_up(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # the driver's own implicit BEGIN would come too late
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")


def _begin_immediate(sql: Connection) -> None:
    sql.exec_driver_sql("BEGIN IMMEDIATE")
