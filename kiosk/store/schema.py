"""Brings a file's tables to what this program knows, step by step, and keeps a copy of what was before."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from sqlalchemy import text

from kiosk.store.tables import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from kiosk.store.sealing import Sealer
    from kiosk.store.steps import Steps

_WITHOUT_ALEMBIC = 1  # the version of files that were made before there were migrations


class NewerSchemaError(Exception):
    """The file was written by a newer program than this one: it is not touched."""


def schema_of(sql: Connection) -> int:
    """The version of the tables in this file; 0 = there are none yet."""
    with sql.begin():
        return int(sql.execute(text("PRAGMA user_version")).scalar_one())


def bring_up(sql: Connection, sealer: Sealer, keep_copy: Callable[[int], None]) -> None:
    """Bring the file to this program's version. `keep_copy` is asked before rows are moved.

    A new file gets its tables in one transaction, an older one a transaction for each step.
    Raises NewerSchemaError.
    """
    version = schema_of(sql)
    if version > SCHEMA_VERSION:
        raise NewerSchemaError
    if version == SCHEMA_VERSION:
        return
    # By name: a start that finds everything in order needs neither the memory nor the time that it takes.
    steps: Steps = importlib.import_module("kiosk.store.steps").Steps(sql, sealer)
    if version == 0:
        with sql.begin():
            steps.climb()
        return
    keep_copy(version)
    _switch_foreign_keys(sql, on=False)  # a table that is copied is dropped under those who point to it
    try:
        if version == _WITHOUT_ALEMBIC:
            steps.stamp(revision_of(_WITHOUT_ALEMBIC))
            sql.rollback()  # what Alembic began only to look; a step must begin its own transaction
        steps.climb()
    finally:
        sql.rollback()
        _switch_foreign_keys(sql, on=True)
    if schema_of(sql) != SCHEMA_VERSION:
        raise RuntimeError("the way up did not lead to this program's version")


def revision_of(version: int) -> str:
    """What Alembic calls a version."""
    return f"{version:04d}"


def _switch_foreign_keys(sql: Connection, *, on: bool) -> None:
    # Past SQLAlchemy, which would begin a transaction; within one this pragma does nothing.
    raw = sql.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys = {int(on)}")
