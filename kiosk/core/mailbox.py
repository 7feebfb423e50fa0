from __future__ import annotations

import queue
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.flow.events import Event
    from kiosk.scene.wire import ScreenMessage


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a worker; `at` is monotonic seconds."""

    event: Event
    at: float


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the screen; `at` is monotonic seconds."""

    message: ScreenMessage
    at: float


@dataclass(frozen=True, slots=True)
class Ended:
    """The process is to end with this status."""

    exit_code: int


class Mailbox:
    """The engine's one queue. Any thread may put; the engine alone takes."""

    def __init__(self) -> None:
        self._letters: queue.SimpleQueue[Happened | Heard | Ended] = queue.SimpleQueue()

    def post(self, event: Event) -> None:
        """Something happened; never waits."""
        self._letters.put(Happened(event, time.monotonic()))

    def hear(self, message: ScreenMessage) -> None:
        """The screen said something; never waits."""
        self._letters.put(Heard(message, time.monotonic()))

    def end(self, exit_code: int) -> None:
        """Make the engine return. Signal handlers may call it too: SimpleQueue.put is reentrant."""
        self._letters.put(Ended(exit_code))

    def take(self, patience_s: float) -> Happened | Heard | Ended | None:
        """The next letter; None when none came in time."""
        try:
            return self._letters.get(timeout=patience_s)
        except queue.Empty:
            return None
