"""Writes a trace while a driver works, and never stands in its way."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from devices.trace.entries import LARGEST_BYTES, Entry, Way, entry_line, head_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from devices.trace.mask import Mask, Piece


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


class Recorder:
    """A tap into a file of mode 0600, at most 1 MB; the trace that was there before is kept as `.old`.

    Where the file cannot be written a line on stderr says so, and the device works on without being recorded.
    """

    def __init__(self, path: Path, kind: str, mask: Mask) -> None:
        self._path, self._mask = path, mask
        self._began = time.monotonic()
        self._size = 0
        self._fd = -1
        try:
            if path.exists():
                path.replace(path.with_name(f"{path.name}.old"))
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            self._fd = os.open(path, flags, 0o600)
        except OSError as error:
            self._give_up(error)
        self._write(head_line(kind))

    def opened(self) -> None:
        """The line is open."""
        self._note(Way.OPEN)

    def sent(self, data: bytes) -> None:
        """The line took these bytes."""
        self._take(self._mask.sent(data))

    def came(self, data: bytes) -> None:
        """These bytes came in."""
        self._take(self._mask.came(data))

    def gone(self) -> None:
        """The line vanished."""
        self._take(self._mask.rest())
        self._note(Way.GONE)

    def closed(self) -> None:
        """The line was closed."""
        self._take(self._mask.rest())

    def _take(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            self._write(entry_line(Entry(self._now_ms(), *piece)))

    def _note(self, way: Way) -> None:
        self._write(entry_line(Entry(self._now_ms(), way)))

    def _now_ms(self) -> int:
        return round((time.monotonic() - self._began) * 1000)

    def _write(self, line: str) -> None:
        if self._fd < 0:
            return
        last = entry_line(Entry(self._now_ms(), Way.FULL))
        is_full = self._size + len(line) + len(last) > LARGEST_BYTES
        data = (last if is_full else line).encode("ascii")
        try:
            # In one piece: after a power cut at most the last line is half there.
            self._size += os.write(self._fd, data)
        except OSError as error:
            self._give_up(error)
        if is_full:
            self._end()

    def _give_up(self, error: OSError) -> None:
        reason = os.strerror(error.errno or 0)
        sys.stderr.write(f"trace {self._path}: {reason}; this device is not recorded\n")
        self._end()

    def _end(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
        self._fd = -1


def tap_for(trace: str, kind: str, mask: Mask) -> Tap:
    """What an address asks for with `trace=PATH`; "" = nothing is recorded."""
    return Recorder(Path(trace), kind, mask) if trace else Silence()
