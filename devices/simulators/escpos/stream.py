"""The commands in a stream of ESC/POS bytes, each taken out when it is whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Commands of a fixed length that change nothing here: the byte after ESC, GS or FS -> whole length.
_ESC = {
    **dict.fromkeys(b"!%-3=?ACEGJKMQRTUVaefrt{ ", 3),
    **dict.fromkeys(b"@<2SL", 2),
    **dict.fromkeys(b"$Y\\c", 4),
    ord("p"): 5,
}
_GS = dict.fromkeys(b"!/BHITabfhw", 3) | dict.fromkeys(b"$LPW\\", 4) | {ord(":"): 2, ord("^"): 5}
_FS = dict.fromkeys(b"!-CW", 3) | {ord("&"): 2, ord("."): 2, ord("S"): 4}
_TABLES = {0x1B: _ESC, 0x1D: _GS, 0x1C: _FS}
_DLE, _LF = 0x10, 0x0A
_PREFIXED, _WITH_ONE = 2, 3  # lengths of commands
_PLAIN = re.compile(rb"[^\x00-\x1f]+")
_RASTER_HEAD = 8
_GRAPHICS_HEAD = 10  # m, fn, tone, two scales, colour, width, height
_GRAPHICS_FN, _QR_STORE, _QR_PRINT = 112, 80, 81
_QR = 49
_FEED_CUTS = frozenset(b"ABabgh")  # GS V with one more byte


@dataclass(frozen=True, slots=True)
class Raster:
    """The head of GS v 0 or of GS ( L: so many rows of `stride` bytes follow, a set bit is black."""

    stride: int
    rows: int


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of a line, as they came."""

    characters: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LineEnd:
    """LF."""


@dataclass(frozen=True, slots=True)
class Feed:
    """ESC d: so many lines of white."""

    lines: int


@dataclass(frozen=True, slots=True)
class Cut:
    """GS V, ESC i or ESC m."""


@dataclass(frozen=True, slots=True)
class AskProof:
    """GS r 1."""


@dataclass(frozen=True, slots=True)
class QrStore:
    """GS ( k: the text of a QR code that the printer itself shall draw."""

    text: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class QrPrint:
    """GS ( k: draw the stored one."""


@dataclass(frozen=True, slots=True)
class Other:
    """Anything else: initialisation, alignment, a question that was answered as it came in."""


Command = Raster | Text | LineEnd | Feed | Cut | AskProof | QrStore | QrPrint | Other


def take_command(buffer: bytearray) -> Command | None:
    """Take the first command out of the buffer; None while it is not whole."""
    if not buffer:
        return None
    plain = _PLAIN.match(buffer)
    if plain:
        return _take(buffer, plain.end(), Text(plain.group()))
    first = buffer[0]
    if first == _LF:
        return _take(buffer, 1, LineEnd())
    if first != _DLE and first not in _TABLES:
        return _take(buffer, 1, Other())
    if len(buffer) < _PREFIXED:
        return None
    if first == _DLE:
        return _take(buffer, _WITH_ONE, Other())
    return _after_prefix(buffer, first, buffer[1])


def _after_prefix(buffer: bytearray, first: int, second: int) -> Command | None:
    match bytes((first, second)):
        case b"\x1dv":
            return _raster(buffer)
        case b"\x1d(":
            return _long(buffer, 3, 2)
        case b"\x1d8":
            return _long(buffer, 3, 4)
        case b"\x1dV":
            length = _WITH_ONE + 1 if len(buffer) > _PREFIXED and buffer[2] in _FEED_CUTS else _WITH_ONE
            return _take(buffer, length, Cut())
        case b"\x1dr":
            return _take(buffer, _WITH_ONE, AskProof())
        case b"\x1bi" | b"\x1bm":
            return _take(buffer, _PREFIXED, Cut())
        case b"\x1bd":
            return _take(buffer, _WITH_ONE, Feed(buffer[2])) if len(buffer) > _PREFIXED else None
        case _:
            return _take(buffer, _TABLES[first].get(second, _PREFIXED), Other())


def _take(buffer: bytearray, length: int, command: Command) -> Command | None:
    if len(buffer) < length:
        return None
    del buffer[:length]
    return command


def _raster(buffer: bytearray) -> Command | None:
    if len(buffer) < _RASTER_HEAD:
        return None
    stride, rows = int.from_bytes(buffer[4:6], "little"), int.from_bytes(buffer[6:8], "little")
    return _take(buffer, _RASTER_HEAD, Raster(stride, rows))


def _long(buffer: bytearray, at: int, size: int) -> Command | None:
    """GS ( and GS 8: a letter, a length, so many bytes."""
    start = at + size
    if len(buffer) < start:
        return None
    length = int.from_bytes(buffer[at:start], "little")
    body = bytes(buffer[start : start + min(length, _GRAPHICS_HEAD)])
    if buffer[2] == ord("L") and body[1:2] == bytes((_GRAPHICS_FN,)) and length > _GRAPHICS_HEAD:
        width, rows = int.from_bytes(body[6:8], "little"), int.from_bytes(body[8:10], "little")
        # Its rows follow, and are printed as they come; the order to print them comes later and is empty.
        return _take(buffer, start + _GRAPHICS_HEAD, Raster((width + 7) // 8, rows))
    if len(buffer) < start + length:
        return None
    whole = bytes(buffer[start : start + length])
    command: Command = Other()
    if buffer[2] == ord("k") and whole[:1] == bytes((_QR,)):
        if whole[1:2] == bytes((_QR_STORE,)):
            command = QrStore(whole[3:])
        elif whole[1:2] == bytes((_QR_PRINT,)):
            command = QrPrint()
    return _take(buffer, start + length, command)
