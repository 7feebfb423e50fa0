"""QR codes as modules: zxing-cpp writes and reads them."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import zxingcpp

from printer_templates.contract import DoesNotFitError

if TYPE_CHECKING:
    from PIL import Image

QUIET_MODULES = 4  # ISO/IEC 18004, 9.1
SMALLEST_MODULE_MM = 0.42  # below it, worn paper and cheap scanners fail
_DARK = 0
_ONLY_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)  # ten times faster than all formats


@dataclass(frozen=True, slots=True)
class Run:
    """Dark modules side by side in one row; row 0 is the top."""

    row: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code without its quiet zone: modules on a side, and its dark runs."""

    side: int
    runs: tuple[Run, ...]


def encode(text: str, side_mm: float) -> Symbol:
    """The QR code of a text, error correction level M.

    Raises DoesNotFitError where its modules would be smaller than 0.42 mm on a symbol of `side_mm`.
    """
    try:
        barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError as error:
        raise DoesNotFitError("the text of the QR code is longer than any QR code") from error
    image = barcode.to_image(scale=1, add_quiet_zones=False)
    rows = memoryview(image).tobytes()  # type: ignore[arg-type]  # it has the buffer interface, untold by its stub
    side = isqrt(len(rows))
    if side_mm / side < SMALLEST_MODULE_MM:
        raise DoesNotFitError("the text of the QR code is longer than its place")
    lines = (rows[row * side : (row + 1) * side] for row in range(side))
    return Symbol(side, tuple(run for row, line in enumerate(lines) for run in _runs(row, line)))


def decode(image: Image.Image) -> str:
    """The text of the one QR code in a greyscale image, "" where there is none or more than one."""
    found = zxingcpp.read_barcodes(image, formats=_ONLY_QR)
    return found[0].text if len(found) == 1 else ""


def _runs(row: int, line: bytes) -> list[Run]:
    runs: list[Run] = []
    for column, module in enumerate(line):
        if module != _DARK:
            continue
        if runs and runs[-1].column + runs[-1].length == column:
            runs[-1] = Run(row, runs[-1].column, runs[-1].length + 1)
        else:
            runs.append(Run(row, column, 1))
    return runs
