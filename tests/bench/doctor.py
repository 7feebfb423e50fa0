"""How long the doctor takes, as a technician runs it: with a core to ask, and without one."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, percentiles
from tools.desk.appliance import Appliance, Plan

if TYPE_CHECKING:
    from pathlib import Path

    from tools.desk.dataset import Dataset

GOALS = {50: "", 100: "<= 20"}


def measure_doctor(directory: Path, dataset: Dataset, runs: int) -> list[Figure]:
    """Seconds from start to exit of the program, on an appliance with a whole box."""
    with Appliance(Plan(directory, dataset, has_box=True)) as appliance:
        asked = [_run_s(appliance) for _ in range(runs)]
        appliance.core.stop()
        itself = [_run_s(appliance) for _ in range(runs)]
        appliance.printer.order("fault", name="offline")
        appliance.reader.order("fault", name="silent", count=-1)
        hard = [_run_s(appliance) for _ in range(runs)]
        appliance.printer.order("clear")
        appliance.reader.order("clear")
        appliance.launch_core().ready()
    return [
        *percentiles("doctor, asking the core", "s", asked, GOALS),
        *percentiles("doctor, asking the devices itself", "s", itself, GOALS),
        *percentiles("doctor, while reader and printer are silent", "s", hard, GOALS),
    ]


def _run_s(appliance: Appliance) -> float:
    command = [sys.executable, "-m", "kiosk", "doctor", "--settings", str(appliance.settings_path)]
    began = time.monotonic()
    subprocess.run(command, check=False, capture_output=True, timeout=60)
    return time.monotonic() - began
