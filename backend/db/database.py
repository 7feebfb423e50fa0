from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import IntegrityError

from backend.db.schema import bring_up, newest_schema, schema_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

Result = TypeVar("Result")

_LONGEST_WAIT_S = 10.0
_ASK_AGAIN_S = 0.02
_PRAGMAS = (
    "synchronous=FULL",  # what a kiosk was told is stored must survive a power cut
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
_ATTEMPTS = 3


class Database:
    """The platform's database behind any SQLAlchemy address; brings its tables up when it opens.

    `read` and `write` run one function in one transaction of its own. Thread-safe. Opening raises
    NewerSchemaError where a newer program wrote the database.
    """

    def __init__(self, url: str) -> None:
        # Parameters stay out of error texts, because error texts end up in logs.
        self._engine = create_engine(url, hide_parameters=True, pool_size=16, max_overflow=0)
        self._writer: AbstractContextManager[Any] = nullcontext()
        if self._engine.dialect.name == "sqlite":
            # SQLite before 3.51.3 may damage a file when two connections write or checkpoint at the
            # same instant (sqlite.org/wal.html#walresetbug); it has one writer at a time anyway.
            self._writer = threading.Lock()
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        if self.read(schema_of) != newest_schema():
            self.write(bring_up)  # looks again: another process may have been faster

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` reads, from one consistent state."""
        with self._engine.connect() as connection:
            return work(connection)

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` returns, once everything it wrote is durable.

        `work` may run again: when another process wrote the same key first, the second run finds it.
        """
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._write_once(work)
            except IntegrityError:
                continue
        return self._write_once(work)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def _write_once(self, work: Callable[[Connection], Result]) -> Result:
        with self._writer, self._engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                return work(connection)


def check_readable(connection: Connection) -> None:
    """Raise where the database does not answer."""
    connection.execute(text("SELECT 1"))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the begin event below decides how a transaction starts
    connection.execute(f"PRAGMA busy_timeout={_LONGEST_WAIT_S * 1000:.0f}")
    _keep_a_log(connection)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _keep_a_log(connection: Any) -> None:
    """Write-ahead logging. SQLite refuses it at once while several programs open an old file together."""
    end = time.monotonic() + _LONGEST_WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(_ASK_AGAIN_S)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would otherwise fail when another one wrote between.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
