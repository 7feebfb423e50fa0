from __future__ import annotations

import threading

from kiosk.work.inbox import ClosedError


class Bell:
    """Lets one worker sleep until its time has come or somebody rings."""

    def __init__(self) -> None:
        self._rung = threading.Event()
        self._closed = False

    def ring(self) -> None:
        """Wake the sleeper, or keep it from falling asleep once."""
        self._rung.set()

    def sleep(self, seconds: float | None) -> bool:
        """Sleep; True when somebody rang. Raises ClosedError."""
        rung = self._rung.wait(seconds)
        self._rung.clear()
        self.check_open()
        return rung

    def check_open(self) -> None:
        """Raises ClosedError when the process is ending."""
        if self._closed:
            raise ClosedError

    def close(self) -> None:
        """Wake the sleeper, with ClosedError."""
        self._closed = True
        self._rung.set()
