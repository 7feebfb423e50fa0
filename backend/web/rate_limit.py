from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from fastapi import status

from backend.web.problems import ProblemCode, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

_REMEMBERED = 10_000  # addresses; the table must not grow without end


class RateLimit:
    """Lets each address do `burst` things at once and then one every `interval_s` seconds. Thread-safe.

    Counts in the memory of one process: with several, each address gets as many times more.
    """

    def __init__(self, burst: int, interval_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._interval_s = interval_s
        self._clock = clock
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}  # when the address will have its whole burst again

    def admit(self, address: str) -> bool:
        """Whether this address may do one more thing now."""
        with self._lock:
            now = self._clock()
            free_at = max(self._free_at.get(address, now), now) + self._interval_s
            if free_at - now > self._burst * self._interval_s:
                return False
            self._free_at[address] = free_at
            if len(self._free_at) > _REMEMBERED:
                self._forget(now)
            return True

    def check(self, address: str) -> None:
        """Raise 429 where this address may not go on."""
        if not self.admit(address):
            wait = {"Retry-After": "60"}
            raise ProblemError(status.HTTP_429_TOO_MANY_REQUESTS, ProblemCode.TOO_MANY, wait)

    def _forget(self, now: float) -> None:
        self._free_at = {address: free_at for address, free_at in self._free_at.items() if free_at > now}
        if len(self._free_at) > _REMEMBERED:
            self._free_at.clear()
