"""`serial:///dev/receipt?baud=19200&paper=80`, `tcp://HOST:9100?paper=58`, `file:///dev/usb/lp0`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.address_parts import take_apart
from devices.errors import AddressError
from devices.escpos.profiles import profile_of

if TYPE_CHECKING:
    from devices.contract import RollPaper

_EXAMPLE = "tcp://192.0.2.5:9100?paper=80"
_OPTIONS = ("paper", "profile", "proof", "cut", "trace")
_SERIAL_OPTIONS = (*_OPTIONS, "baud")
_PROFILES = {"80": "TM-T20II", "58": "POS-5890"}
DEFAULT_BAUD = 19200
DEFAULT_PORT = 9100


@dataclass(frozen=True, slots=True)
class ReceiptAddress:
    """Where a receipt printer is, and what this model can do."""

    scheme: str  # serial, tcp or file
    path: str
    host: str
    port: int
    baud: int
    roll: RollPaper
    cut: str  # "full", "part" or "" for none
    has_proof: bool  # answers GS r in the order of what was sent
    trace: str = ""  # the file that the bytes are recorded in, without what slips say


def parse_receipt_address(text: str) -> ReceiptAddress:
    """The parts of the address. Raises AddressError."""
    is_serial = text.lower().startswith("serial:")
    parts = take_apart(text, _EXAMPLE, _SERIAL_OPTIONS if is_serial else _OPTIONS)
    is_remote = parts.scheme == "tcp"
    if (
        parts.scheme not in {"serial", "tcp", "file"}
        or is_remote != bool(parts.host)
        or is_remote != (parts.path in {"", "/"})
    ):
        raise AddressError(f"{text!r} is no address such as {_EXAMPLE}")
    paper = parts.choice("paper", ("80", "58"))
    profile = profile_of(parts.options.get("profile", _PROFILES[paper]), int(paper))
    return ReceiptAddress(
        scheme=parts.scheme,
        path=parts.path,
        host=parts.host,
        port=parts.port or DEFAULT_PORT,
        baud=parts.whole("baud", DEFAULT_BAUD),
        roll=profile.roll,
        cut=profile.cut if parts.choice("cut", ("1", "0")) == "1" else "",
        has_proof=parts.choice("proof", ("gs_r", "none")) == "gs_r",
        trace=parts.trace,
    )
