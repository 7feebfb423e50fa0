"""The line to a receipt printer, over whichever of the three ways; its failures as codes of the catalogue."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, assert_never

from devices.contract import DeviceCode
from devices.errors import LinkError, PortError
from devices.lines import FileLine, LineError, LineFault, SerialLine, TcpLine
from devices.trace.line import TappedLine

if TYPE_CHECKING:
    from devices.escpos.address import ReceiptAddress
    from devices.lines import Line
    from devices.trace.recorder import Tap

_BITS_OF_BYTE = 10  # start, eight, stop


class Transport:
    """One open line. Every method raises DeviceError."""

    def __init__(self, address: ReceiptAddress, limit: float, tap: Tap) -> None:
        """Open it until the limit; `tap` is told what passes."""
        self._byte_s = _BITS_OF_BYTE / address.baud if address.scheme == "serial" else 0.0
        self._clear_at = 0.0
        try:
            self._line = TappedLine(_open(address, limit), tap)
        except LineError as error:
            raise PortError(_code(error.fault), error.detail) from error

    @property
    def clear_at(self) -> float:
        """When the last byte will have left: a serial line takes bytes faster than it carries them."""
        return max(time.monotonic(), self._clear_at)

    def send(self, data: bytes, limit: float) -> int:
        """How many of these bytes the line took until the limit."""
        try:
            taken = self._line.send(data, limit)
        except LineError as error:
            raise LinkError(_code(error.fault), error.detail) from error
        self._clear_at = self.clear_at + taken * self._byte_s
        return taken

    def receive(self, limit: float) -> bytes:
        """What came in, nothing if the limit passes first."""
        try:
            return self._line.receive(limit)
        except LineError as error:
            raise LinkError(_code(error.fault), error.detail) from error

    def close(self) -> None:
        """Let go. Calling it twice is harmless."""
        self._line.close()


def _open(address: ReceiptAddress, limit: float) -> Line:
    match address.scheme:
        case "serial":
            return SerialLine(address.path, address.baud)
        case "tcp":
            return TcpLine(address.host, address.port, limit)
        case _:
            return FileLine(address.path)


def _code(fault: LineFault) -> DeviceCode:
    match fault:
        case LineFault.NOT_FOUND | LineFault.GONE:
            return DeviceCode.RECEIPT_UNREACHABLE
        case LineFault.NO_PERMISSION:
            return DeviceCode.RECEIPT_NO_PERMISSION
        case LineFault.STUCK:
            return DeviceCode.RECEIPT_SILENT
        case _:
            assert_never(fault)
