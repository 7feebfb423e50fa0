"""Core and platform are killed (SIGKILL) at any moment, while residents go on as if nothing could happen."""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.journeys.hall import Hall
from tests.torture.accounts import Accounts
from tests.torture.figures import Figures
from tools.desk.dataset import Dataset

if TYPE_CHECKING:
    from collections.abc import Callable

STORIES = ("tenant", "owner", "single_person", "head_changed", "collective", "rare_name")
# What leads to a paper and away from it again, the most wanted first.
_WAYS_ON = (
    "print",
    "purpose:",
    "service:residence",
    "confirm",
    "came_out:",
    "grade:",
    "rated",
    "finish",
    "stay",
    "retry",
)
_NOBODY = ("attract", "home", "lay_card", "ended", "take_card", "rating")
_WAYS_OFF = ("back", "home", "cancel_print")
HOUSEHOLDS = 60
PAGE_SECONDS = 0.1  # a printer that is faster than there is one: more happens in a short life
LONGEST_LIFE_S = 1.3
PAUSE_S = 0.05
PATIENCE_S = 2.0  # a card that nobody reads is laid down anew
ROUNDS_OF_DRAINING = 20


@dataclass
class Kills:
    """A hall, and somebody who pulls plugs."""

    hall: Hall
    seed: int
    figures: Figures = field(default_factory=lambda: Figures("kill -9"))

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - a test, repeatable by its seed
        self._laid_s = 0.0

    def run(self, of_core: int, of_platform: int) -> Figures:
        """So many kills of each, in any order; then everything is left alone, and counted."""
        victims = ["core"] * of_core + ["platform"] * of_platform
        self._dice.shuffle(victims)
        for victim in victims:
            self._live_until(self.hall.kill_core if victim == "core" else self.hall.kill_platform)
            if victim == "core":
                self.hall.start_core()
            else:
                self.hall.start_platform()
            self.figures.counts[f"kills of the {victim}"] += 1
        # However busy the machine was: one paper at least must have gone the whole way.
        self.hall.go_home()
        self.hall.print_certificate("owner")
        self._drain()
        accounts = Accounts.of(self.hall)
        self.figures.counts += Counter(accounts.counts())
        self.figures.faults += accounts.faults()
        return self.figures

    def _live_until(self, kill: Callable[[], None]) -> None:
        """A restless resident, until the plug is pulled."""
        pulled = threading.Event()

        def pull() -> None:
            kill()
            pulled.set()

        timer = threading.Timer(self._dice.uniform(0, LONGEST_LIFE_S), pull)
        timer.start()
        while not pulled.is_set():
            with contextlib.suppress(AssertionError, OSError):  # the kiosk died under the finger
                self._touch_something()
        timer.join()

    def _touch_something(self) -> None:
        hall, visitor = self.hall, self.hall.visitor
        if not visitor.seen:
            return
        scene = visitor.scene
        is_waiting = scene.name in _NOBODY and time.monotonic() > self._laid_s + PATIENCE_S
        if is_waiting or self._dice.random() < 0.01:
            self._laid_s = time.monotonic()
            hall.lift()
            hall.lay(self._dice.choice(STORIES))
        elif self._dice.random() < 0.01:
            hall.lift()
        offered = [node.action for node in visitor.controls() if node.enabled and node.action]
        wanted = [action for way in _WAYS_ON for action in offered if action.startswith(way)]
        if self._dice.random() < 0.05 or not wanted:
            wanted = [action for action in offered if action in _WAYS_OFF]
        if wanted:
            visitor.touch(wanted[0] if self._dice.random() < 0.8 else self._dice.choice(wanted))
        visitor.await_change(scene.seq, patience_s=PAUSE_S)

    def _drain(self) -> None:
        """Leave the kiosk alone until nothing is owed any more, then stop it properly."""
        self.hall.go_home()
        for _ in range(ROUNDS_OF_DRAINING):
            self.hall.visitor.await_change(self.hall.visitor.scene.seq, patience_s=1.0)
            self.hall.stop_core()
            if not Accounts.owed(self.hall):
                return
            self.hall.start_core()
        self.figures.faults.append("lost: the outbox never became empty")


def main(arguments: list[str]) -> int:
    """`python -m tests.torture.kills --core N --platform N`: the exit status says what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--core", type=int, default=100)
    parser.add_argument("--platform", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kiosk-") as name:
        dataset = Dataset(Path(name) / "town", HOUSEHOLDS)
        dataset.prepare()
        with Hall(Path(name) / "desk", dataset, PAGE_SECONDS) as hall:
            return Kills(hall, options.seed).run(options.core, options.platform).say()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
