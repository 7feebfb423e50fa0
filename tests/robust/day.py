"""A monkey at the whole appliance while cards come and go: it never gets out, and nobody is mixed up."""

from __future__ import annotations

import random
import subprocess
import time
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil

from tests.robust.guard import Guard, kiosk_window
from tests.robust.monkey import Monkey
from tests.robust.second_pointer import SecondPointer
from tests.robust.witness import NUMBER, Witness
from tests.robust.x_display import XDisplay
from tests.screen.gallery import PORTRAIT, Studio, panel
from tools.desk.control import OrderRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiosk.scene.contract import Scene
    from tests.bench.rig import Rig

STORIES = (
    *("tenant", "owner", "single_person", "head_changed", "collective", "rare_name", "name_differs"),
    *("lease_ended", "moved_out", "record_too_old", "minor", "pending", "expired_card", "no_members"),
)
ONWARD = ("confirm", "service:residence", "purpose:", "print", "start", "services", "came_out:", "grade:")
ONWARD_TIMES = 5  # as often as another control; without it nobody would come as far as a paper
LOOK_EVERY = 10
UNTIL_LAID_S, UNTIL_LIFTED_S, UNTIL_COLLECTED_S = (0.02, 0.3), (0.4, 4.0), (0.5, 3.0)
SETTLE_S = 1.0
FAULT = '"program_fault"'


@dataclass
class Figures:
    """What was done, and what went wrong."""

    actions: int = 0
    sessions: int = 0
    papers: int = 0
    screen_mb: float = 0.0  # at most, resident
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """`robust: 1,500 actions, 9 sessions, ...; 0 left, 0 desktops, 0 mixed, 0 faults`."""
        wrong = ", ".join(
            f"{sum(fault.startswith(kind) for fault in self.faults)} {kind}{many}"
            for kind, many in (("left", ""), ("desktop", "s"), ("mixed", ""), ("fault", "s"))
        )
        done = f"{self.actions:,} actions, {self.sessions} sessions, {self.papers} papers"
        return f"robust: {done}, screen at most {self.screen_mb:.0f} MB; {wrong}"


class MonkeyDay:
    """One rig, one monkey, one seed."""

    def __init__(self, rig: Rig, fonts: Path, seed: int) -> None:
        self._rig = rig
        self._dice = random.Random(seed)  # noqa: S311 - a test, repeatable by its seed
        self._studio = Studio(panel(PORTRAIT, fonts))
        self._scene: Scene | None = None
        self._laid_out: tuple[Scene | None, Sequence[tuple[int, int]]] = (None, ())
        people = (tomllib.loads(self._card(story)) for story in STORIES)
        self._witness = Witness(
            {story: (each["name"], each["number"]) for story, each in zip(STORIES, people, strict=True)}
        )
        self._lies = ""
        self._next_card_at = self._next_collect_at = 0.0

    def run(self, actions: int, sessions: int, pace_s: float) -> Figures:
        """At least so many actions and sessions, an action every `pace_s` seconds on average.

        Ends early where the kiosk is gone.
        """
        figures = Figures()
        name = self._rig.appliance.plan.display
        with XDisplay(name) as display, SecondPointer(name) as second:
            display.lay_desktop()
            window = kiosk_window(display)
            guard = Guard(display, window, self._lives)
            monkey = Monkey(display, second, self._dice, self._targets, window)
            while figures.actions < actions or self._witness.sessions < sessions:
                self._meddle(time.monotonic())
                self._see()
                monkey.act()
                figures.actions += 1
                if figures.actions % LOOK_EVERY == 0:
                    figures.faults += guard.look(self._dice)
                    figures.screen_mb = max(figures.screen_mb, self._screen_mb())
                if any(fault.startswith("left") for fault in figures.faults):
                    break
                time.sleep(self._dice.expovariate(1 / pace_s))
            monkey.rest()
            time.sleep(SETTLE_S)  # a window that closes upon the last action is seen too
            figures.faults += guard.look(self._dice)
        self._see()
        figures.sessions = self._witness.sessions
        figures.papers = len(self._rig.appliance.papers())
        figures.faults += [*self._witness.faults, *self._judge_papers(), *self._judge_logs()]
        return figures

    def _lives(self) -> bool:
        screen = self._rig.appliance.screen
        return screen is not None and screen.is_running

    def _screen_mb(self) -> float:
        screen = self._rig.appliance.screen
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(screen.pid).memory_info().rss / 1e6 if screen else 0.0
        return 0.0

    def _see(self) -> None:
        for passed in self._rig.wire.take():
            self._scene = passed.scene
            self._witness.saw(passed.scene, passed.sent_s)

    def _targets(self) -> Sequence[tuple[int, int]]:
        """The middles of all controls on the newest page, those that lead onward several times."""
        scene = self._scene
        if scene is not None and self._laid_out[0] is not scene:
            places = []
            for target in self._studio.lay_out(scene).targets:
                rect, times = target.rect, ONWARD_TIMES if target.action.startswith(ONWARD) else 1
                places += [(rect.x + rect.w // 2, rect.y + rect.h // 2)] * times
            self._laid_out = (scene, places)
        return self._laid_out[1]

    def _meddle(self, now: float) -> None:
        """Cards come and go, papers are taken, whatever the screen shows."""
        desk = self._rig.appliance
        if now >= self._next_collect_at:
            self._next_collect_at = now + self._dice.uniform(*UNTIL_COLLECTED_S)
            desk.collect()
            desk.printer.order("clear")  # and whatever ran out is filled again
        if now < self._next_card_at:
            return
        if self._lies and self._dice.random() < 0.85:
            self._lift()
        else:
            self._lay(self._dice.choice(STORIES))
        spans = UNTIL_LIFTED_S if self._lies else UNTIL_LAID_S
        self._next_card_at = now + self._dice.uniform(*spans)

    def _lay(self, story: str) -> None:
        if self._lies:
            self._lift()
        self._witness.laid(story, time.monotonic())
        self._rig.appliance.lay(story)
        self._lies = story

    def _lift(self) -> None:
        with suppress(OrderRefusedError):  # the simulator has none any more
            self._rig.appliance.lift()
        self._witness.lifted(self._lies, time.monotonic())
        self._lies = ""

    def _judge_papers(self) -> list[str]:
        """Each paper that was printed names the person whose page told its number."""
        wrong = []
        for path in self._rig.appliance.papers():
            words = ["pdftotext", "-raw", str(path), "-"]
            text = "".join(subprocess.run(words, check=True, capture_output=True, text=True).stdout.split())
            owners = {
                self._witness.owners[each] for each in NUMBER.findall(text) if each in self._witness.owners
            }
            names = {self._witness.people[owner][0] for owner in owners if owner}
            wrong += [
                f"mixed: the paper {path.name} is of somebody else" for name in names if name not in text
            ]
        return wrong

    def _judge_logs(self) -> list[str]:
        logs = self._rig.appliance.logs
        core = (logs / "core.log").read_text(encoding="utf-8").splitlines()
        screen = (logs / "screen.log").read_text(encoding="utf-8").splitlines()
        faults = [f"fault: {line[:300]}" for line in core if FAULT in line]
        return faults + [f"fault: the screen says {line[:200]}" for line in screen if "Error" in line]

    def _card(self, story: str) -> str:
        return self._rig.appliance.card_path(story).read_text(encoding="utf-8")
