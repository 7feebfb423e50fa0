"""Which characters a font file has, read from its cmap table (OpenType 1.9, cmap format 12)."""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

_TABLE_RECORD = struct.Struct(">4sIII")
_ENCODING_RECORD = struct.Struct(">HHI")
_GROUP_BYTES = 12
_FULL_UNICODE = (3, 10)  # platform Windows, encoding UCS-4: format 12


class GlyphRangesError(Exception):
    """The file is no OpenType font with a cmap of format 12."""


class GlyphRanges:
    """The code points of one font. `pygame.font` itself gives a blank box and no word for a missing one."""

    def __init__(self, starts: array[int], ends: array[int]) -> None:
        self._starts = starts
        self._ends = ends

    def has(self, character: str) -> bool:
        """True where the font draws this character."""
        code = ord(character)
        place = bisect_right(self._starts, code) - 1
        return place >= 0 and code <= self._ends[place]

    def characters(self) -> frozenset[str]:
        """All of them, for a font that has few."""
        pairs = zip(self._starts, self._ends, strict=True)
        return frozenset(chr(code) for first, last in pairs for code in range(first, last + 1))


def read_glyph_ranges(path: Path) -> GlyphRanges:
    """Read the cmap of a font file. Raises GlyphRangesError or OSError."""
    with path.open("rb") as file:
        try:
            table = _read_table(file, b"cmap")
            # Three numbers a group: first and last code point, first glyph. Big-endian, as all of OpenType.
            numbers = array("I", _full_unicode_groups(table))
        except struct.error as error:
            raise GlyphRangesError(f"{path.name} is cut short") from error
    if sys.byteorder == "little":
        numbers.byteswap()
    return GlyphRanges(numbers[0::3], numbers[1::3])


def _read_table(file: BinaryIO, tag: bytes) -> bytes:
    (count,) = struct.unpack(">4xH6x", file.read(12))
    for name, _, offset, length in _TABLE_RECORD.iter_unpack(file.read(count * _TABLE_RECORD.size)):
        if name == tag:
            file.seek(offset)
            return file.read(length)
    raise GlyphRangesError(f"no {tag.decode()} table")


def _full_unicode_groups(cmap: bytes) -> bytes:
    (count,) = struct.unpack_from(">2xH", cmap)
    records = _ENCODING_RECORD.iter_unpack(cmap[4 : 4 + count * _ENCODING_RECORD.size])
    for platform, encoding, offset in records:
        if (platform, encoding) == _FULL_UNICODE:
            kind, groups = struct.unpack_from(">H10xI", cmap, offset)
            if kind == 12:  # noqa: PLR2004  the format number itself
                start = offset + 16
                return cmap[start : start + groups * _GROUP_BYTES]
    raise GlyphRangesError("no cmap of format 12")
