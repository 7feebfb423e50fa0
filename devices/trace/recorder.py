"""Writes a trace while a driver works, and never stands in its way."""

from __future__ import annotations

import os
import sys
import threading
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from devices.trace.entries import LARGEST_BYTES, Entry, Way, entry_line, head_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from devices.trace.mask import Mask, Piece

# What code over bytes of a wire may raise; a tap must not be what fails.
_MASK_FAILS = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError)


class Tap(Protocol):
    """What a line tells of what passes over it."""

    def opened(self) -> None:
        """The line is open."""
        ...

    def sent(self, data: bytes) -> None:
        """The line took these bytes."""
        ...

    def came(self, data: bytes) -> None:
        """These bytes came in."""
        ...

    def gone(self) -> None:
        """The line vanished."""
        ...

    def closed(self) -> None:
        """The line was closed."""
        ...


class Silence:
    """The tap of a device that is not recorded."""

    def opened(self) -> None:
        """Nothing is written."""

    def sent(self, data: bytes) -> None:
        """Nothing is written."""

    def came(self, data: bytes) -> None:
        """Nothing is written."""

    def gone(self) -> None:
        """Nothing is written."""

    def closed(self) -> None:
        """Nothing is written."""


class TraceFile:
    """A file of mode 0600, at most 1 MB, which any thread may write into.

    It is begun with the first line, and what stood there before is then kept as `.old`: whoever only looks
    at a device does not do away with the trace of a fault. Where it cannot be written a line on stderr says
    so, and the device works on without being recorded.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self._path, self._kind = path, kind
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self._size = 0
        self._fd = -1
        self._is_over = False

    def write(self, way: Way, data: bytes = b"", hidden: int = 0) -> None:
        """One entry, at this moment."""
        with self._lock:
            if not self._is_over and self._fd < 0:
                self._begin()
            self._put(entry_line(Entry(self._now_ms(), way, data, hidden)))

    def give_up(self, reason: str) -> None:
        """Nothing is recorded any more."""
        with self._lock:
            self._stop(reason)

    def _begin(self) -> None:
        try:
            if self._path.exists():
                self._path.replace(self._path.with_name(f"{self._path.name}.old"))
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            self._fd = os.open(self._path, flags, 0o600)
        except OSError as error:
            self._stop(os.strerror(error.errno or 0))
        self._put(head_line(self._kind))

    def _now_ms(self) -> int:
        return round((time.monotonic() - self._began) * 1000)

    def _put(self, line: str) -> None:
        if self._is_over:
            return
        last = entry_line(Entry(self._now_ms(), Way.FULL))
        is_full = self._size + len(line) + len(last) > LARGEST_BYTES
        data = (last if is_full else line).encode("ascii")
        try:
            # In one piece: after a power cut at most the last line is half there.
            self._size += os.write(self._fd, data)
        except OSError as error:
            self._stop(os.strerror(error.errno or 0))
        if is_full:
            self._end()

    def _stop(self, reason: str) -> None:
        if not self._is_over:
            sys.stderr.write(f"trace {self._path}: {reason}; this device is not recorded\n")
        self._end()

    def _end(self) -> None:
        self._is_over = True
        if self._fd >= 0:
            os.close(self._fd)
        self._fd = -1


class Recorder:
    """A tap into a file, behind a mask. Whatever happens here, the device works on."""

    def __init__(self, file: TraceFile, mask: Mask) -> None:
        self._file, self._mask = file, mask

    def opened(self) -> None:
        """The line is open."""
        self._file.write(Way.OPEN)

    def sent(self, data: bytes) -> None:
        """The line took these bytes."""
        self._take(lambda: self._mask.sent(data))

    def came(self, data: bytes) -> None:
        """These bytes came in."""
        self._take(lambda: self._mask.came(data))

    def gone(self) -> None:
        """The line vanished."""
        self._take(self._mask.rest)
        self._file.write(Way.GONE)

    def closed(self) -> None:
        """The line was closed."""
        self._take(self._mask.rest)

    def _take(self, masked: Callable[[], Iterable[Piece]]) -> None:
        try:
            pieces = tuple(masked())
        except _MASK_FAILS as error:
            # By its kind alone: its words may quote what was to be hidden.
            self._file.give_up(f"the mask failed ({type(error).__name__})")
            return
        for piece in pieces:
            self._file.write(*piece)


@cache
def _file_of(path: str, kind: str) -> TraceFile:
    """One for each path in this process: a kiosk has several drivers on one address."""
    return TraceFile(Path(path), kind)


def tap_for(trace: str, kind: str, mask: Mask) -> Tap:
    """What an address asks for with `trace=PATH`; "" = nothing is recorded."""
    return Recorder(_file_of(trace, kind), mask) if trace else Silence()
