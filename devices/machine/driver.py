"""The machine itself, as psutil and the operating system tell it."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

from devices.contract import MachineReading

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from devices.contract import MachineStatus

# Sensors of a processor or a board; those of batteries, disks and network cards say nothing about the box.
_SENSORS = ("coretemp", "k10temp", "cpu_thermal", "soc_thermal", "acpitz", "zenpower")


class PsutilMachine:
    """Implements `Machine` for the machine that runs this program."""

    def __init__(self, store: Path) -> None:
        """`store`: any path on the file system whose room is to be told."""
        self._store = store
        self._asked_before = False

    def status(self, deadline: timedelta) -> MachineStatus:
        """Ask the operating system; it answers at once, whatever the deadline."""
        del deadline
        disk, inodes = self._room()
        return MachineReading(
            temperature_c=_temperature(),
            disk_free_bytes=disk,
            inodes_free_percent=inodes,
            memory_available_bytes=psutil.virtual_memory().available,
            cpu_percent=self._cpu(),
            uptime_s=max(0, int(time.time() - psutil.boot_time())),
        )

    def close(self) -> None:
        """Nothing is held."""

    def _room(self) -> tuple[int | None, float | None]:
        """Free bytes for an ordinary user, and free inodes in percent; None where it cannot be told."""
        with suppress(OSError):
            there = os.statvfs(self._store)
            inodes = 100.0 * there.f_favail / there.f_files if there.f_files else None
            return there.f_bavail * there.f_frsize, inodes
        return None, None

    def _cpu(self) -> float | None:
        """The share since the last call; there is none at the first."""
        percent = psutil.cpu_percent(interval=None)
        was_asked, self._asked_before = self._asked_before, True
        return percent if was_asked else None


def _temperature() -> float | None:
    """The hottest of the sensors that speak of the box."""
    sensors = psutil.sensors_temperatures() if hasattr(psutil, "sensors_temperatures") else {}
    told = [each.current for name in _SENSORS for each in sensors.get(name, ())]
    return max((heat for heat in told if heat is not None), default=None)
