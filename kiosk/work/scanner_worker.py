"""Listens to the code scanner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from devices.contract import CodeRejected, CodeScanned, DeviceFault, NoCode, ScannerOpen
from kiosk.domain.device_health import judge_scanner
from kiosk.domain.health import Component
from kiosk.flow import events
from kiosk.log import LogEvent
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.contract import CodeScanner, ScannerStatus
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.health_board import Tell

STATUS_DEADLINE = timedelta(seconds=1)
SCAN_DEADLINE = timedelta(seconds=1)
RETRY_INTERVAL_S = 1.0


@dataclass(frozen=True, slots=True)
class ScannerTools:
    """What the scanner's worker works with."""

    scanner: CodeScanner
    post: Callable[[Event], None]
    log: Log
    tell: Tell


class ScannerWorker:
    """Hands on each code once. What a code says is in no log: it may hold a person's data."""

    name = "scanner"

    def __init__(self, tools: ScannerTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._is_open = False

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Listen until closed."""
        try:
            while True:
                self._bell.sleep(self._step())
        finally:
            self._tools.scanner.close()

    def _step(self) -> float:
        """Open the port or wait for a code; return the seconds until the next step."""
        if not self._is_open:
            status = self._tools.scanner.status(STATUS_DEADLINE)
            self._is_open = isinstance(status, ScannerOpen)
            self._tell(status)
            return 0.0 if self._is_open else RETRY_INTERVAL_S
        return self._scan()

    def _scan(self) -> float:
        outcome = self._tools.scanner.scan(SCAN_DEADLINE)
        match outcome:
            case CodeScanned(text):
                self._tell(ScannerOpen(is_heard=True))
                self._tools.post(events.CodeScanned(text))
                self._tools.log.info(LogEvent.CODE_SCANNED, length=len(text))
            case CodeRejected(code):
                self._tell(ScannerOpen(is_heard=True))
                self._tools.log.warning(LogEvent.CODE_REJECTED, code=code)
            case NoCode():
                # Asked anew, so that a port that vanished without a word is noticed.
                self._is_open = False
            case DeviceFault():
                self._is_open = False
                self._tell(outcome)
                return RETRY_INTERVAL_S
            case _:
                assert_never(outcome)
        return 0.0

    def _tell(self, status: ScannerStatus) -> None:
        self._tools.tell(Component.SCANNER, judge_scanner(status))
