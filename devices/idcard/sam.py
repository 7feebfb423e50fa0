"""The id of a reader's security module (SAM): its serial number."""

from __future__ import annotations

import struct

_LAYOUT = struct.Struct("<HHIII")


def sam_text(data: bytes | bytearray) -> str:
    """The printed form of the 16 bytes that 12 FF answers, such as 05.01-20250101-0001234567-3456789012."""
    maker, model, date, batch, serial = _LAYOUT.unpack(data)
    return f"{maker:02d}.{model:02d}-{date:d}-{batch:010d}-{serial:010d}"
