"""A bounded reader of bytes: every step beyond the end is one and the same error."""

from __future__ import annotations

from devices.page.errors import NotIppError


class Cursor:
    """Walks through a message from front to back."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> bytes:
        """The next `length` bytes; NotIppError where fewer are left."""
        end = self._at + length
        if end > len(self._data):
            raise NotIppError(f"{length} bytes wanted at {self._at}, the message ends at {len(self._data)}")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def unsigned(self, width: int) -> int:
        """The next big-endian number of `width` bytes."""
        return int.from_bytes(self.take(width), "big")

    def signed(self, width: int) -> int:
        """The next big-endian number of `width` bytes in two's complement."""
        return int.from_bytes(self.take(width), "big", signed=True)

    def field(self) -> bytes:
        """The next field: a SIGNED-SHORT length, then as many bytes (RFC 8010 section 3.1.4)."""
        length = self.signed(2)
        if length < 0:
            raise NotIppError(f"negative length at {self._at}")
        return self.take(length)

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(len(self._data) - self._at)

    def finish(self) -> None:
        """NotIppError where something is left over."""
        if self._at != len(self._data):
            raise NotIppError(f"{len(self._data) - self._at} bytes too many in a value")
