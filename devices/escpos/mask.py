"""A receipt printer's bytes for a trace: every command, and no dot of what it prints."""

from __future__ import annotations

from devices.trace.entries import Way
from devices.trace.mask import Piece

_RASTER = b"\x1dv0"  # GS v 0 m xL xH yL yH, then the dots
_HEAD_BYTES = 8


class SlipMask:
    """Implements `Mask`. All text is dots here, so that a slip says nothing once the dots are white."""

    def __init__(self) -> None:
        self._seen = b""
        self._dots = 0  # of a picture, still to come

    def sent(self, data: bytes) -> tuple[Piece, ...]:
        """Commands as they are, dots as zeros."""
        told, hidden = bytearray(), 0
        while data:
            if self._dots:
                count = min(self._dots, len(data))
                self._dots -= count
                hidden += count
                told += bytes(count)
                data = data[count:]
                continue
            told.append(data[0])
            self._follow(data[0])
            data = data[1:]
        return (Piece(Way.OUT, bytes(told), hidden),)

    def came(self, data: bytes) -> tuple[Piece, ...]:
        """A printer's answers name nobody."""
        return (Piece(Way.IN, data),)

    def rest(self) -> tuple[Piece, ...]:
        """Nothing is held back; a picture that broke off is not gone on with over another line."""
        self._seen, self._dots = b"", 0
        return ()

    def _follow(self, byte: int) -> None:
        self._seen = (self._seen + bytes((byte,)))[-_HEAD_BYTES:]
        if len(self._seen) == _HEAD_BYTES and self._seen.startswith(_RASTER):
            stride, rows = (
                int.from_bytes(self._seen[4:6], "little"),
                int.from_bytes(self._seen[6:8], "little"),
            )
            self._seen, self._dots = b"", stride * rows
