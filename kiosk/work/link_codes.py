"""Addresses as QR codes in PNGs: black on white with their quiet zone, one pixel row of bits each."""

from __future__ import annotations

import struct
import zlib
from math import isqrt
from typing import TYPE_CHECKING

import zxingcpp

from kiosk.flow.browse_states import LinkCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend_client.contract import Link

_QUIET_MODULES = 4  # ISO/IEC 18004, 9.1
_MODULE_PX = 12  # large enough that scaling leaves the edges of a module where they are
_DARK = 0
_GREY_1_BIT = struct.Struct(">IIBBBBB")  # width, height, depth, colour type, then 0: PNG 11.2.1


def link_codes(links: Iterable[Link]) -> tuple[LinkCode, ...]:
    """Each link with its code; one that no code can hold is left out."""
    codes = []
    for link in links:
        raster = code_png(link.url)
        if raster:
            codes.append(LinkCode(link.id, link.title, link.meaning, link.url, raster))
    return tuple(codes)


def code_png(text: str) -> bytes:
    """The QR code of a text, error correction level M, as a PNG; b"" where it is too long for any."""
    try:
        barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError:
        return b""
    image = barcode.to_image(scale=1, add_quiet_zones=False)
    modules = memoryview(image).tobytes()  # type: ignore[arg-type]  # it has the buffer interface, untold by its stub
    side = isqrt(len(modules))
    rows = [modules[row * side : (row + 1) * side] for row in range(side)]
    return _png(
        [_blank(side)] * _QUIET_MODULES + [_framed(row) for row in rows] + [_blank(side)] * _QUIET_MODULES
    )


def _blank(side: int) -> list[bool]:
    return [True] * (side + 2 * _QUIET_MODULES)


def _framed(row: bytes) -> list[bool]:
    quiet = [True] * _QUIET_MODULES
    return [*quiet, *(module != _DARK for module in row), *quiet]


def _png(rows: list[list[bool]]) -> bytes:
    """Modules (True = white) as a PNG of one bit a pixel."""
    side = len(rows) * _MODULE_PX
    lines = bytearray()
    for row in rows:
        bits = "".join("1" * _MODULE_PX if module else "0" * _MODULE_PX for module in row)
        packed = int(bits.ljust(-(-side // 8) * 8, "0"), 2).to_bytes(-(-side // 8), "big")
        lines += (b"\0" + packed) * _MODULE_PX  # filter 0 before each line
    head = _GREY_1_BIT.pack(side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(lines))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
