from __future__ import annotations

import threading

from kiosk.work.inbox import ClosedError


class Gate:
    """Shut until it is opened once."""

    def __init__(self) -> None:
        self._passable = threading.Event()
        self._closed = False

    def open(self) -> None:
        """Let everybody through, for good."""
        self._passable.set()

    def wait(self) -> None:
        """Wait until it is open. Raises ClosedError when the process is ending."""
        self._passable.wait()
        if self._closed:
            raise ClosedError

    def close(self) -> None:
        """Send away who waits, with ClosedError."""
        self._closed = True
        self._passable.set()
