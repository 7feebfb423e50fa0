"""How much core and screen grow over many sessions: two real processes, a real socket, a real display.

`python -m tests.robust.growth FOLDER [--sessions N]` ends with one line. The core's half, whose memory is
measured, is this very process: engine, flow, gateway and the residents.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil

from kiosk.core.gateway import Gateway
from kiosk.log import Log
from kiosk.work.inbox import ClosedError
from tests.robust.simulated import RESIDENTS, SimulatedHall
from tests.screen.appliance import ROOT, running_screen, screen_settings, virtual_display

WIDTH, HEIGHT = 540, 960
WARM_UP = 2 * RESIDENTS  # everybody has been there, so that every character was drawn once
MOST_MB = 2.0


def main() -> int:
    """The exit status is 0 where neither has grown by 2 MB."""
    parser = argparse.ArgumentParser(prog="python -m tests.robust.growth", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--warm-up", type=int, default=WARM_UP)
    options = parser.parse_args()
    core, screen = measure_growth(options.folder, options.warm_up, options.sessions)
    grown = f"core grew {core:.2f} MB, screen grew {screen:.2f} MB"
    sys.stdout.write(f"memory: {options.sessions:,} sessions; {grown}\n")
    return 0 if max(core, screen) < MOST_MB else 1


def measure_growth(folder: Path, warm_up: int, sessions: int) -> tuple[float, float]:
    """Megabytes that core and screen have grown by in `sessions`, after those of the warm-up."""
    path = folder / "screen.sock"
    settings = screen_settings(path, ROOT / "var" / "fonts", (WIDTH, HEIGHT))
    with ExitStack() as stack:
        log = Log(stack.enter_context(Path(os.devnull).open("w", encoding="utf-8")))
        gateway = Gateway(path, lambda message: hall.hear(message), log)  # noqa: PLW0108 - there is no hall yet
        hall = SimulatedHall(gateway.publish, log)
        gateway.open()
        serving = threading.Thread(target=_serve, args=(gateway,), name="gateway")
        serving.start()
        stack.callback(serving.join)
        stack.callback(gateway.close)
        display = stack.enter_context(virtual_display(WIDTH, HEIGHT))
        screen = stack.enter_context(running_screen(folder, display, settings))
        stack.enter_context(hall)
        hall.serve(warm_up)
        before = _resident(os.getpid()), _resident(screen.pid)
        hall.serve(sessions)
        after = _resident(os.getpid()), _resident(screen.pid)
    return after[0] - before[0], after[1] - before[1]


def _serve(gateway: Gateway) -> None:
    with suppress(ClosedError):
        gateway.run()


def _resident(pid: int) -> float:
    gc.collect()
    return float(psutil.Process(pid).memory_info().rss) / 1e6


if __name__ == "__main__":
    sys.exit(main())
