"""A file of the second version: every row stays, and all its jobs were the page printer's."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

from alembic import command
from sqlalchemy import create_engine

from kiosk.domain.bench import PaperCount
from kiosk.store.sealing import Sealer
from kiosk.store.steps import Steps
from tests.store.builders import Bench
from tests.store.first_schema import MASTER_KEY, write_first_store

if TYPE_CHECKING:
    from pathlib import Path

LEDGER_ROW = (0, '{"kind":"reserved"}')


def second_store(state_dir: Path) -> Bench:
    """A file that the second version made of one of the first."""
    write_first_store(state_dir, numbers=6, owed=2)
    engine = create_engine(f"sqlite:///{state_dir / 'kiosk.db'}")
    with engine.connect() as sql:
        steps = Steps(sql, Sealer(MASTER_KEY))
        steps.stamp("0001")
        sql.rollback()
        command.upgrade(steps._config, "0002")
    engine.dispose()
    with contextlib.closing(sqlite3.connect(state_dir / "kiosk.db")) as file, file:
        file.execute("INSERT INTO ledger_entry VALUES (?, ?)", LEDGER_ROW)
        file.execute("UPDATE issuance SET superseded_by = 'other' WHERE state = 'prepared'")
    return Bench(state_dir)


def rows_of(path: Path, tables: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    with contextlib.closing(sqlite3.connect(path)) as sql:
        return {
            table: sql.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1").fetchall()  # noqa: S608 - ours
            for table, columns in tables.items()
        }


def columns_of(path: Path) -> dict[str, list[str]]:
    """All tables but the store's and Alembic's own notes."""
    with contextlib.closing(sqlite3.connect(path)) as sql:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        names = [row[0] for row in sql.execute(query)]
        return {
            name: [f'"{row[1]}"' for row in sql.execute(f"PRAGMA table_info({name})")]
            for name in names
            if name not in {"meta", "alembic_version"}
        }


def test_a_second_file_keeps_every_row(tmp_path: Path) -> None:
    bench = second_store(tmp_path / "state")
    path = bench.state_dir / "kiosk.db"
    columns = columns_of(path)
    before = rows_of(path, columns)

    bench.store.outbox.wait()
    bench.store.close()

    assert rows_of(path, columns) == before
    assert before["ledger_entry"] == [LEDGER_ROW]
    assert len(before["issuance"]) == 7
    assert bench.damages == 0


def test_jobs_of_a_second_file_were_the_page_printers(tmp_path: Path) -> None:
    bench = second_store(tmp_path / "state")

    (left_open,) = bench.store.issuances.open_issuances()

    assert left_open.printer == ""
    assert bench.store.bench.count() == PaperCount(0, None)


def test_a_copy_of_the_second_file_is_kept(tmp_path: Path) -> None:
    bench = second_store(tmp_path / "state")

    bench.store.outbox.wait()

    kept = bench.state_dir / "backup" / "schema-2.db"
    assert "printer" not in str(columns_of(kept)["issuance"])
