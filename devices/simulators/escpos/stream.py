"""The commands in a stream of ESC/POS bytes, whole ones only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RASTER_HEAD = 8
_TWO, _THREE = 2, 3


@dataclass(frozen=True, slots=True)
class Raster:
    """GS v 0: rows of dots, `stride` bytes each, a set bit is black."""

    stride: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Feed:
    """ESC d: so many lines of white."""

    lines: int


@dataclass(frozen=True, slots=True)
class Cut:
    """GS V."""


@dataclass(frozen=True, slots=True)
class AskProof:
    """GS r 1."""


@dataclass(frozen=True, slots=True)
class AskNow:
    """DLE EOT n."""

    question: int


@dataclass(frozen=True, slots=True)
class Other:
    """Anything else: initialisation, alignment, text."""


Command = Raster | Feed | Cut | AskProof | AskNow | Other


def take_command(buffer: bytearray) -> Command | None:
    """Take the first command out of the buffer; None while it is not whole."""
    head = bytes(buffer[:_TWO])
    if not head or (len(head) < _TWO and head[0] in {0x10, 0x1B, 0x1D}):
        return None
    match head:
        case b"\x1dv":
            return _raster(buffer)
        case b"\x10\x04":
            return _with_argument(buffer, AskNow)
        case b"\x1br" | b"\x1ba" | b"\x1bt" | b"\x1bJ" | b"\x1bE" | b"\x1bM" | b"\x1bG" | b"\x1b{" | b"\x1b3":
            return _with_argument(buffer, lambda _: Other())
        case b"\x1bd":
            return _with_argument(buffer, Feed)
        case b"\x1dr":
            return _with_argument(buffer, lambda _: AskProof())
        case b"\x1dV":
            return _with_argument(buffer, lambda _: Cut())
        case b"\x1b@":
            del buffer[:_TWO]
            return Other()
        case _:
            del buffer[:1]
            return Other()


def _with_argument(buffer: bytearray, make: Callable[[int], Command]) -> Command | None:
    if len(buffer) < _THREE:
        return None
    argument = buffer[_TWO]
    del buffer[:_THREE]
    return make(argument)


def _raster(buffer: bytearray) -> Command | None:
    if len(buffer) < RASTER_HEAD:
        return None
    stride = int.from_bytes(buffer[4:6], "little")
    end = RASTER_HEAD + stride * int.from_bytes(buffer[6:8], "little")
    if len(buffer) < end:
        return None
    data = bytes(buffer[RASTER_HEAD:end])
    del buffer[:end]
    return Raster(stride, data)
