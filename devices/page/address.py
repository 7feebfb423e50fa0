"""`ipp://HOST[:PORT]/PATH`, the address of a page printer."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from devices.address_parts import checked_trace
from devices.errors import AddressError

_IPP_PORT = 631


def http_url(address: str) -> str:
    """The http:// twin of an ipp:// address (RFC 8010 section 4.3); AddressError where it makes no sense."""
    try:
        parts = urlsplit(address)
        port = parts.port or _IPP_PORT
    except ValueError:
        raise AddressError(f"{address!r}: the host makes no sense, or the port is not 1 to 65535") from None
    if parts.scheme != "ipp" or not parts.hostname or parts.query or parts.fragment:
        raise AddressError(f"{address!r} is not of the form ipp://HOST:PORT/PATH")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"http://{host}:{port}{parts.path or '/'}"


def without_trace(address: str) -> tuple[str, str]:
    """The address alone, and the file of its option `trace` ("" = none); AddressError for other options."""
    bare, mark, query = address.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    trace = options.pop("trace", "")
    if options or (mark and not trace):
        raise AddressError(f"{address!r}: the only option is trace")
    return bare, checked_trace(trace)
