"""A serial port whose every call has a limit: a moment of `time.monotonic()` after which it returns."""

from __future__ import annotations

import errno
import select
import termios
import time
from typing import TYPE_CHECKING

import serial

from devices.contract import DeviceCode
from devices.errors import LinkError, PortError, SilenceError

if TYPE_CHECKING:
    from devices.idcard.address import SerialAddress
    from devices.trace.recorder import Tap

NO_PERMISSION = frozenset({errno.EACCES, errno.EPERM})
BROKEN = (OSError, termios.error)  # SerialException is an OSError; pyserial lets termios.error through
READ_SIZE = 4096


class SerialPort:
    """One open port, 8N1 without flow control, kept from other programs. `tap` is told what passes."""

    def __init__(self, address: SerialAddress, tap: Tap) -> None:
        """Open the port; PortError says why it cannot be."""
        self._tap = tap
        try:
            self._port = serial.Serial(address.path, address.baud, timeout=0, write_timeout=0, exclusive=True)
        except BROKEN as error:
            raise _port_error(error) from error
        self._poll = select.poll()
        self._fd = self._port.fileno()
        tap.opened()

    def set_baud(self, baud: int) -> None:
        """Listen and speak at another rate from now on."""
        try:
            self._port.baudrate = baud
        except BROKEN as error:
            raise self._lost(error) from error

    def discard_input(self) -> None:
        """Forget what came in before now."""
        self.receive(time.monotonic())  # as much as a line holds, for the tap
        try:
            self._port.reset_input_buffer()
        except BROKEN as error:
            raise self._lost(error) from error

    def send(self, frame: bytes, limit: float) -> None:
        """Hand the whole frame to the line; SilenceError if it takes nothing until the limit."""
        rest = frame
        while rest:
            if not self._is_ready(select.POLLOUT, limit):
                raise SilenceError(DeviceCode.READER_SILENT, "the line takes no bytes")
            try:
                taken = self._port.write(rest) or 0
            except BROKEN as error:
                raise self._lost(error) from error
            self._tap.sent(rest[:taken])
            rest = rest[taken:]

    def receive(self, limit: float) -> bytes:
        """What has come in, as soon as anything has; nothing if the limit passes first."""
        if not self._is_ready(select.POLLIN, limit):
            return b""
        try:
            data = self._port.read(READ_SIZE)
        except BROKEN as error:
            raise self._lost(error) from error
        if data:
            self._tap.came(data)
        return data

    def close(self) -> None:
        """Let go of the port. Calling it twice is harmless."""
        self._port.close()
        self._tap.closed()

    def _lost(self, error: Exception) -> LinkError:
        self._tap.gone()
        return LinkError(DeviceCode.READER_NOT_FOUND, f"the port vanished ({_reason(error)})")

    def _is_ready(self, event: int, limit: float) -> bool:
        """True when the port can be read or written, or has hung up and will say so when it is."""
        self._poll.register(self._fd, event)
        remaining_ms = max(0.0, limit - time.monotonic()) * 1000
        return bool(self._poll.poll(remaining_ms))


def _port_error(error: Exception) -> PortError:
    number = error.errno if isinstance(error, OSError) else None
    if number in NO_PERMISSION:
        return PortError(DeviceCode.READER_NO_PERMISSION, "this user may not open the port")
    if number in {errno.EAGAIN, errno.EBUSY} or "exclusively lock" in str(error):
        return PortError(DeviceCode.READER_NOT_FOUND, "the port is in use by another program")
    return PortError(DeviceCode.READER_NOT_FOUND, _reason(error))


def _reason(error: Exception) -> str:
    """The system's name for what went wrong; never the text of a library, which may quote data."""
    number = error.errno if isinstance(error, OSError) else None
    return errno.errorcode.get(number, type(error).__name__) if number else type(error).__name__
