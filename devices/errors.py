"""Exceptions inside `devices`; none of them leaves a port, where each becomes a `DeviceFault`.

DeviceError(code, detail)       what a driver raises and catches itself
├── PortError                   the port cannot be opened: missing, forbidden, in use
├── LinkError                   the port vanished while it was open
├── SilenceError                nothing came back in time
├── GarbledError                something came back, but no whole answer to this command
└── RefusalError                the reader answers, but says of itself that it cannot work
AddressError(ValueError)        a device address in the settings makes no sense
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.contract import DeviceCode


class DeviceError(Exception):
    """The device or its line is at fault; carries the stable code and a detail without personal data."""

    def __init__(self, code: DeviceCode, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class PortError(DeviceError):
    """The port cannot be opened."""


class LinkError(DeviceError):
    """The port vanished while it was open."""


class SilenceError(DeviceError):
    """Nothing came back in time."""


class GarbledError(DeviceError):
    """Something came back in time, but no whole answer to this command."""


class RefusalError(DeviceError):
    """The reader answers that it cannot work: self-test failed, or not licensed."""


class AddressError(ValueError):
    """A device address in the settings makes no sense; the message is for whoever wrote it."""
