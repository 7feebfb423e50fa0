"""Open byte lines whose every call has a limit: serial ports, TCP connections, device files.

A limit is a moment of `time.monotonic()`. Each kind of device gives the failures its own codes.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import termios
import time
from enum import Enum
from typing import Protocol

import serial

READ_SIZE = 4096
_NO_PERMISSION = frozenset({errno.EACCES, errno.EPERM})
_BROKEN = (OSError, termios.error)  # SerialException is an OSError; pyserial lets termios.error through


class LineFault(Enum):
    """What can be wrong with a line."""

    NOT_FOUND = "not_found"  # or in use by another program
    NO_PERMISSION = "no_permission"
    GONE = "gone"  # it was open, and vanished
    STUCK = "stuck"  # it takes no bytes until the limit


class LineError(Exception):
    """A line failed; `detail` is the system's word for it and quotes nothing that was sent."""

    def __init__(self, fault: LineFault, detail: str) -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail


class Line(Protocol):
    """An open line. One thread uses it."""

    def send(self, data: bytes, limit: float) -> int:
        """Hand bytes over; how many the line took until the limit. Raises LineError (GONE)."""
        ...

    def receive(self, limit: float) -> bytes:
        """What has come in, as soon as anything has; nothing if the limit passes first. Raises LineError."""
        ...

    def discard(self) -> None:
        """Forget what came in before now. Raises LineError."""
        ...

    def close(self) -> None:
        """Let go. Calling it twice is harmless."""
        ...


class _Polled:
    """What all lines share: a file descriptor that is waited for."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._poll = select.poll()

    def send(self, data: bytes, limit: float) -> int:
        """Hand bytes over; how many the line took until the limit."""
        done = 0
        while done < len(data) and self._is_ready(select.POLLOUT, limit):
            try:
                done += self._write(data[done : done + READ_SIZE])
            except BlockingIOError:
                continue
            except _BROKEN as error:
                raise _gone(error) from error
        return done

    def receive(self, limit: float) -> bytes:
        """What has come in, as soon as anything has; nothing if the limit passes first."""
        if not self._is_ready(select.POLLIN, limit):
            return b""
        try:
            return self._read()
        except BlockingIOError:
            return b""
        except _BROKEN as error:
            raise _gone(error) from error

    def discard(self) -> None:
        """Forget what came in before now."""
        while self.receive(time.monotonic()):
            pass

    def _is_ready(self, event: int, limit: float) -> bool:
        """True when it can be read or written, or has hung up and will say so when it is."""
        self._poll.register(self._fd, event)
        remaining_ms = max(0.0, limit - time.monotonic()) * 1000
        return bool(self._poll.poll(remaining_ms))

    def _write(self, data: bytes) -> int:
        return os.write(self._fd, data)

    def _read(self) -> bytes:
        data = os.read(self._fd, READ_SIZE)
        if not data:
            raise LineError(LineFault.GONE, "hung up")
        return data


class SerialLine(_Polled):
    """A serial port, 8N1 without flow control, kept from other programs."""

    def __init__(self, path: str, baud: int) -> None:
        """Open it. Raises LineError."""
        try:
            self._port = serial.Serial(path, baud, timeout=0, write_timeout=0, exclusive=True)
        except _BROKEN as error:
            raise _closed(error) from error
        super().__init__(self._port.fileno())

    def close(self) -> None:
        """Let go. Calling it twice is harmless."""
        self._port.close()

    def _write(self, data: bytes) -> int:
        return self._port.write(data) or 0

    def _read(self) -> bytes:
        return self._port.read(READ_SIZE)


class TcpLine(_Polled):
    """A TCP connection."""

    def __init__(self, host: str, port: int, limit: float) -> None:
        """Connect until the limit. Raises LineError."""
        try:
            self._socket = socket.create_connection((host, port), max(0.001, limit - time.monotonic()))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.setblocking(False)
        except OSError as error:
            raise _closed(error) from error
        super().__init__(self._socket.fileno())

    def close(self) -> None:
        """Let go. Calling it twice is harmless."""
        self._socket.close()


class FileLine(_Polled):
    """A device file, such as the one of a printer on USB."""

    def __init__(self, path: str) -> None:
        """Open it. Raises LineError."""
        try:
            fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise _closed(error) from error
        super().__init__(fd)
        self._is_open = True

    def close(self) -> None:
        """Let go. Calling it twice is harmless."""
        if self._is_open:
            self._is_open = False
            os.close(self._fd)


def _closed(error: Exception) -> LineError:
    number = error.errno if isinstance(error, OSError) else None
    if number in _NO_PERMISSION:
        return LineError(LineFault.NO_PERMISSION, "this user may not open it")
    if number in {errno.EAGAIN, errno.EBUSY} or "exclusively lock" in str(error):
        return LineError(LineFault.NOT_FOUND, "in use by another program")
    return LineError(LineFault.NOT_FOUND, _reason(error))


def _gone(error: Exception) -> LineError:
    return error if isinstance(error, LineError) else LineError(LineFault.GONE, _reason(error))


def _reason(error: Exception) -> str:
    """The system's name for what went wrong; never the text of a library, which may quote data."""
    number = error.errno if isinstance(error, OSError) else None
    return errno.errorcode.get(number, type(error).__name__) if number else type(error).__name__
