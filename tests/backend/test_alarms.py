"""Alarms: told once, counted as long as they go on, listed for whoever looks after the kiosks."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from backend.__main__ import main
from backend.db.alarms import AlarmKind, list_alarms, raise_alarm
from backend.wiring import open_database

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from backend.db.database import Database

HERE, THERE = ("610525", "CG-KSK-03"), ("610525", "CG-KSK-04")
NOW = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)


def ring(
    database: Database, kind: AlarmKind, detail: str, kiosk: tuple[str, str] = HERE, minutes: int = 0
) -> None:
    moment = NOW + timedelta(minutes=minutes)
    database.write(lambda connection: raise_alarm(connection, kiosk, kind, detail, moment))


def test_the_same_alarm_is_counted_and_dated(tmp_path: Path) -> None:
    with closing(open_database(tmp_path, "")) as database:
        for minutes in range(3):
            ring(database, AlarmKind.LEDGER_FORK, "ledger a", minutes=minutes)
        (alarm,) = database.read(list_alarms)

    assert (alarm.times, alarm.raised_at, alarm.last_at) == (3, NOW, NOW + timedelta(minutes=2))


def test_another_kiosk_kind_or_matter_is_another_alarm(tmp_path: Path) -> None:
    with closing(open_database(tmp_path, "")) as database:
        ring(database, AlarmKind.LEDGER_FORK, "ledger a")
        ring(database, AlarmKind.LEDGER_FORK, "ledger b")
        ring(database, AlarmKind.LEDGER_SHORTER, "ledger a")
        ring(database, AlarmKind.LEDGER_FORK, "ledger a", THERE)

        assert [alarm.times for alarm in database.read(list_alarms)] == [1] * 4


def test_the_list_begins_with_the_newest(tmp_path: Path) -> None:
    with closing(open_database(tmp_path, "")) as database:
        ring(database, AlarmKind.LEDGER_FORK, "first")
        ring(database, AlarmKind.LEDGER_FORK, "second", minutes=1)
        ring(database, AlarmKind.LEDGER_FORK, "first", minutes=2)

        assert [alarm.detail for alarm in database.read(list_alarms)] == ["first", "second"]


def test_a_detail_beyond_all_measure_is_cut(tmp_path: Path) -> None:
    with closing(open_database(tmp_path, "")) as database:
        for _ in range(2):
            ring(database, AlarmKind.LEDGER_UNREADABLE, "x" * 1000)
        (alarm,) = database.read(list_alarms)

    assert (len(alarm.detail), alarm.times) == (400, 2)


def test_the_command_lists_them_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_database(tmp_path, "")) as database:
        ring(database, AlarmKind.LEDGER_FORK, "ledger a")
        ring(database, AlarmKind.LEDGER_FORK, "ledger a", minutes=1)

    assert main(["alarms", "--state", str(tmp_path)]) == 0

    assert capsys.readouterr().out.splitlines() == ["2026-11-23 09:42 CG-KSK-03 ledger_fork x2: ledger a"]
