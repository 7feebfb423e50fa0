"""Whoever has left leaves nothing behind, not even memory."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pygame
import pytest

from kiosk.log import Log
from kiosk.scene.wire import Painted, decode_scene
from kiosk.screen.stage import Stage
from tests.robust.simulated import SimulatedHall
from tests.screen.gallery import panel

if TYPE_CHECKING:
    from kiosk.scene.contract import Scene

ROOT = Path(__file__).parents[2]
SMALL = (270, 480, 268.0, 476.0)
RESIDENTS, WARM_UP, SESSIONS = 3, 6, 5
# Python's own free lists still grow by some 5 KB with each of the first sessions; one page kept is 12 KB.
MOST_BYTES_EACH = 10_000


class SmallScreen:
    """A stage in this process; `hall` hears when a page stands there, `kept` may be given pages to keep."""

    def __init__(self, fonts: Path) -> None:
        pygame.font.init()
        settings = panel(SMALL, fonts)
        self._stage = Stage(pygame.Surface(SMALL[:2]), settings)
        self.hall: SimulatedHall | None = None
        self.kept: list[Scene] | None = None

    def show(self, payload: bytes) -> None:
        """Paint the page, as the screen's process does."""
        scene = decode_scene(payload)
        self._stage.show(self._stage.compose(scene), "")
        if self.kept is not None and scene.name == "who_you_are":
            self.kept.append(scene)
        if self.hall:
            self.hall.hear(Painted(scene.seq))


def bytes_for_each_session(hall: SimulatedHall) -> float:
    """How much more memory is taken after each session than before it, as Python counts it."""
    before = _taken()
    hall.serve(SESSIONS)
    return (_taken() - before) / SESSIONS


def _taken() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def test_a_session_leaves_no_memory_behind_and_a_page_that_is_kept_is_found(fonts: Path) -> None:
    """The second half is a sabotage: somebody keeps one page of each session."""
    screen = SmallScreen(fonts)
    with Path(os.devnull).open("w", encoding="utf-8") as stream:
        hall = screen.hall = SimulatedHall(screen.show, Log(stream), RESIDENTS)
        tracemalloc.start()
        try:
            with hall:
                hall.serve(WARM_UP)
                as_it_is = bytes_for_each_session(hall)
                screen.kept = []
                with_a_leak = bytes_for_each_session(hall)
        finally:
            tracemalloc.stop()

    assert as_it_is < MOST_BYTES_EACH
    assert with_a_leak > MOST_BYTES_EACH


@pytest.mark.soak
def test_ten_thousand_sessions_take_less_than_2_mb(tmp_path: Path, fonts: Path) -> None:
    command = [sys.executable, "-m", "tests.robust.growth", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    sys.stdout.write(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
