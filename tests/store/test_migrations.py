"""Files of older programs are brought up with every row they hold; files of newer ones are left alone."""

from __future__ import annotations

import contextlib
import logging
import os
import random
import signal
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from kiosk.domain.codes import StoreCode
from kiosk.domain.issuance import IssuanceState, ReservedNumber, Settlement
from kiosk.domain.journal import StoreError
from kiosk.store.schema import revision_of
from kiosk.store.steps import _FOLDER
from kiosk.store.tables import SCHEMA_VERSION, metadata
from tests.store.builders import CITIZEN_KEY, Bench, print_one, reservation
from tests.store.first_schema import TABLES, first_contents, number_of, write_first_store
from tests.torture.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path

    from backend_client.contract import RecordItem

SEED = 20261123


def shape_of(sql: sqlite3.Connection) -> set[str]:
    """How each table and index was made, without the freedom that SQL leaves in writing it down."""
    rows = sql.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%'")
    return {"".join(row[0].replace('"', "").split()) for row in rows}


def shape_of_file(path: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(path)) as sql:
        return shape_of(sql)


def shape_of_tables(path: Path) -> set[str]:
    metadata.create_all(create_engine(f"sqlite:///{path}"))
    return shape_of_file(path)


def old_bench(directory: Path, numbers: int = 12, owed: int = 5) -> Bench:
    write_first_store(directory / "state", numbers, owed)
    return Bench(directory / "state")


def test_the_migrations_lead_to_the_very_tables_of_the_program(bench: Bench, tmp_path: Path) -> None:
    bench.store.probe()
    bench.store.close()

    assert shape_of_file(bench.state_dir / "kiosk.db") == shape_of_tables(tmp_path / "wanted.db")


def test_an_old_file_gets_the_very_tables_of_the_program(tmp_path: Path) -> None:
    bench = old_bench(tmp_path)

    bench.store.probe()
    bench.store.close()

    assert shape_of_file(bench.state_dir / "kiosk.db") == shape_of_tables(tmp_path / "wanted.db")


def test_the_first_step_is_what_the_first_program_made(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as sql:
        for table in TABLES:
            sql.execute(table)
        first = shape_of(sql)
    bench = old_bench(tmp_path)
    kept = bench.state_dir / "backup" / "schema-1.db"

    bench.store.probe()

    assert shape_of_file(kept) == first


def test_the_last_step_has_the_version_of_the_program() -> None:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))

    assert ScriptDirectory.from_config(config).get_heads() == [revision_of(SCHEMA_VERSION)]


def test_an_old_file_keeps_every_row(tmp_path: Path) -> None:
    bench = old_bench(tmp_path)
    before = first_contents(bench.state_dir / "kiosk.db")

    bench.store.outbox.wait()
    bench.store.close()

    assert first_contents(bench.state_dir / "kiosk.db") == before
    assert bench.damages == 0


def test_what_an_old_file_owes_is_delivered_as_it_was_written(tmp_path: Path) -> None:
    bench = old_bench(tmp_path, numbers=12, owed=5)

    due = bench.store.outbox.due(50)

    assert [number(row.item) for row in due] == [number_of(serial) for serial in range(8, 13)]
    assert {row.item.schema_version for row in due} == {1}


def number(item: RecordItem) -> str:
    return str(getattr(item.body, "number", ""))


def test_old_numbers_that_owe_nothing_count_as_acknowledged(tmp_path: Path) -> None:
    bench = old_bench(tmp_path, numbers=12, owed=5)
    bench.store.probe()
    bench.store.close()

    with contextlib.closing(sqlite3.connect(bench.state_dir / "kiosk.db")) as sql:
        acknowledged = sql.execute("SELECT number FROM issuance WHERE acknowledged_at <> '' ORDER BY number")
        tied = sql.execute(
            "SELECT number FROM outbox JOIN issuance ON issuance.id = outbox.issuance ORDER BY seq"
        )

        assert [row[0] for row in acknowledged] == [number_of(serial) for serial in range(1, 8)]
        assert [row[0] for row in tied] == [number_of(serial) for serial in range(8, 13)]


def test_an_old_number_that_was_open_is_settled_for_its_old_applicant(tmp_path: Path) -> None:
    """Its applicant was sealed before numbers had keys of their own."""
    bench = old_bench(tmp_path, numbers=3, owed=0)

    (left_open,) = bench.store.issuances.open_issuances()
    bench.store.issuances.settle(left_open.issuance, Settlement(IssuanceState.VOIDED, "KSK-00"))

    (owed,) = bench.store.outbox.due(50)
    assert getattr(owed.item.body, "citizen_key", "") == CITIZEN_KEY


def test_an_old_file_goes_on_giving_out_numbers(tmp_path: Path) -> None:
    bench = old_bench(tmp_path, numbers=3, owed=0)

    reserved = bench.store.issuances.reserve(reservation())

    assert isinstance(reserved, ReservedNumber)
    assert reserved.number.startswith("610525001003-JZ-2026-000005-")
    assert print_one(bench.store)


def test_a_checked_copy_of_the_old_file_is_kept(tmp_path: Path) -> None:
    bench = old_bench(tmp_path)
    before = first_contents(bench.state_dir / "kiosk.db")
    kept = bench.state_dir / "backup" / "schema-1.db"

    bench.store.probe()

    assert first_contents(kept) == before
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_newer_file_is_not_touched(bench: Bench) -> None:
    bench.store.probe()
    bench.store.close()
    path = bench.state_dir / "kiosk.db"
    with contextlib.closing(sqlite3.connect(path)) as sql:
        sql.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    content = path.read_bytes()
    newer = bench.reopen()

    with pytest.raises(StoreError) as caught:
        newer.probe()

    assert caught.value.code is StoreCode.NEWER_SCHEMA
    assert path.read_bytes() == content
    assert bench.damages == 0


def test_the_way_up_does_not_depend_on_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = nowhere\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    handlers, level = list(logging.root.handlers), logging.root.level
    bench = old_bench(tmp_path)

    bench.store.probe()

    assert (logging.root.handlers, logging.root.level) == (handlers, level)


def version_of(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as sql:
        return int(sql.execute("PRAGMA user_version").fetchone()[0])


def kill_at_write(bench: Bench, count: int) -> bool:
    """Open the store in a process that dies at its write number `count`; False where it came through."""
    child = os.fork()
    if child == 0:
        left = count

        def die(_operation: str) -> int:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return 0

        with Disk(bench.state_dir, fault=die):
            bench.store.probe()
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_a_kill_between_any_two_writes_of_a_step_loses_nothing(tmp_path: Path) -> None:
    dice = random.Random(SEED)  # noqa: S311 - a test, repeatable by its seed
    kills = 0

    for round_ in range(30):
        bench = old_bench(tmp_path / str(round_), numbers=80, owed=20)
        before = first_contents(bench.state_dir / "kiosk.db")
        for _ in range(3):  # and again, while the next process goes on
            kills += kill_at_write(bench, dice.randrange(150))
        bench.store.probe()
        bench.store.close()
        after = first_contents(bench.state_dir / "kiosk.db")
        after["meta"] = [row for row in after["meta"] if row[0] != "probe"]
        assert (after["issuance"], after["outbox"]) == (before["issuance"], before["outbox"])
        assert set(before["meta"]) <= set(after["meta"])
        assert version_of(bench.state_dir / "kiosk.db") == SCHEMA_VERSION
        assert bench.damages == 0

    assert kills > 30
