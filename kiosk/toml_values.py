"""Checks of single values in a settings file; each returns the value, or raises WrongValueError."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[object], Any]

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class WrongValueError(ValueError):
    """Says in one sentence what is expected; quotes no value."""


def words(pattern: str = r".+", expected: str = "a text that is not empty") -> Check:
    """A text that matches `pattern` as a whole."""
    form = re.compile(pattern)

    def check(value: object) -> str:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise WrongValueError(f"expected {expected}")
        return value

    return check


def absolute_path(value: object) -> Path:
    """A path from the root."""
    if not isinstance(value, str) or not Path(value).is_absolute():
        raise WrongValueError('expected an absolute path such as "/var/lib/kiosk"')
    return Path(value)


def service_keys(value: object) -> tuple[str, ...]:
    """A list of services by their keys."""
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise WrongValueError('expected a list of services such as ["residence"]')
    return tuple(value)


def device_address(value: object) -> str:
    """An address whose scheme chooses the driver."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9+.-]*://\S*", value):
        raise WrongValueError('expected a device address such as "ipp://127.0.0.1:631/ipp/print"')
    return value


def web_address(value: object) -> str:
    """An https address, or http on this very machine; without the slash at its end."""
    parts = _split_address(value)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongValueError('expected a web address such as "https://platform.example"')
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise WrongValueError("expected an address without query, fragment, user name or password")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise WrongValueError("http is for this machine only; use https")
    return parts.geturl().rstrip("/")


def _split_address(value: object) -> SplitResult | None:
    """The parts of an address, None where it is none: brackets left open, a port that is no port."""
    if not isinstance(value, str):
        return None
    try:
        parts = urlsplit(value)
        is_sound = parts.port != 0  # asking for the port checks it
    except ValueError:
        return None
    return parts if is_sound else None


def yes_no(value: object) -> bool:
    """True or false, without quotes."""
    if not isinstance(value, bool):
        raise WrongValueError("expected true or false")
    return value


def whole(low: int, high: int) -> Check:
    """A whole number from `low` to `high`."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise WrongValueError(f"expected a whole number from {low} to {high}")
        return value

    return check


def number(low: float, high: float) -> Check:
    """A number from `low` to `high`."""

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise WrongValueError(f"expected a number from {low:g} to {high:g}")
        return float(value)

    return check


def seconds(low: float, high: float) -> Check:
    """A number of seconds from `low` to `high`, as a timedelta."""
    within = number(low, high)

    def check(value: object) -> timedelta:
        return timedelta(seconds=within(value))

    return check
