"""`serial:///dev/board?baud=9600`."""

from __future__ import annotations

from dataclasses import dataclass

from devices.address_parts import take_apart
from devices.errors import AddressError

_EXAMPLE = "serial:///dev/board?baud=9600"
DEFAULT_BAUD = 9600


@dataclass(frozen=True, slots=True)
class BoardAddress:
    """Where the board is."""

    path: str
    baud: int
    trace: str = ""  # the file that the bytes are recorded in


def parse_board_address(text: str) -> BoardAddress:
    """The parts of the address. Raises AddressError."""
    parts = take_apart(text, _EXAMPLE, ("baud", "trace"))
    if parts.scheme != "serial" or parts.host:
        raise AddressError(f"{text!r} is no address such as {_EXAMPLE}")
    return BoardAddress(parts.path, parts.whole("baud", DEFAULT_BAUD), parts.trace)
