"""What the head of a picture says: its size, and whether it is a PNG or a JPEG at all."""

from __future__ import annotations

import struct

_PNG_HEAD = struct.Struct(">8s4x4sII")  # signature, "IHDR", width, height (PNG 3rd edition, 11.2.1)
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_JPEG_START = b"\xff\xd8"
_SEGMENT = struct.Struct(">BBH")  # 0xFF, marker, length that counts itself (ITU-T T.81, B.1.1)
_FRAME = struct.Struct(">BHH")  # precision, height, width (ITU-T T.81, B.2.2)
_MARK = 0xFF
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # baseline, progressive, ...
_SCAN = 0xDA  # from here on there are no more heads


def raster_size(raster: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG or JPEG; None where it is neither, or has no size."""
    size = _jpeg_size(raster) if raster.startswith(_JPEG_START) else _png_size(raster)
    return size if size and all(size) else None


def _png_size(raster: bytes) -> tuple[int, int] | None:
    if len(raster) < _PNG_HEAD.size:
        return None
    signature, chunk, width, height = _PNG_HEAD.unpack_from(raster)
    return (width, height) if signature == _PNG_SIGNATURE and chunk == b"IHDR" else None


def _jpeg_size(raster: bytes) -> tuple[int, int] | None:
    at = len(_JPEG_START)
    while at + _SEGMENT.size + _FRAME.size <= len(raster):
        mark, marker, length = _SEGMENT.unpack_from(raster, at)
        if mark != _MARK or marker == _SCAN:
            return None
        if marker in _FRAME_MARKERS:
            _, height, width = _FRAME.unpack_from(raster, at + _SEGMENT.size)
            return width, height
        at += 2 + max(2, length)
    return None
