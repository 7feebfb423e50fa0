"""When something happened, said so that a wrong clock can be seen and corrected later."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from backend_client.contract.wire import Wire


class ClockState(StrEnum):
    """How far the wall clock can be believed."""

    SYNCED = "synced"  # within two minutes of the platform's, at the last contact since boot
    DRIFTED = "drifted"  # further away than that
    UNKNOWN = "unknown"  # no contact since boot


class Stamp(Wire):
    """Wall time with zone, time since boot, which boot, and what is known of the wall clock."""

    wall: datetime
    monotonic_ms: int
    boot_id: str
    clock: ClockState
