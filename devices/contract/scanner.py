"""The code scanner: codes of phones and of certificates, as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from devices.contract.codes import DeviceCode, DeviceFault

if TYPE_CHECKING:
    from datetime import timedelta

LONGEST_CODE = 700  # characters; a certificate's code has up to 435


@dataclass(frozen=True, slots=True)
class ScannerOpen:
    """The port is open. A scanner cannot be asked: `is_heard` is False until it sent a first code."""

    is_heard: bool


@dataclass(frozen=True, slots=True)
class CodeScanned:
    """One code, whole. The same code within a second is told once."""

    text: str = field(repr=False)  # it may hold a person's data


@dataclass(frozen=True, slots=True)
class NoCode:
    """Nothing was held under the scanner before the deadline."""


@dataclass(frozen=True, slots=True)
class CodeRejected:
    """Something came that is no code: CODE_TOO_LONG, CODE_NO_TEXT."""

    code: DeviceCode


ScannerStatus = ScannerOpen | DeviceFault
ScanOutcome = CodeScanned | NoCode | CodeRejected | DeviceFault


class CodeScanner(Protocol):
    """A code scanner. One thread calls it; every call returns within its deadline plus 100 ms."""

    def status(self, deadline: timedelta) -> ScannerStatus:
        """Open the port if need be."""
        ...

    def scan(self, deadline: timedelta) -> ScanOutcome:
        """Wait for the next code until the deadline."""
        ...

    def close(self) -> None:
        """Let go of the port. Calling it twice is harmless."""
        ...
