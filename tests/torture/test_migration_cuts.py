"""The power goes inside a step of a migration: the file is as before or as after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture.migration_cuts import MigrationCuts
from tests.torture.sabotage import sabotaged, verdict_of

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20261123


def test_power_cuts_inside_a_step_leave_the_file_before_or_after(tmp_path: Path) -> None:
    figures = MigrationCuts(tmp_path, SEED).run(200)

    assert figures.say() == 0
    assert figures.counts["cuts"] == 200


@pytest.mark.soak
def test_two_thousand_power_cuts_inside_a_step_leave_the_file_before_or_after(tmp_path: Path) -> None:
    figures = MigrationCuts(tmp_path, SEED + 1).run(2_000)

    assert figures.say() == 0
    assert figures.counts["cuts"] == 2_000


def test_without_its_protection_a_step_would_break_the_file(tmp_path: Path) -> None:
    copy = sabotaged(tmp_path, "kiosk/store/connection.py", '"journal_mode=WAL"', '"journal_mode=OFF"')

    status, line = verdict_of(copy, "tests.torture.migration_cuts", "--cuts", "100")

    assert status == 1
    assert line.startswith("power cuts in migrations: ")
    assert " 0 corrupt" not in line
