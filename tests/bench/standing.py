"""What core and screen take while nobody is there, and how long they take to be there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil

from tests.bench.figures import Figure, percentiles

if TYPE_CHECKING:
    from tests.bench.rig import Rig
    from tools.desk.program import Program

_SETTLE_S = 2.0
_GOALS = {"core": ("<= 1", "<= 120"), "screen": ("<= 0.3", "<= 90")}


def measure_idle(rig: Rig, seconds: float) -> list[Figure]:
    """Percent of one core that each program takes on the attract page."""
    programs = _programs(rig)
    time.sleep(_SETTLE_S)
    before = [_cpu_seconds(program) for program in programs]
    time.sleep(seconds)
    shares = [
        (_cpu_seconds(program) - taken) / seconds * 100
        for program, taken in zip(programs, before, strict=True)
    ]
    return [
        Figure(f"idle CPU, {program.name}", share, "%", 1, _GOALS[program.name][0])
        for program, share in zip(programs, shares, strict=True)
    ]


def measure_memory(rig: Rig) -> list[Figure]:
    """Memory of each program after all that it has done: resident, and with shared pages divided."""
    figures = []
    for program in _programs(rig):
        memory = psutil.Process(program.pid).memory_full_info()
        goal = _GOALS[program.name][1]
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


def _cpu_seconds(program: Program) -> float:
    times = psutil.Process(program.pid).cpu_times()
    return float(times.user + times.system)
