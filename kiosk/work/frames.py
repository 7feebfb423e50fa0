"""What was sent to the screen, and what the screen says it has painted."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Frames:
    """A service that runs proves no picture; the screen's word on each scene does. Any thread may call."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._sent = 0
        self._waits_since: float | None = None
        self._painted_at: float | None = None

    def sent(self, seq: int) -> None:
        """This scene is the newest one now."""
        with self._lock:
            self._sent = seq
            if self._waits_since is None:
                self._waits_since = self._monotonic()

    def painted(self, seq: int) -> None:
        """The screen has painted this scene; an older one shows that it goes on."""
        with self._lock:
            self._painted_at = self._monotonic()
            self._waits_since = None if seq == self._sent else self._painted_at

    def waiting_s(self) -> float | None:
        """For how long the newest scene waits to be painted; None = it was painted."""
        with self._lock:
            return self._age(self._waits_since)

    def painted_age_s(self) -> float | None:
        """Seconds since the last frame was painted; None = none since the core started."""
        with self._lock:
            return self._age(self._painted_at)

    def _age(self, since: float | None) -> float | None:
        return None if since is None else max(0.0, self._monotonic() - since)
