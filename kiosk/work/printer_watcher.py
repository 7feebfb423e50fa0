from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from devices.contract import PrinterBlocked, PrinterReady, PrinterUnknown
from kiosk.flow.events import PrinterChanged
from kiosk.log import LogEvent
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from devices.contract import DeviceCode, Printer, PrinterStatus
    from kiosk.flow.events import Event
    from kiosk.log import Log

STATUS_DEADLINE = timedelta(seconds=2)
READY_INTERVAL_S = 10.0
# Somebody may be putting paper in at this moment.
TROUBLED_INTERVAL_S = 2.0


class PrinterWatcher:
    """Says when the printer's status changes, while nothing is printed.

    It asks over a connection of its own, so that a printer slow to answer delays no paper.
    """

    name = "printer"

    def __init__(
        self,
        printer: Printer,
        is_printing: threading.Event,
        post: Callable[[Event], None],
        log: Log,
    ) -> None:
        self._printer = printer
        self._is_printing = is_printing
        self._post = post
        self._log = log
        self._bell = Bell()
        self._last: PrinterStatus | None = None

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
        if self._is_printing.is_set():
            return TROUBLED_INTERVAL_S
        status = self._printer.status(STATUS_DEADLINE)
        if status != self._last:
            self._last = status
            self._post(PrinterChanged(status))
            self._log.info(LogEvent.PRINTER_CHANGED, status=type(status).__name__, code=_code(status))
        return READY_INTERVAL_S if isinstance(status, PrinterReady) else TROUBLED_INTERVAL_S


def _code(status: PrinterStatus) -> DeviceCode | None:
    match status:
        case PrinterReady():
            return None
        case PrinterBlocked(code=code) | PrinterUnknown(code=code):
            return code
        case _:
            assert_never(status)
