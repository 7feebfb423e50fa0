"""When things last went well: the signs of life that no status can pretend."""

from __future__ import annotations

import threading
import time
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Vital(StrEnum):
    """What is noted."""

    CARD_LAID = "card_laid"  # an attempt, so that readings that fail can be told from no readings
    CARD_READ = "card_read"
    PRINT = "print"  # a paper that the printer confirmed
    DELIVERY = "delivery"
    REGISTER_SYNC = "register_sync"
    HEARTBEAT = "heartbeat"  # that the platform took


class Vitals:
    """Counts and times, by the clock that never jumps. Any thread may call."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._last: dict[Vital, float] = {}
        self._counts = dict.fromkeys(Vital, 0)
        self._begun = monotonic()

    def note(self, vital: Vital) -> None:
        """It went well just now."""
        with self._lock:
            self._last[vital] = self._monotonic()
            self._counts[vital] += 1

    def age_s(self, vital: Vital) -> float | None:
        """Seconds since it last went well; None = not since the core started."""
        with self._lock:
            last = self._last.get(vital)
        return None if last is None else max(0.0, self._monotonic() - last)

    def count(self, vital: Vital) -> int:
        """How often since the core started."""
        with self._lock:
            return self._counts[vital]

    def up_s(self) -> float:
        """Seconds since the core started."""
        return max(0.0, self._monotonic() - self._begun)
