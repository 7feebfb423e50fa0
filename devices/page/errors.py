"""Everything that can go wrong on the line to a page printer.

    IppError
    ├── LinkLostError            no whole answer came (PRN-01)
    │   ├── NeverConnectedError  not one byte left this machine (PRN-01)
    │   └── HungUpError          the connection was closed without an answer (PRN-01)
    ├── NotIppError              an answer came that is not IPP, or not ours (PRN-12)
    └── RequestRefusedError      the printer understood and refused (PRN-13)

They never leave `devices.page`: the driver turns each of them into an outcome.
"""

from __future__ import annotations

from typing import ClassVar

from devices.contract import DeviceCode


class IppError(Exception):
    """An exchange with the printer failed; `code` is the stable code of the failure."""

    code: ClassVar[DeviceCode]


class LinkLostError(IppError):
    """The line broke, timed out or fell silent before a whole answer had come."""

    code = DeviceCode.PRINTER_UNREACHABLE


class NeverConnectedError(LinkLostError):
    """No connection could be made, so that not one byte of the request has left."""


class HungUpError(LinkLostError):
    """The connection was closed without an answer, perhaps because it had been idle for too long."""


class NotIppError(IppError):
    """The bytes received are not a well-formed IPP message, or do not answer our request."""

    code = DeviceCode.PRINTER_PROTOCOL


class RequestRefusedError(IppError):
    """The printer answered with an IPP error; `status` is its status code (RFC 8011 appendix B)."""

    code = DeviceCode.PRINTER_REFUSED

    def __init__(self, status: int) -> None:
        super().__init__(f"IPP status 0x{status:04x}")
        self.status = status
