"""Frames on the UNIX socket: four bytes of big-endian length, then the payload."""

from __future__ import annotations

import struct

MAX_PAYLOAD_BYTES = 2 * 1024 * 1024
_LENGTH = struct.Struct(">I")


class WireError(Exception):
    """What came is not of this schema; the connection is of no further use. Holds no content."""


def frame(payload: bytes) -> bytes:
    """The payload behind its length. Raises WireError when it is empty or beyond the limit."""
    _check_length(len(payload))
    return _LENGTH.pack(len(payload)) + payload


class FrameReader:
    """Cuts a stream of bytes into payloads, however it was chopped on the way."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Take what was received; return the payloads that are whole now.

        Raises WireError as soon as a length is zero or beyond the limit: drop the connection then.
        """
        self._buffer += data
        payloads = []
        while (payload := self._take()) is not None:
            payloads.append(payload)
        return payloads

    def _take(self) -> bytes | None:
        if len(self._buffer) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._buffer)
        _check_length(length)
        end = _LENGTH.size + length
        if len(self._buffer) < end:
            return None
        payload = bytes(self._buffer[_LENGTH.size : end])
        del self._buffer[:end]
        return payload


def _check_length(length: int) -> None:
    if not 0 < length <= MAX_PAYLOAD_BYTES:
        raise WireError(f"frame of {length} bytes; 1 to {MAX_PAYLOAD_BYTES} are allowed")
