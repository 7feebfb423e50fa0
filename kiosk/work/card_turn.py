"""Which reader has the card of the session: with two readers, only one at a time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.health import Component


class CardTurn:
    """The first reader that finds a card keeps the turn until that card is gone. Any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: Component | None = None

    def take(self, reader: Component) -> bool:
        """Keep the turn; False where the other reader has it."""
        with self._lock:
            if self._holder is None:
                self._holder = reader
            return self._holder is reader

    def is_with_other(self, reader: Component) -> bool:
        """Whether the other reader has a card."""
        with self._lock:
            return self._holder not in {None, reader}

    def give_back(self, reader: Component) -> None:
        """This reader has no card any more."""
        with self._lock:
            if self._holder is reader:
                self._holder = None
