"""How long a simulator runs: until SIGTERM or SIGINT."""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import FrameType


class Lifetime:
    """Entered first thing by a program, so that a signal never cuts it off half set up."""

    def __init__(self) -> None:
        self._over = threading.Event()

    def __enter__(self) -> Self:
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def announce(self, address: str) -> None:
        """Print `ready ADDRESS`, flushed, and return when a signal ends this program."""
        sys.stdout.write(f"ready {address}\n")
        sys.stdout.flush()
        self._over.wait()

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._over.set()
