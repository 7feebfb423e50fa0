"""How long a resident waits when the core is killed in the middle of a session."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, percentiles
from tools.desk.program import ROOT

if TYPE_CHECKING:
    from tests.bench.rig import Rig

STORY = "tenant"
# A reader drops a card that is polled faster than every 300 ms.
_BETWEEN_CARDS_S = 0.4
_UNIT = ROOT / "systemd" / "kiosk-core.service"


def measure_recovery(rig: Rig, n: int) -> list[Figure]:
    """From SIGKILL until core and screen serve the card that still lies there, systemd's pause included."""
    pause_s = _restart_pause_s()
    times = []
    for _ in range(n):
        rig.wire.forget()
        rig.appliance.lay(STORY)
        rig.wire.await_painted("who_you_are")
        killed = time.monotonic()
        rig.appliance.core.kill()
        rig.wire.forget()
        time.sleep(pause_s)
        rig.appliance.launch_core()
        painted = rig.wire.await_painted("who_you_are").painted_s or 0.0
        times.append((painted - killed) * 1000)
        rig.wire.forget()
        rig.appliance.lift()
        rig.wire.await_painted("ended")
        rig.wire.touch("finish")
        rig.wire.await_painted("attract")
        time.sleep(_BETWEEN_CARDS_S)
    goals = {50: "<= 2000", 99: "<= 5000"}
    return percentiles("core killed to a usable screen", "ms", times, goals)


def _restart_pause_s() -> float:
    """RestartSec of the core's unit."""
    found = re.search(r"^RestartSec=([\d.]+)$", _UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError("the core's unit names no RestartSec")
    return float(found[1])
