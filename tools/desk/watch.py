"""Keeps core and screen running on a desk, as systemd does on a kiosk."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tools.desk.program import ProgramError

if TYPE_CHECKING:
    from tools.desk.appliance import Appliance

LOOK_INTERVAL_S = 0.5
RESTART_DELAY_S = 1.0  # RestartSec= of the units
WRONG_SETTINGS = 78  # RestartPreventExitStatus= of the units


def watch(appliance: Appliance) -> None:
    """Restart whichever of core and screen dies. Returns when the kiosk's window is closed.

    Raises ProgramError where a restart is of no use.
    """
    while True:
        time.sleep(LOOK_INTERVAL_S)
        if not appliance.core.is_running:
            _mourn(appliance, "core", appliance.core.stop())
            appliance.launch_core()
        screen = appliance.screen
        if screen and not screen.is_running:
            status = screen.stop()
            if status == 0:
                return
            _mourn(appliance, "screen", status)
            appliance.launch_screen()


def _mourn(appliance: Appliance, name: str, status: int) -> None:
    if status == WRONG_SETTINGS:
        raise ProgramError(f"{name} refuses its settings, see {appliance.logs / name}.log")
    print(f"{name} ended with status {status}, starting it again")
    time.sleep(RESTART_DELAY_S)
