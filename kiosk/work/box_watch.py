"""Watches the rest of the box: UPS, I/O board and the machine itself, as far as they are fitted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import DeviceFault
from kiosk.domain.device_health import judge_board, judge_machine, judge_ups
from kiosk.domain.health import Component
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    from devices.contract import IoBoard, Machine, MachineReading, Ups, UpsReading
    from kiosk.domain.device_health import MachineLimits
    from kiosk.work.health_board import Tell

DEADLINE = timedelta(seconds=0.5)  # of each device, so that one round takes less than 3 s with the pause
INTERVAL_S = 1.5
MACHINE_INTERVAL_S = 10.0


@dataclass(frozen=True, slots=True)
class BoxTools:
    """What is watched; None = not fitted."""

    machine: Machine
    limits: MachineLimits
    tell: Tell
    ups: Ups | None = None
    board: IoBoard | None = None


class BoxWatch:
    """Looks at the box again and again."""

    name = "box"

    def __init__(self, tools: BoxTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._machine_due = 0.0
        self._machine: MachineReading | None = None
        self._ups: UpsReading | None = None

    def machine(self) -> MachineReading | None:
        """The machine's last reading. Any thread may ask."""
        return self._machine

    def ups(self) -> UpsReading | None:
        """The last reading of the UPS; None = there is none, or it does not answer. Any thread may ask."""
        return self._ups

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Watch until closed."""
        try:
            while True:
                self.look()
                self._bell.sleep(INTERVAL_S)
        finally:
            for device in (self._tools.machine, self._tools.ups, self._tools.board):
                if device is not None:
                    device.close()

    def look(self) -> None:
        """Look at everything once."""
        tools = self._tools
        if tools.ups is not None:
            power = tools.ups.status(DEADLINE)
            self._ups = None if isinstance(power, DeviceFault) else power
            tools.tell(Component.UPS, judge_ups(power))
        if tools.board is not None:
            tools.tell(Component.BOARD, judge_board(tools.board.status(DEADLINE)))
        if time.monotonic() >= self._machine_due:
            self._machine_due = time.monotonic() + MACHINE_INTERVAL_S
            self._look_at_machine()

    def _look_at_machine(self) -> None:
        reading = self._tools.machine.status(DEADLINE)
        self._machine = None if isinstance(reading, DeviceFault) else reading
        for component, told in judge_machine(reading, self._tools.limits).items():
            self._tools.tell(component, told)
