"""Databases of older programs are brought up with every row they hold; those of newer ones are left alone."""

from __future__ import annotations

import io
import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from backend.__main__ import main
from backend.db import schema
from backend.db.database import Database
from backend.db.households import find_household
from backend.db.kiosks import Kiosk
from backend.db.records import store_items
from backend.db.register_changes import change_household, state_of
from backend.db.schema import NewerSchemaError, newest_schema
from backend.db.tables import METADATA, kiosks
from backend.db.verification import verify
from backend.received_items import ReceivedItem, read_item
from backend_client.contract import VerificationState, check_code
from tests.backend.intake import RECEIVED

if TYPE_CHECKING:
    from sqlalchemy import Connection

# What the program of the commit 91822d1 wrote: two invented households, one kiosk, four records.
FIRST = Path(__file__).with_name("platform_0001.sql").read_text(encoding="utf-8")
KIOSK = Kiosk("610525", "CG-KSK-03", "610525001003")
PRINTED = "610525001003-JZ-2026-000001-2"

Rows = dict[str, list[dict[str, Any]]]


def old_file(directory: Path) -> Path:
    path = directory / "platform.sqlite"
    with closing(sqlite3.connect(path)) as sql:
        sql.executescript(FIRST)
    return path


def open_at(path: Path) -> Database:
    return Database(f"sqlite:///{path}")


def shape_of(path: Path) -> set[str]:
    """How each table and index was made, without the freedom that SQL leaves in writing it down."""
    with closing(sqlite3.connect(path)) as sql:
        made = sql.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
        )
        return {"".join(row[0].replace('"', "").split()) for row in made}


def shape_of_tables(path: Path) -> set[str]:
    METADATA.create_all(create_engine(f"sqlite:///{path}"))
    return shape_of(path)


def rows_of(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as sql:
        sql.row_factory = sqlite3.Row
        names = [row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [dict(row) for row in sql.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2, 3')]  # noqa: S608
            for name in names
            if name != "alembic_version"
        }


def version_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as sql:
        return [row[0] for row in sql.execute("SELECT version_num FROM alembic_version")]


def test_a_new_database_gets_the_very_tables_of_the_program(tmp_path: Path) -> None:
    open_at(tmp_path / "new.sqlite").close()

    assert shape_of(tmp_path / "new.sqlite") == shape_of_tables(tmp_path / "wanted.sqlite")
    assert version_of(tmp_path / "new.sqlite") == [newest_schema()]


def test_an_old_database_gets_the_very_tables_of_the_program(tmp_path: Path) -> None:
    path = old_file(tmp_path)

    open_at(path).close()

    assert shape_of(path) == shape_of_tables(tmp_path / "wanted.sqlite")
    assert version_of(path) == [newest_schema()]


def test_the_first_step_is_what_the_first_program_made(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'first.sqlite'}")
    with engine.begin() as connection:
        command.upgrade(config_of(connection=connection), "0001")

    assert shape_of(tmp_path / "first.sqlite") == shape_of(old_file(tmp_path))


def test_an_old_database_keeps_every_row(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    before = rows_of(path)

    open_at(path).close()

    after = rows_of(path)
    assert all(before.values())  # the comparison is worth nothing for a table without rows
    for name, rows in before.items():
        assert [{column: row[column] for column in rows[0]} for row in after[name]] == rows


def test_old_papers_stay_verifiable_as_first_attempts(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    code_key = rows_of(path)["number_blocks"][0]["code_key"]
    with closing(open_at(path)) as database:
        code = check_code(code_key, PRINTED)
        found = database.read(lambda connection: verify(connection, PRINTED, code, RECEIVED))

    assert found.state is VerificationState.VALID
    assert {row["attempt"] for row in rows_of(path)["certificates"]} == {1}


def test_a_record_from_before_is_still_a_duplicate(tmp_path: Path) -> None:
    """Its receipt was lost, and the kiosk sends it again to the new program."""
    path = old_file(tmp_path)
    sent = [json.loads(row["body"]) for row in rows_of(path)["record_items"]]
    items = tuple(item for item in map(read_item, sent) if isinstance(item, ReceivedItem))
    with closing(open_at(path)) as database:
        verdicts = database.write(lambda connection: store_items(connection, KIOSK, items, RECEIVED))

    assert [verdicts[place].verdict for place in range(4)] == ["duplicate"] * 4


def test_an_old_register_can_be_followed(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    key = rows_of(path)["members"][0]["citizen_key"]
    with closing(open_at(path)) as database:
        seqs = [database.write(lambda c: change_household(c, "HH000001", {"grid": 10})) for _ in range(2)]
        state = database.read(lambda connection: state_of(connection, "610525"))
        found = database.read(lambda connection: find_household(connection, "610525", key, RECEIVED))

    assert seqs == [1, 2]
    assert (len(state.generation), state.seq) == (32, 2)
    assert found is not None
    assert found.household_id == "HH000001"


def test_a_newer_database_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "platform.sqlite"
    open_at(path).close()
    with closing(sqlite3.connect(path)) as sql, sql:
        sql.execute("UPDATE alembic_version SET version_num = '9999'")
    before = rows_of(path), shape_of(path)

    with pytest.raises(NewerSchemaError):
        open_at(path)

    assert main(["alarms", "--state", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (rows_of(path), shape_of(path), version_of(path)) == (*before, ["9999"])


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    """The whole way up is one transaction: whatever stops it, the old database is there as it was."""
    path = old_file(tmp_path)
    with closing(sqlite3.connect(path)) as sql, sql:
        sql.execute(
            "CREATE TABLE card_hardness (a TEXT, b TEXT, c TEXT)"
        )  # in the way of the very last statement
    before = rows_of(path), shape_of(path)

    with pytest.raises(SQLAlchemyError):
        open_at(path)

    assert (rows_of(path), shape_of(path)) == before


def test_programs_that_start_at_once_take_the_steps_once(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    failures: list[BaseException] = []

    def start() -> None:
        # A database object of its own stands for a process of its own: they share only the file.
        with closing(open_at(path)) as database:
            database.read(lambda connection: connection.execute(select(kiosks)).all())

    threads = [threading.Thread(target=start) for _ in range(4)]
    hook, threading.excepthook = threading.excepthook, lambda caught: failures.append(caught.exc_value)  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    threading.excepthook = hook

    assert failures == []
    assert version_of(path) == [newest_schema()]


def test_the_way_up_does_not_depend_on_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = nowhere\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    open_at(tmp_path / "new.sqlite").close()

    assert version_of(tmp_path / "new.sqlite") == [newest_schema()]


def test_the_steps_can_be_written_down_for_postgresql() -> None:
    """Nothing of SQLite alone is in them; whether the server takes them, only a server can tell."""
    written = io.StringIO()
    config = config_of(connection=None, dialect="postgresql")
    config.output_buffer = written

    command.upgrade(config, "head", sql=True)

    words = written.getvalue()
    assert all(f"CREATE TABLE {name}" in words for name in ("kiosks", "households_next", "ledgers"))
    assert "TIMESTAMP WITH TIME ZONE" in words
    assert "PRAGMA" not in words


def config_of(**attributes: Connection | str | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(schema._FOLDER))
    config.attributes.update(attributes)
    return config
