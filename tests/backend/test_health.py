"""Heartbeats: how each kiosk is now, its history in changes, five minutes in a row; silence is unknown."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import requests
from sqlalchemy import func, select

from backend.__main__ import main
from backend.db.health import INTERVAL_S, KioskHealth, list_changes, list_states, take_beat
from backend.db.health_tables import health_rollups, kiosk_states, state_changes
from backend.db.kiosks import enrol
from backend.health_lines import describe_fleet, describe_state
from backend.web.figures import exposition
from backend.wiring import open_database
from backend_client.contract import ClockState, Heartbeat, Machine, Paper
from tests.backend.intake import KIOSK, RECEIVED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from backend.db.database import Database
    from backend.db.health import KioskState
    from tests.backend.platform_fixtures import Town

MINUTE = timedelta(minutes=1)


def beat(seq: int = 1, **told: Any) -> Heartbeat:
    facts = {"boot": "a1", "up_s": 60 * seq, "wall": RECEIVED, "clock": ClockState.SYNCED}
    versions = {"app": "0.1.0", "os": "Debian 12", "sqlite": "3.40.1", "config": "00c0ffee"}
    return Heartbeat.model_validate({"seq": seq, **facts, **versions, **told})


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(open_database(tmp_path, "")) as opened:
        opened.write(lambda connection: enrol(connection, KIOSK.id, KIOSK.community, RECEIVED))
        yield opened


def take(database: Database, told: Heartbeat, at: datetime = RECEIVED) -> int:
    return database.write(lambda connection: take_beat(connection, KIOSK, told, at))


def state(database: Database, at: datetime = RECEIVED) -> KioskState:
    (only,) = database.read(lambda connection: list_states(connection, at))
    return only


def changes(database: Database) -> list[tuple[str, str, str]]:
    listed = database.read(lambda connection: list_changes(connection, KIOSK.id, 50))
    return [(change.component, change.state, change.code) for change in listed]


def test_a_kiosk_that_never_told_is_unknown(database: Database) -> None:
    assert state(database).health is KioskHealth.UNKNOWN
    assert describe_state(state(database), RECEIVED) == "CG-KSK-03 unknown: never heard"


@pytest.mark.parametrize(
    ("told", "health"),
    [
        ({}, KioskHealth.GOOD),
        ({"bad": {"page_printer": "PRN-03"}}, KioskHealth.BAD),
        ({"unknown": ["ups"]}, KioskHealth.UNKNOWN),
        ({"bad": {"page_printer": "PRN-03"}, "unknown": ["ups"]}, KioskHealth.BAD),
    ],
)
def test_a_kiosk_is_as_its_last_beat_says(
    database: Database, told: dict[str, Any], health: KioskHealth
) -> None:
    assert take(database, beat(**told)) == INTERVAL_S

    assert state(database).health is health


def test_three_missing_beats_make_it_unknown_and_never_fine(database: Database) -> None:
    take(database, beat())

    assert state(database, RECEIVED + 3 * MINUTE).health is KioskHealth.GOOD
    late = state(database, RECEIVED + 3 * MINUTE + timedelta(seconds=1))
    assert (late.health, late.silent) == (KioskHealth.UNKNOWN, True)


def test_only_changes_are_kept_not_each_beat(database: Database) -> None:
    told: list[dict[str, Any]] = [
        {},
        {},
        {"bad": {"page_printer": "PRN-03"}},
        {"bad": {"page_printer": "PRN-03"}},
    ]
    told += [{"bad": {"page_printer": "PRN-04"}}, {"unknown": ["page_printer"]}, {}, {}]
    for seq, facts in enumerate(told):
        take(database, beat(seq, **facts), RECEIVED + seq * MINUTE)

    assert changes(database) == [
        ("page_printer", "good", ""),
        ("page_printer", "unknown", ""),
        ("page_printer", "bad", "PRN-04"),
        ("page_printer", "bad", "PRN-03"),
        ("kiosk", "started", ""),
    ]
    assert (
        database.read(lambda sql: sql.execute(select(func.count()).select_from(kiosk_states)).scalar()) == 1
    )


def test_silence_and_a_new_start_are_in_the_history(database: Database) -> None:
    take(database, beat(7))
    take(database, beat(0, boot="b2"), RECEIVED + 60 * MINUTE)

    assert sorted(changes(database)) == [
        ("kiosk", "heard", ""),
        ("kiosk", "silent", ""),
        ("kiosk", "started", ""),
        ("kiosk", "started", ""),
    ]


def test_a_late_or_doubled_beat_changes_nothing(database: Database) -> None:
    take(database, beat(5))
    for seq in (5, 4):
        take(database, beat(seq, bad={"store": "STO-01"}), RECEIVED + MINUTE)

    assert state(database).health is KioskHealth.GOOD
    assert changes(database) == [("kiosk", "started", "")]


def test_five_minutes_are_one_row_with_the_worst_of_them(database: Database) -> None:
    for seq, owed in enumerate((3, 9, 0, 0, 0, 1)):
        paper, machine = Paper(pages=100 + seq, sheets=50 - seq), Machine(temp_c=40 + seq)
        facts = {"owed": owed, "oldest_s": owed * 10 or None, "offset_ms": -500 * seq}
        told = beat(seq, paper=paper.model_dump(), machine=machine.model_dump(), **facts)
        take(database, told, RECEIVED + seq * MINUTE)

    rows = database.read(lambda sql: sql.execute(select(health_rollups).order_by("bucket")).all())

    assert [row.beats for row in rows] == [5, 1]
    first = rows[0]
    assert (first.owed_most, first.oldest_s_most, first.pages_last) == (9, 90, 104)
    assert (first.sheets_least, first.temp_c_most, first.offset_ms_most) == (46, 44, 2000)
    assert first.disk_mb_least is None


def test_old_history_goes(database: Database) -> None:
    take(database, beat(1))
    take(database, beat(2), RECEIVED + timedelta(days=500))

    def count(table: object) -> object:
        return database.read(lambda sql: sql.execute(select(func.count()).select_from(table)).scalar())  # type: ignore[arg-type]

    assert count(health_rollups) == 1
    assert count(state_changes) == 1  # heard again; that it fell silent is too long ago


def test_many_silent_at_once_are_one_line(database: Database) -> None:
    take(database, beat())
    silent = state(database, RECEIVED + 60 * MINUTE)
    heard = state(database)

    assert not describe_fleet([silent] * 2)
    assert not describe_fleet([silent] * 3 + [heard] * 40)
    assert describe_fleet([silent] * 5 + [heard] * 20) == [
        "5 of 25 kiosks are silent at once: look at the line first"
    ]


def test_the_command_lists_kiosks_and_changes(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take(database, beat(bad={"page_printer": "PRN-03"}, owed=2, oldest_s=7300, warn=["toner-low"]))

    assert main(["health", "--state", str(tmp_path)]) == 0
    assert main(["health", KIOSK.id, "--state", str(tmp_path)]) == 0

    kiosk, *history = capsys.readouterr().out.splitlines()
    assert kiosk.startswith("CG-KSK-03 unknown: heard ")
    assert "page_printer PRN-03; toner-low; owes 2 records, the oldest for 2 h" in kiosk
    assert history == ["2026-11-23 10:00:00 kiosk started", "2026-11-23 10:00:00 page_printer bad PRN-03"]


def test_the_figures_pass_promtool(database: Database) -> None:
    take(database, beat(bad={"page_printer": "PRN-03"}))
    figures = exposition([state(database)], RECEIVED)

    promtool = shutil.which("promtool")
    assert promtool
    subprocess.run([promtool, "check", "metrics"], input=figures, check=True)
    assert b'platform_kiosks{health="bad"} 1.0' in figures
    assert b'platform_kiosks_in_trouble{code="PRN-03",component="page_printer"} 1.0' in figures


def test_over_the_wire(town: Town) -> None:
    headers = {"Authorization": f"Bearer {town.credential()}"}
    address = f"{town.url}/v1/heartbeat"

    def post(told: dict[str, Any]) -> requests.Response:
        return requests.post(address, json=told, headers=headers, timeout=5)

    told = beat().model_dump(mode="json")
    assert post(told).json() == {"next_s": INTERVAL_S}
    assert post(told | {"surprise": 1}).json()["code"] == "PLT-04"
    assert post(told | {"seq": -1}).status_code == 422
    assert requests.post(address, json=told, timeout=5).status_code == 401
    long = {f"component_{place}": "X" * 24 for place in range(24)}
    assert post(told | {"bad": long, "unknown": ["y" * 24] * 24}).json()["code"] == "PLT-05"
    assert "platform_kiosks" in requests.get(f"{town.url}/metrics", timeout=5).text
