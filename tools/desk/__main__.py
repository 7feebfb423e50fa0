"""`python -m tools.desk`: the whole appliance on this desk; see tools/README.md."""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import sys
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from tools.desk.appliance import Appliance, Plan
from tools.desk.dataset import ALL_HOUSEHOLDS, Dataset
from tools.desk.demo import HEIGHT_PX, WIDTH_PX, Demo
from tools.desk.display import DisplayError
from tools.desk.panel import Panel
from tools.desk.pointer import Pointer, PointerError, Size
from tools.desk.program import LOG_TAIL_LINES, ROOT, ProgramError
from tools.desk.proof import ProofError
from tools.desk.resident import ResidentStuckError
from tools.desk.watch import watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

VAR = ROOT / "var"
LOGS = VAR / "log"

_SHARE_OF_DISPLAY = 0.9  # the rest is for the desktop's own bars
_EXPECTED = (ProgramError, DisplayError, PointerError, ResidentStuckError, ProofError)


class DeskBusyError(Exception):
    """Another desk runs in this checkout."""


def main() -> int:
    """Run the desk; exit status 0 when the errand was done, or the window was closed."""
    arguments = _parser().parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may have let Ctrl-C be ignored
        signal.signal(number, _end)
    VAR.mkdir(exist_ok=True)
    dataset = Dataset(VAR / "platform", arguments.households)
    display = "" if arguments.scripted else os.environ.get("DISPLAY", "")
    try:
        with _alone():
            shutil.rmtree(LOGS, ignore_errors=True)
            _prepare(dataset)
            if display:
                _run_window(dataset, display, arguments.panel_port)
            else:
                _run_script(dataset)
    except DeskBusyError as error:
        print(f"failed: {error}", file=sys.stderr)
        return 1
    except _EXPECTED as error:
        print(f"\nfailed: {error}", file=sys.stderr)
        _show_logs()
        return 1
    except KeyboardInterrupt:
        print("\nended")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.desk", description=__doc__)
    parser.add_argument("--households", type=int, default=ALL_HOUSEHOLDS, help="how many are invented")
    parser.add_argument("--scripted", action="store_true", help="a scripted resident even with a display")
    parser.add_argument("--panel-port", type=int, default=0, help="port of the bench panel, 0 for any")
    return parser


@contextmanager
def _alone() -> Iterator[None]:
    """Two desks in one checkout would share the platform's database."""
    with (VAR / "desk.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DeskBusyError("another desk is running in this checkout") from None
        yield


def _prepare(dataset: Dataset) -> None:
    if dataset.is_fresh:
        return
    print(f"inventing {dataset.households:,} households, once ...", flush=True)
    started = time.monotonic()
    dataset.prepare()
    print(f"invented in {time.monotonic() - started:.0f} s")


def _run_script(dataset: Dataset) -> None:
    print("no display: a scripted resident does the errand on a virtual one")
    results = VAR / "demo"
    Demo(dataset, VAR / "demo-appliance", LOGS, results).run()
    print(f"results: {results}: certificate.pdf, certificate.png, screens/, session.json")


def _run_window(dataset: Dataset, display: str, panel_port: int) -> None:
    with closing(Pointer(display)) as pointer:
        size = _fit(pointer.size)
    directory = VAR / "desk"
    shutil.rmtree(directory, ignore_errors=True)  # a kiosk as it comes from the box
    settings = {"screen": {"width_px": size.width_px, "height_px": size.height_px}}
    plan = Plan(directory, dataset, display=display, settings=settings, logs=LOGS, has_box=True)
    with Appliance(plan) as appliance, closing(Panel(appliance, panel_port)) as panel:
        print(f"kiosk: window of {size.width_px} x {size.height_px} px\nbench panel: {panel.url}")
        print(f"platform: {appliance.platform_url}\nlogs: {LOGS}\nend with Ctrl-C", flush=True)
        watch(appliance)


def _show_logs() -> None:
    for log in sorted(LOGS.glob("*.log")):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_TAIL_LINES:]
        print("\n".join([f"--- {log}", *lines]), file=sys.stderr)


def _fit(display: Size) -> Size:
    """The largest window with the panel's shape that the display shows whole."""
    scale = min(
        1.0,
        display.width_px * _SHARE_OF_DISPLAY / WIDTH_PX,
        display.height_px * _SHARE_OF_DISPLAY / HEIGHT_PX,
    )
    return Size(round(WIDTH_PX * scale), round(HEIGHT_PX * scale))


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
