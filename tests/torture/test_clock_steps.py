"""The clock is wrong by decades: nothing is refused, nothing is dropped, and the order stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture.clock_steps import ClockSteps
from tests.torture.sabotage import sabotaged, verdict_of

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20261123


def test_clock_steps_delay_and_refuse_nothing(tmp_path: Path) -> None:
    figures = ClockSteps(tmp_path, SEED).run(100)

    assert figures.say() == 0
    assert figures.counts["steps"] == 100


@pytest.mark.soak
def test_a_thousand_clock_steps_delay_and_refuse_nothing(tmp_path: Path) -> None:
    figures = ClockSteps(tmp_path, SEED + 1).run(1_000)

    assert figures.say() == 0


def test_delays_that_are_told_by_the_wall_clock_are_found_out(tmp_path: Path) -> None:
    copy = sabotaged(
        tmp_path, "kiosk/store/outbox.py", "now.monotonic_ms", "int(now.wall.timestamp() * 1000)", times=3
    )

    status, line = verdict_of(copy, "tests.torture.clock_steps", "--steps", "40")

    assert status == 1
    assert " 0 lost" not in line
