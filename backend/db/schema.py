"""Brings the tables of a database to what this program knows: all steps in one transaction, or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FOLDER = Path(__file__).parent / "migrations"
_WITHOUT_ALEMBIC = "0001"  # databases from before there were migrations


class NewerSchemaError(Exception):
    """The database was written by a newer program than this one: it is not touched."""


def newest_schema() -> str:
    """What Alembic calls the tables of this program."""
    return str(ScriptDirectory(str(_FOLDER)).get_current_head())


def schema_of(connection: Connection) -> str:
    """What Alembic calls the tables of this database; "" = there are none yet.

    Raises NewerSchemaError where this program does not know them.
    """
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        return _WITHOUT_ALEMBIC if inspect(connection).has_table("record_items") else ""
    if found > newest_schema():
        raise NewerSchemaError(
            f"the database has schema {found}, this program knows {newest_schema()} at most"
        )
    return found


def bring_up(connection: Connection) -> None:
    """Take all steps that this database lacks, in the caller's transaction. Raises NewerSchemaError."""
    if connection.dialect.name == "postgresql":
        # Programs that start at once wait for each other here; SQLite lets one write at a time anyway.
        connection.execute(text("SELECT pg_advisory_xact_lock(610525)"))
    config = Config()  # of no file: nothing of it may depend on where the program was started
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    if schema_of(connection) == _WITHOUT_ALEMBIC:
        command.stamp(config, _WITHOUT_ALEMBIC)
    command.upgrade(config, "head")
