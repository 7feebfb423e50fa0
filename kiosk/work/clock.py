"""The clock of the kiosk: local time of the county, and time that never jumps."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from backend_client.contract import ClockState
from kiosk.domain.issuance import Moment

LOCAL_ZONE = timezone(timedelta(hours=8), "UTC+08:00")  # all of China; papers carry local dates
SYNCED_WITHIN = timedelta(seconds=120)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class SystemClock:
    """Reads the machine's clocks, and knows how far the wall clock can be believed. Any thread may ask."""

    def __init__(self) -> None:
        self._boot_id = _BOOT_ID.read_text(encoding="ascii").strip()
        self._lock = threading.Lock()
        self._heard: tuple[datetime, int] | None = None

    def heard(self, server_time: datetime) -> None:
        """The platform said just now that it is `server_time` (with zone)."""
        with self._lock:
            self._heard = server_time, _monotonic_ms()

    def moment(self) -> Moment:
        """Now, in a form that survives a wrong clock."""
        wall, monotonic_ms = self.now(), _monotonic_ms()
        return Moment(wall, monotonic_ms, self._boot_id, self._state(wall, monotonic_ms))

    def now(self) -> datetime:
        """Local time with its zone."""
        return datetime.now(LOCAL_ZONE)

    def offset(self) -> timedelta | None:
        """How far this clock is ahead of the platform's; None = the platform was not heard yet."""
        with self._lock:
            heard = self._heard
        return clock_offset(heard, self.now(), _monotonic_ms())

    def _state(self, wall: datetime, monotonic_ms: int) -> ClockState:
        with self._lock:
            heard = self._heard
        return clock_state(heard, wall, monotonic_ms)


def clock_state(heard: tuple[datetime, int] | None, wall: datetime, monotonic_ms: int) -> ClockState:
    """How far `wall` is from the platform's time, which goes on since it was heard (at a monotonic time)."""
    offset = clock_offset(heard, wall, monotonic_ms)
    if offset is None:
        return ClockState.UNKNOWN
    return ClockState.SYNCED if abs(offset) <= SYNCED_WITHIN else ClockState.DRIFTED


def clock_offset(heard: tuple[datetime, int] | None, wall: datetime, monotonic_ms: int) -> timedelta | None:
    """How far `wall` is ahead of the platform's time; None = it was never heard."""
    if heard is None:
        return None
    server_time, heard_ms = heard
    return wall - server_time - timedelta(milliseconds=monotonic_ms - heard_ms)


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000
