"""Taking an address of a device apart, with a clear sentence where it makes no sense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from devices.errors import AddressError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class AddressParts:
    """An address by its parts; `port` 0 = none was given."""

    scheme: str
    host: str
    port: int
    path: str
    options: Mapping[str, str]

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        """An option that must be one of a few words; the first one is the default. Raises AddressError."""
        value = self.options.get(name, known[0])
        if value not in known:
            raise AddressError(f"{name}={value}: must be one of {', '.join(known)}")
        return value

    @property
    def trace(self) -> str:
        """The file that the bytes are recorded in; "" = none. Raises AddressError."""
        return checked_trace(self.options.get("trace", ""))

    def whole(self, name: str, default: int) -> int:
        """An option that is a number above 0. Raises AddressError."""
        value = self.options.get(name, str(default))
        if not value.isascii() or not value.isdigit() or int(value) == 0:
            raise AddressError(f"{name}={value}: must be a number")
        return int(value)


def checked_trace(path: str) -> str:
    """The path as it is, or "" for none. Raises AddressError."""
    if path and not (path.startswith("/") and path.isprintable()):
        raise AddressError(f"trace={path!r}: must be the whole path of a file, from / on")
    return path


def take_apart(text: str, example: str, known: tuple[str, ...]) -> AddressParts:
    """The parts of an address with options of these names only. Raises AddressError."""
    try:
        parts = urlsplit(text)
        port = parts.port or 0
    except ValueError:
        raise AddressError(f"{text!r} is no address such as {example}") from None
    if parts.fragment or parts.username is not None or not (parts.hostname or parts.path.startswith("/")):
        raise AddressError(f"{text!r} is no address such as {example}")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(options.keys() - set(known))
    if unknown:
        raise AddressError(f"unknown options {', '.join(unknown)} (known: {', '.join(known)})")
    return AddressParts(parts.scheme, parts.hostname or "", port, unquote(parts.path), options)
