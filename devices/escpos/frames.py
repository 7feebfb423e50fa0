"""The bytes of a slip, with python-escpos's commands and pictures, and the questions asked beside it."""

from __future__ import annotations

import io
import re
from itertools import groupby
from typing import TYPE_CHECKING

from escpos.constants import ESC, GS, HW_INIT, NUL, PAPER_FULL_CUT, PAPER_PART_CUT
from escpos.image import EscposImage
from PIL import Image

from devices.contract import DeviceCode
from devices.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from devices.escpos.status import Question

# Each block is whole commands and fits the 4 KB that the smallest usual printer holds, so that a question
# can be asked between two blocks: within a picture its bytes would be printed as dots.
BLOCK_BYTES = 3600
DLE_EOT = b"\x10\x04"
# GS r 1, twice: answered in its turn, after all that was sent before it. One zero byte, which looks like an
# answer, also comes from a serial cable whose printer loses its power; two of them in their turn do not.
ASK_PROOF = b"\x1dr\x01" * 2
PROOF_BYTES = 2
_CUTS = {"full": PAPER_FULL_CUT, "part": PAPER_PART_CUT}
_LINES_TO_CUTTER, _LINES_TO_TEAR_BAR = 6, 4
_HEAD_BYTES = 8
_WHITE_ROWS = 8
_MOST_ROWS = 1000  # of one command; older models take no more than 2,303
_SPURIOUS = re.compile(rb"\x10\x04[\x01-\x04]")
_MIDDLE_GREY = 128


def ask(question: Question) -> bytes:
    """DLE EOT n: answered at once, whatever else the printer does."""
    return DLE_EOT + bytes((question,))


def slip(bitmaps: Sequence[bytes], width_dots: int, cut: str) -> tuple[bytes, ...]:
    """All blocks of a slip. Raises DeviceError (RECEIPT_NO_BITMAP) where a picture is missing or misfits."""
    if not bitmaps:
        raise DeviceError(DeviceCode.RECEIPT_NO_BITMAP, "no picture")
    pictures = [_open(png, width_dots) for png in bitmaps]
    blocks = [bytearray(HW_INIT)]
    for band in (band for picture in pictures for band in _bands(picture)):
        if len(blocks[-1]) + len(band) > BLOCK_BYTES:
            blocks.append(bytearray())
        blocks[-1] += band
    return (*map(bytes, blocks), _end(cut))


def fresh_start(width_dots: int, cut: str) -> bytes:
    """One block that ends whatever was left half sent: fills up its picture, and puts it out.

    Without it, the next slip would be printed as the rest of that picture, or hang on a stranger's slip.
    """
    largest = max(BLOCK_BYTES, _stride(width_dots))
    return bytes(NUL * largest + HW_INIT + _end(cut))


def holds_question(block: bytes) -> bool:
    """Whether dots of a picture happen to be DLE EOT n: printers answer that, too."""
    return _SPURIOUS.search(block) is not None


def _open(png: bytes, width_dots: int) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(png))
        picture.load()
    except (OSError, ValueError, SyntaxError) as error:  # SyntaxError: a damaged PNG
        raise DeviceError(DeviceCode.RECEIPT_NO_BITMAP, type(error).__name__) from error
    if picture.width != width_dots:
        raise DeviceError(DeviceCode.RECEIPT_NO_BITMAP, f"{picture.width} dots wide, not {width_dots}")
    if picture.mode == "1":
        return picture
    # Never dithered: a dithered QR code cannot be read.
    return picture.convert("L").point(lambda grey: 255 * (grey >= _MIDDLE_GREY))


def _bands(picture: Image.Image) -> Iterator[bytes]:
    """GS v 0, a few rows at a time, without the white at their right: half of a slip is white.

    A serial line carries a slip of 100 KB in 9 s at best; the dots that come out are the same.
    """
    dots, stride = EscposImage(picture).to_raster_format(), _stride(picture.width)
    rows = [dots[at : at + stride].rstrip(NUL) for at in range(0, len(dots), stride)]
    band: list[bytes] = []
    for is_white, run in groupby(rows, key=_is_white):
        # A few white rows between others are not worth a command of their own.
        found = list(run)
        is_apart = is_white and len(found) >= _WHITE_ROWS
        if is_apart and band:
            yield from _rasters(band)
            band = []
        if is_apart:
            yield from _rasters(found)
        else:
            band += found
    if band:
        yield from _rasters(band)


def _rasters(rows: Sequence[bytes]) -> Iterator[bytes]:
    """As many commands as these rows need."""
    stride = max(1, *map(len, rows))
    at_once = min(_MOST_ROWS, (BLOCK_BYTES - _HEAD_BYTES - len(HW_INIT)) // stride)
    for top in range(0, len(rows), at_once):
        part = rows[top : top + at_once]
        head = GS + b"v0\0" + stride.to_bytes(2, "little") + len(part).to_bytes(2, "little")
        yield head + b"".join(row.ljust(stride, NUL) for row in part)


def _is_white(row: bytes) -> bool:
    return not row


def _end(cut: str) -> bytes:
    lines = _LINES_TO_CUTTER if cut else _LINES_TO_TEAR_BAR
    return bytes(ESC + b"d" + bytes((lines,)) + (_CUTS[cut] if cut else b""))


def _stride(width_dots: int) -> int:
    return (width_dots + 7) // 8
