"""The address of a reader: `serial:///dev/idcard?baud=115200&tolerant_find=1`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from devices.address_parts import checked_trace
from devices.errors import AddressError

if TYPE_CHECKING:
    from collections.abc import Mapping

BAUDS = (115200, 57600, 38400, 19200, 9600)
SWITCHES: Mapping[str, bool] = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """Where a reader is, and how this model behaves."""

    path: str
    baud: int = BAUDS[0]  # tried first; the others follow if the reader is silent
    tolerant_find: bool = False  # after "no new card", try now and then to select one all the same
    trace: str = ""  # the file that the bytes are recorded in, without any person


def parse_serial_address(text: str) -> SerialAddress:
    """The parts of a serial address; AddressError says what is wrong with it."""
    parts = urlsplit(text)
    if parts.scheme != "serial" or parts.netloc or not parts.path.startswith("/") or parts.fragment:
        raise AddressError(f"{text!r} is no reader address, such as serial:///dev/idcard?baud=115200")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    baud = options.pop("baud", str(BAUDS[0]))
    tolerant_find = options.pop("tolerant_find", "0")
    if baud not in map(str, BAUDS):
        raise AddressError(f"baud={baud}: readers know {', '.join(map(str, BAUDS))}")
    if tolerant_find not in SWITCHES:
        raise AddressError(f"tolerant_find={tolerant_find}: must be 0 or 1")
    trace = options.pop("trace", "")
    if options:
        raise AddressError(
            f"unknown options {', '.join(sorted(options))} (known: baud, tolerant_find, trace)"
        )
    return SerialAddress(unquote(parts.path), int(baud), SWITCHES[tolerant_find], checked_trace(trace))
