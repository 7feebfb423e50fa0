"""The rest of the box: power, door, lights, and the machine itself. All of it is optional.

Every port here has the same shape: `status(deadline)` gives a reading or a DeviceFault, `close()` lets go.
What a reading does not know is None, never a comfortable number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from devices.contract.codes import DeviceFault

if TYPE_CHECKING:
    from datetime import timedelta


@dataclass(frozen=True, slots=True)
class UpsReading:
    """What the UPS says (Network UPS Tools: ups.status, battery.charge, battery.runtime)."""

    on_battery: bool | None
    battery_low: bool | None
    replace_battery: bool | None
    charge_percent: int | None = None
    runtime_s: int | None = None
    model: str = ""
    serial: str = ""


class Light(StrEnum):
    """Lights beside slots and readers, to show where."""

    CARD = "card"
    PAPER = "paper"
    RECEIPT = "receipt"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class BoardReading:
    """What the I/O board says. `tampered` stays True until a technician clears it at the board."""

    door_open: bool | None
    tampered: bool | None
    lit: frozenset[Light] = frozenset()
    serial: str = ""
    firmware: str = ""


@dataclass(frozen=True, slots=True)
class MachineReading:
    """What the operating system says of the machine."""

    temperature_c: float | None
    disk_free_bytes: int | None  # of the file system that holds the store
    inodes_free_percent: float | None
    memory_available_bytes: int | None
    cpu_percent: float | None  # since the last call, None at the first
    uptime_s: int | None


UpsStatus = UpsReading | DeviceFault
BoardStatus = BoardReading | DeviceFault
MachineStatus = MachineReading | DeviceFault


class Ups(Protocol):
    """An uninterruptible power supply. One thread calls it; a call keeps its deadline plus 100 ms."""

    def status(self, deadline: timedelta) -> UpsStatus:
        """Ask how it is."""
        ...

    def close(self) -> None:
        """Let go of the connection. Calling it twice is harmless."""
        ...


class IoBoard(Protocol):
    """Door and tamper contact, and lights. One thread calls it; a call keeps its deadline plus 100 ms."""

    def status(self, deadline: timedelta) -> BoardStatus:
        """Ask for all contacts and lights."""
        ...

    def light(self, lit: frozenset[Light], deadline: timedelta) -> BoardStatus:
        """Switch exactly these lights on, all others off."""
        ...

    def close(self) -> None:
        """Let go of the port. Calling it twice is harmless."""
        ...


class Machine(Protocol):
    """The machine itself. One thread calls it."""

    def status(self, deadline: timedelta) -> MachineStatus:
        """Ask the operating system."""
        ...

    def close(self) -> None:
        """Nothing to let go of. Calling it twice is harmless."""
        ...
