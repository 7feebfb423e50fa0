from __future__ import annotations

import queue
import threading
from typing import Generic, TypeVar

Item = TypeVar("Item")


class ClosedError(Exception):
    """The process is ending: whoever waits or works shall come to an end."""


class Inbox(Generic[Item]):
    """Orders for one worker, in the order they came. Any thread may put; one thread takes."""

    def __init__(self) -> None:
        self._items: queue.SimpleQueue[Item | None] = queue.SimpleQueue()
        self._closed = threading.Event()

    def put(self, item: Item) -> None:
        """Add an order; never waits."""
        self._items.put(item)

    def take(self, patience_s: float | None = None) -> Item | None:
        """The next order; None when none came in time. Raises ClosedError."""
        try:
            item = self._items.get(timeout=patience_s)
        except queue.Empty:
            item = None
        self.check_open()
        return item

    def check_open(self) -> None:
        """Raises ClosedError when the process is ending."""
        if self._closed.is_set():
            raise ClosedError

    def close(self) -> None:
        """Wake whoever takes, with ClosedError."""
        self._closed.set()
        self._items.put(None)
