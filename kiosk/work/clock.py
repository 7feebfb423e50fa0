"""The clock of the kiosk: local time of the county, and time that never jumps."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from kiosk.domain.issuance import Moment

LOCAL_ZONE = timezone(timedelta(hours=8), "UTC+08:00")  # all of China; papers carry local dates
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class SystemClock:
    """Reads the machine's clocks."""

    def __init__(self) -> None:
        self._boot_id = _BOOT_ID.read_text(encoding="ascii").strip()

    def moment(self) -> Moment:
        """Now, in a form that survives a wrong clock."""
        return Moment(self.now(), time.monotonic_ns() // 1_000_000, self._boot_id)

    def now(self) -> datetime:
        """Local time with its zone."""
        return datetime.now(LOCAL_ZONE)
