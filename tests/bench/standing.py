"""What core and screen take while nobody is there, and how long they take to be there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import psutil

from tests.bench.figures import Figure, percentiles
from tests.bench.tree import Tree

if TYPE_CHECKING:
    from tests.bench.rig import Rig
    from tools.desk.program import Program

_SETTLE_S = 2.0


class _Goals(NamedTuple):
    cpu: str
    wake_ups: str
    resident: str


_GOALS = {"core": _Goals("<= 1", "", "<= 120"), "screen": _Goals("<= 0.1", "<= 2", "<= 90")}

_NO_GOALS = dict.fromkeys(_GOALS, _Goals("", "", ""))


def measure_idle(rig: Rig, seconds: float) -> list[Figure]:
    """Percent of one core, and wake-ups a second, that each program takes while nobody is there.

    Once on a still page, as everybody sees it who has chosen a look; once while news turn by themselves.
    """
    turning = _measure_idle(rig, seconds, "idle with news", _NO_GOALS)
    rig.wire.touch("text_size:large")
    still = _measure_idle(rig, seconds, "idle", _GOALS)
    rig.wire.touch("start")
    rig.wire.await_painted("home")
    rig.wire.forget()
    rig.wire.touch("finish")
    rig.wire.await_painted("attract")
    return [*still, *turning]


def _measure_idle(rig: Rig, seconds: float, what: str, goals: dict[str, _Goals]) -> list[Figure]:
    programs = _programs(rig)
    time.sleep(_SETTLE_S)
    trees = [Tree(program.pid) for program in programs]
    before = [(tree.cpu_seconds(), tree.wake_ups()) for tree in trees]
    time.sleep(seconds)
    figures = []
    for program, tree, (cpu, wakes) in zip(programs, trees, before, strict=True):
        goal = goals[program.name]
        share, rate = (tree.cpu_seconds() - cpu) / seconds * 100, (tree.wake_ups() - wakes) / seconds
        figures.append(Figure(f"{what}: CPU, {program.name}", share, "%", 1, goal.cpu))
        figures.append(Figure(f"{what}: wake-ups, {program.name}", rate, "1/s", 1, goal.wake_ups))
    return figures


def measure_memory(rig: Rig) -> list[Figure]:
    """Memory of each program after all that it has done: resident, and with shared pages divided."""
    figures = []
    for program in _programs(rig):
        memory = psutil.Process(program.pid).memory_full_info()
        goal = _GOALS[program.name].resident
        figures.append(Figure(f"memory of {program.name}, resident", memory.rss / 1e6, "MB", 1, goal))
        figures.append(Figure(f"memory of {program.name}, proportional", memory.pss / 1e6, "MB", 1))
    return figures


def measure_start(rig: Rig, n: int) -> list[Figure]:
    """From starting core and screen together until the attract page stands; the rest is running."""
    times = []
    for _ in range(n):
        for program in _programs(rig):
            program.stop()
        rig.wire.forget()
        started = time.monotonic()
        rig.appliance.launch_core()
        rig.appliance.launch_screen()
        painted = rig.wire.await_painted("attract").painted_s or 0.0
        times.append((painted - started) * 1000)
    return percentiles("start of core and screen to attract page", "ms", times, {50: "<= 1000", 95: ""})


def _programs(rig: Rig) -> tuple[Program, ...]:
    screen = rig.appliance.screen
    return (rig.appliance.core, screen) if screen else (rig.appliance.core,)
