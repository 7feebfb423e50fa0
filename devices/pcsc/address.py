"""The address of a PC/SC reader: `pcsc:///` for any, `pcsc:///?reader=NAME-PART` for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from devices.address_parts import checked_trace
from devices.errors import AddressError


@dataclass(frozen=True, slots=True)
class PcscAddress:
    """Which readers of the PC/SC service are meant."""

    name_part: str = ""  # "" = any reader
    trace: str = ""  # the file that commands and answers are recorded in, without any person

    def names(self, reader: str) -> bool:
        """True if this reader is meant; upper and lower case are alike."""
        return self.name_part.casefold() in reader.casefold()


def parse_pcsc_address(text: str) -> PcscAddress:
    """The parts of a PC/SC address; AddressError says what is wrong with it."""
    parts = urlsplit(text)
    if parts.scheme != "pcsc" or parts.netloc or parts.path not in {"", "/"} or parts.fragment:
        raise AddressError(f"{text!r} is no address of a PC/SC reader, such as pcsc:///?reader=ACR39U")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    name_part = options.pop("reader", None)
    trace = checked_trace(options.pop("trace", ""))
    if options:
        raise AddressError(f"unknown options {', '.join(sorted(options))} (known: reader, trace)")
    if name_part is not None and not name_part.strip():
        raise AddressError("reader= must be a part of the reader's name; leave it out for any reader")
    return PcscAddress((name_part or "").strip(), trace)
