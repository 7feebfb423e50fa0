"""The bytes of a slip, made by python-escpos for the model's profile, and the questions asked beside it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from escpos.escpos import Escpos
from PIL import Image

from devices.contract import DeviceCode
from devices.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from devices.escpos.status import Question

DLE_EOT = b"\x10\x04"
ASK_PROOF = b"\x1dr\x01"  # GS r 1: answered in its turn, after all that was sent before it
LINES_AT_ONCE = 128  # of a picture: older models have small buffers
_FEED_LINES = 4  # so that the last line is past the tear bar


class _Collector(Escpos):  # type: ignore[misc]  # the library ships no types
    """Collects what the library would send."""

    def __init__(self, profile: str) -> None:
        super().__init__(profile=profile)
        self.collected = bytearray()

    def open(self) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to close."""

    def _raw(self, msg: bytes) -> None:
        self.collected += msg


def ask(question: Question) -> bytes:
    """DLE EOT n: answered at once, whatever else the printer does."""
    return DLE_EOT + bytes((question,))


def slip(bitmaps: Sequence[bytes], width_dots: int, profile: str, *, may_cut: bool) -> bytes:
    """All bytes of a slip. Raises DeviceError (RECEIPT_NO_BITMAP) where a picture is missing or too wide."""
    collector = _Collector(profile)
    collector.hw("INIT")
    for png in bitmaps:
        collector.image(
            _open(png, width_dots), impl="bitImageRaster", fragment_height=LINES_AT_ONCE, center=False
        )
    if not bitmaps:
        raise DeviceError(DeviceCode.RECEIPT_NO_BITMAP, "no picture")
    if may_cut and _can_cut(collector):
        collector.cut()  # feeds first
    else:
        collector.print_and_feed(_FEED_LINES)
    return bytes(collector.collected)


def _open(png: bytes, width_dots: int) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(png))
        picture.load()
    except (OSError, ValueError) as error:
        raise DeviceError(DeviceCode.RECEIPT_NO_BITMAP, type(error).__name__) from error
    if picture.width != width_dots:
        raise DeviceError(DeviceCode.RECEIPT_NO_BITMAP, f"{picture.width} dots wide, not {width_dots}")
    return picture.convert("1")


def _can_cut(collector: Escpos) -> bool:
    features = collector.profile.profile_data["features"]
    return bool(features.get("paperFullCut") or features.get("paperPartCut"))
