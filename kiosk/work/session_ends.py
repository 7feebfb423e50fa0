from __future__ import annotations

import threading
from collections import OrderedDict

# An order waits in the inbox for a few seconds; this many sessions take an hour.
ENDED_KEPT = 64


class SessionEnds:
    """Which sessions ended and which prints were given up, known at once, ahead of any order that waits.

    A time-out that only released a lock let other kiosks print for whoever came next: here the end of a
    session refuses whatever of it is still under way. Any thread may ask and tell.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled: set[str] = set()
        self._ended: OrderedDict[str, None] = OrderedDict()

    def expect_print(self, session: str) -> None:
        """A print was ordered: what was cancelled before was another one."""
        with self._lock:
            self._cancelled.discard(session)

    def cancel(self, session: str) -> None:
        """Give up the print of this session that was ordered last."""
        with self._lock:
            self._cancelled.add(session)

    def end(self, session: str) -> None:
        """The session is over for good: ids of sessions are never used again."""
        with self._lock:
            self._ended[session] = None
            while len(self._ended) > ENDED_KEPT:
                self._ended.popitem(last=False)
            self._cancelled.discard(session)

    def has_ended(self, session: str) -> bool:
        """True from the moment at which the end was ordered."""
        with self._lock:
            return session in self._ended

    def wants_cancel(self, session: str) -> bool:
        """True where nobody waits for the print of this session any more."""
        with self._lock:
            return session in self._cancelled or session in self._ended
