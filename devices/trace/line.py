"""A line whose bytes are told to a tap as well."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from devices.lines import LineError

if TYPE_CHECKING:
    from devices.lines import Line
    from devices.trace.recorder import Tap


class TappedLine:
    """Implements `Line` on another one."""

    def __init__(self, line: Line, tap: Tap) -> None:
        self._line, self._tap = line, tap
        tap.opened()

    def send(self, data: bytes, limit: float) -> int:
        """As the line's; only what it took is told."""
        try:
            taken = self._line.send(data, limit)
        except LineError:
            self._tap.gone()
            raise
        if taken:
            self._tap.sent(data[:taken])
        return taken

    def receive(self, limit: float) -> bytes:
        """As the line's."""
        try:
            data = self._line.receive(limit)
        except LineError:
            self._tap.gone()
            raise
        if data:
            self._tap.came(data)
        return data

    def discard(self) -> None:
        """As the line's; what the driver throws away is part of the trace."""
        while self.receive(time.monotonic()):
            pass

    def close(self) -> None:
        """As the line's."""
        self._line.close()
        self._tap.closed()
