"""Ours beside Chromium --kiosk and GTK 3, the same page, one run: python -m tests.bench.side_by_side."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from tests.bench.contenders import contenders
from tests.bench.figures import Figure, percentile
from tests.bench.pointer import Pointer
from tests.bench.touch_latency import time_feedback
from tests.robust.x_display import DESKTOP, XDisplay
from tests.screen.appliance import virtual_display
from tests.screen.gallery import PORTRAIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.contenders import Contender
    from tests.bench.tree import Tree

STARTS = 5
TOUCHES = 210
IDLE_S = 10.0
PATIENCE_S = 30.0
_SETTLE_S = 4.0
_LIFTED_S = 0.05
_LOOK_INTERVAL_S = 0.001
# What is measured: unit, and the goal of ours.
KINDS: Mapping[str, tuple[str, str]] = {
    "touch to first changed pixel, p50": ("ms", "<= 2"),
    "touch to first changed pixel, p95": ("ms", ""),
    "touch to first changed pixel, p99": ("ms", "<= 5"),
    "idle CPU on a still page": ("%", "<= 0.1"),
    "wake-ups on a still page": ("1/s", "<= 2"),
    "memory, resident": ("MB", "<= 90"),
    "memory, proportional": ("MB", ""),
    "start to first picture, p50": ("ms", "<= 400"),
}


def measure_side_by_side(touches: int = TOUCHES, starts: int = STARTS) -> list[Figure]:
    """Everything that can be measured here; says in one sentence what cannot, and prints one table."""
    measured: dict[str, dict[str, Figure]] = {}
    for contender in contenders():
        if contender.lacks:
            _tell(f"{contender.name} is not measured: `make bench` installs {contender.lacks} where apt can.")
            continue
        _tell(f"measuring the same page shown by {contender.name} ...")
        measured[contender.name] = _measure(contender, touches, starts)
    _tell(side_by_side(measured))
    return [figure for figures in measured.values() for figure in figures.values()]


def side_by_side(measured: Mapping[str, Mapping[str, Figure]]) -> str:
    """One line for each kind: ours, then each rival and how many times ours it takes."""
    ours, *rivals = measured
    width = max(len(kind) for kind in KINDS)
    lines = [f"{'the same page':<{width}}  {ours:>10}" + "".join(f"  {name:>20}" for name in rivals)]
    for kind, (unit, _) in KINDS.items():
        own = measured[ours][kind].value
        line = f"{kind:<{width}}  {own:>10.2f}"
        for rival in rivals:
            value = measured[rival][kind].value
            line += f"  {value:>10.2f} {_ratio(value, own):>9}"
        lines.append(f"{line}  {unit}")
    return "\n".join(lines)


def _ratio(value: float, own: float) -> str:
    return f"({value / own:.1f} x)" if own else "( - )"


def _measure(contender: Contender, touches: int, starts: int) -> dict[str, Figure]:
    is_ours = contender.name == "kiosk"
    with virtual_display(*PORTRAIT[:2]) as name, XDisplay(name) as display, Pointer(name) as pointer:
        display.lay_desktop()
        with contender.start(name) as tree:
            _await_page(pointer, contender)
            time.sleep(_SETTLE_S)
            colour = pointer.pixel(contender.places[0])
            cpu, wakes = _idle(tree)
            resident, proportional = tree.memory_mb()
            times = _touch_all(pointer, contender.places, touches)
        begun = [_start(pointer, display, contender, colour) for _ in range(starts)]
    values = (
        *((percentile(times, percent), touches) for percent in (50, 95, 99)),
        *((cpu, 1), (wakes, 1), (resident, 1), (proportional, 1)),
        (percentile(begun, 50), starts),
    )
    figures = {}
    for (kind, (unit, goal)), (value, n) in zip(KINDS.items(), values, strict=True):
        figures[kind] = Figure(f"{contender.name}: {kind}", value, unit, n, goal if is_ours else "")
    return figures


def _await_page(pointer: Pointer, contender: Contender) -> None:
    end = time.monotonic() + PATIENCE_S
    while pointer.pixel(contender.places[0]) == DESKTOP:
        if time.monotonic() > end:
            raise RuntimeError(f"{contender.name} shows nothing")
        time.sleep(_LOOK_INTERVAL_S)


def _idle(tree: Tree) -> tuple[float, float]:
    """Percent of one core, and wake-ups a second."""
    cpu, wakes = tree.cpu_seconds(), tree.wake_ups()
    time.sleep(IDLE_S)
    return (tree.cpu_seconds() - cpu) / IDLE_S * 100, (tree.wake_ups() - wakes) / IDLE_S


def _touch_all(pointer: Pointer, places: Sequence[tuple[int, int]], touches: int) -> list[float]:
    times = []
    for turn in range(touches):
        times.append(time_feedback(pointer, places[turn % len(places)]))
        pointer.release()
        time.sleep(_LIFTED_S)  # until it looks as before; a place is touched again after six others
    return times


def _start(pointer: Pointer, display: XDisplay, contender: Contender, colour: int) -> float:
    """Milliseconds from starting the program until its page stands there, in its colour."""
    display.lay_desktop()
    place = contender.places[0]
    begun = time.perf_counter()
    with contender.start(display.name):
        while pointer.pixel(place) != colour:
            if time.perf_counter() - begun > PATIENCE_S:
                raise RuntimeError(f"{contender.name} does not come up again")
            time.sleep(_LOOK_INTERVAL_S)
        return (time.perf_counter() - begun) * 1000


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    measure_side_by_side()
