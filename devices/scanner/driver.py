"""A code scanner on a serial line. It speaks, and cannot be asked."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, DeviceFault, NoCode, ScannerOpen
from devices.lines import LineError, LineFault, SerialLine
from devices.scanner.address import parse_scanner_address
from devices.scanner.frames import PAUSE_S, CodeAssembler
from devices.scanner.mask import CodeMask
from devices.trace.line import TappedLine
from devices.trace.recorder import tap_for

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import ScannerStatus, ScanOutcome
    from devices.scanner.frames import Scan

_CODES = {
    LineFault.NOT_FOUND: DeviceCode.SCANNER_NOT_FOUND,
    LineFault.NO_PERMISSION: DeviceCode.SCANNER_NO_PERMISSION,
    LineFault.GONE: DeviceCode.SCANNER_GONE,
    LineFault.STUCK: DeviceCode.SCANNER_GONE,
}


class SerialCodeScanner:
    """Implements `CodeScanner`. The port is opened by its path anew after each failure."""

    def __init__(self, address: str) -> None:
        """AddressError if the address makes no sense."""
        self._address = parse_scanner_address(address)
        self._line: TappedLine | None = None
        self._tap = tap_for(self._address.trace, "scanner", CodeMask())
        self._assembler = CodeAssembler(self._address.end)
        self._scans: deque[Scan] = deque()
        self._is_heard = False

    def status(self, deadline: timedelta) -> ScannerStatus:
        """Open the port if need be, and look whether it is still there."""
        del deadline
        try:
            self._take(self._open().receive(time.monotonic()))
        except LineError as error:
            return self._lost(error)
        return ScannerOpen(self._is_heard)

    def scan(self, deadline: timedelta) -> ScanOutcome:
        """The next code, or what is wrong with it; NoCode at the deadline."""
        limit = time.monotonic() + deadline.total_seconds()
        try:
            line = self._open()
            while not self._scans:
                until = limit
                if self._assembler.waits_for_pause:
                    until = min(limit, time.monotonic() + PAUSE_S)
                self._take(line.receive(until))
                if not self._scans and time.monotonic() >= limit:
                    return NoCode()
        except LineError as error:
            return self._lost(error)
        return self._scans.popleft()

    def close(self) -> None:
        """Let go of the port and of what came in."""
        if self._line is not None:
            self._line.close()
        self._line = None
        self._assembler.clear()
        self._scans.clear()

    def _open(self) -> TappedLine:
        if self._line is None:
            self._line = TappedLine(SerialLine(self._address.path, self._address.baud), self._tap)
        return self._line

    def _take(self, chunk: bytes) -> None:
        now = time.monotonic()
        found = self._assembler.feed(chunk, now) if chunk else self._assembler.pause(now)
        self._is_heard = self._is_heard or bool(found)
        self._scans += found

    def _lost(self, error: LineError) -> DeviceFault:
        self.close()
        self._is_heard = False  # another one may be plugged in next
        return DeviceFault(_CODES[error.fault], error.detail)
