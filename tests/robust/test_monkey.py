"""Random touches, keys and gestures never leave the kiosk, never show a desktop, never mix up two people.

The seed is printed. `KIOSK_SEED=N` takes another one, `KIOSK_SEED=random` a fresh one each time.
"""

from __future__ import annotations

import os
import random
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bench.rig import running_rig
from tests.robust.day import Figures, MonkeyDay

if TYPE_CHECKING:
    from pathlib import Path

    from tools.desk.dataset import Dataset

pytestmark = pytest.mark.xdist_group("monkey")
SEED = 20261123
PACE_S = 0.001  # between two actions, on average


def spend_a_day(directory: Path, town: Dataset, fonts: Path, actions: int, sessions: int) -> Figures:
    wish = os.environ.get("KIOSK_SEED", str(SEED + actions))
    seed = random.SystemRandom().randrange(2**32) if wish == "random" else int(wish)
    sys.stdout.write(f"\nseed {seed}\n")
    with running_rig(directory / "rig", town.copy_to(directory / "town"), fullscreen=True) as rig:
        figures = MonkeyDay(rig, fonts, seed).run(actions, sessions, PACE_S)
    sys.stdout.write(f"{figures}\n")
    return figures


@pytest.mark.journey
def test_a_monkey_does_not_get_out(tmp_path: Path, town: Dataset, fonts: Path) -> None:
    figures = spend_a_day(tmp_path, town, fonts, 1_500, 2)

    assert figures.faults == []


@pytest.mark.soak
@pytest.mark.journey
def test_a_monkey_does_not_get_out_in_a_hundred_thousand_actions(
    tmp_path: Path, town: Dataset, fonts: Path
) -> None:
    figures = spend_a_day(tmp_path, town, fonts, 100_000, 100)

    assert figures.faults == []
    assert figures.papers >= 10
