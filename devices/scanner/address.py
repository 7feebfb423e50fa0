"""`serial:///dev/scanner?baud=9600&end=cr`."""

from __future__ import annotations

from dataclasses import dataclass

from devices.address_parts import take_apart
from devices.errors import AddressError

_EXAMPLE = "serial:///dev/scanner?baud=9600&end=cr"
ENDS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
DEFAULT_BAUD = 9600


@dataclass(frozen=True, slots=True)
class ScannerAddress:
    """Where a scanner is, and how it ends a code; b"" = by saying nothing more."""

    path: str
    baud: int
    end: bytes
    trace: str = ""  # the file that the bytes are recorded in, without what the codes say


def parse_scanner_address(text: str) -> ScannerAddress:
    """The parts of the address. Raises AddressError."""
    parts = take_apart(text, _EXAMPLE, ("baud", "end", "trace"))
    if parts.scheme != "serial" or parts.host:
        raise AddressError(f"{text!r} is no address such as {_EXAMPLE}")
    end = ENDS[parts.choice("end", tuple(ENDS))]
    return ScannerAddress(parts.path, parts.whole("baud", DEFAULT_BAUD), end, parts.trace)
