from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from devices.contract import PrinterBlocked, PrinterFacts, PrinterReady, PrinterUnknown
from kiosk.domain.device_health import judge_printer
from kiosk.domain.health import Component
from kiosk.flow.events import PrinterChanged
from kiosk.log import LogEvent
from kiosk.work.bell import Bell
from kiosk.work.health_board import tell_nobody

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from devices.contract import DeviceCode, Printer, PrinterStatus
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.health_board import Tell

# Together at most 3 s, so that no fault stays unseen for longer.
STATUS_DEADLINE = timedelta(seconds=1.5)
INTERVAL_S = 1.5


@dataclass(frozen=True, slots=True)
class WatchedAs:
    """Which printer it is, and who hears of it beside the flow."""

    component: Component = Component.PAGE_PRINTER
    tell: Tell = tell_nobody


_PAGE_PRINTER = WatchedAs()


class PrinterWatcher:
    """Says when the printer's status changes: always to the board, to the flow while nothing is printed.

    It asks over a connection of its own, so that a printer slow to answer delays no paper. The flow knows
    one printer only, the page printer.
    """

    def __init__(
        self,
        printer: Printer,
        is_printing: threading.Event,
        post: Callable[[Event], None],
        log: Log,
        watched: WatchedAs = _PAGE_PRINTER,
    ) -> None:
        self.name = watched.component.value
        self._printer = printer
        self._is_printing = is_printing
        self._post = post
        self._log = log
        self._watched = watched
        self._bell = Bell()
        self._last: PrinterStatus | None = None
        self._facts = PrinterFacts()

    def facts(self) -> PrinterFacts:
        """What the printer told of itself when it answered last. Any thread may ask."""
        return self._facts

    def nudge(self) -> None:
        """Look at the printer now."""
        self._bell.ring()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Watch until closed."""
        try:
            while True:
                self._bell.sleep(self._look())
        finally:
            self._printer.close()

    def _look(self) -> float:
        status = self._printer.status(STATUS_DEADLINE)
        if not isinstance(status, PrinterUnknown):
            self._facts = status.facts
        self._watched.tell(self._watched.component, judge_printer(status))
        is_theirs = self._watched.component is Component.PAGE_PRINTER and not self._is_printing.is_set()
        if is_theirs and status != self._last:
            self._last = status
            self._post(PrinterChanged(status))
            self._log.info(LogEvent.PRINTER_CHANGED, status=type(status).__name__, code=_code(status))
        return INTERVAL_S


def _code(status: PrinterStatus) -> DeviceCode | None:
    match status:
        case PrinterReady():
            return None
        case PrinterBlocked(code=code) | PrinterUnknown(code=code):
            return code
        case _:
            assert_never(status)
