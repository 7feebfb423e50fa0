"""`nut://127.0.0.1:3493/ups`: upsd of Network UPS Tools, and the name of the UPS in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from devices.address_parts import take_apart
from devices.errors import AddressError

_EXAMPLE = "nut://127.0.0.1:3493/ups"
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
DEFAULT_PORT = 3493


@dataclass(frozen=True, slots=True)
class UpsAddress:
    """Where upsd listens, and which of its devices it is."""

    host: str
    port: int
    name: str
    trace: str = ""  # the file that the bytes are recorded in


def parse_ups_address(text: str) -> UpsAddress:
    """The parts of the address. Raises AddressError."""
    parts = take_apart(text, _EXAMPLE, ("trace",))
    name = parts.path.removeprefix("/")
    if parts.scheme != "nut" or not parts.host or not _NAME.fullmatch(name):
        raise AddressError(f"{text!r} is no address such as {_EXAMPLE}")
    return UpsAddress(parts.host, parts.port or DEFAULT_PORT, name, parts.trace)
