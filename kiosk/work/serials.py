from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from devices.contract import PrinterReady
from kiosk.domain.health import Component, Health

if TYPE_CHECKING:
    from devices.contract import PrinterStatus
    from kiosk.domain.health import Board

# Whose finding names the device while it works.
_NAMED = (Component.ID_READER, Component.SOCIAL_READER, Component.UPS, Component.BOARD)


class Serials:
    """Model and serial number of each device, as it told last. Any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[Component, str] = {}

    def note(self, component: Component, what: str) -> None:
        """A device told what it is; "" changes nothing."""
        if what:
            with self._lock:
                self._known[component] = what

    def hear_printer(self, component: Component, status: PrinterStatus) -> None:
        """A printer told how it is, and perhaps what it is."""
        if isinstance(status, PrinterReady):
            self.note(component, " ".join(part for part in (status.model, status.facts.serial) if part))

    def hear_board(self, board: Board) -> None:
        """Readers and the rest of the box are named by their findings."""
        for finding in board.findings:
            if finding.component in _NAMED and finding.health is Health.GOOD:
                self.note(finding.component, finding.detail)

    def told(self) -> tuple[tuple[str, str], ...]:
        """All that is known, in the order of every list."""
        with self._lock:
            return tuple((each.value, self._known[each]) for each in Component if each in self._known)
