"""An address chooses the driver: one line per scheme, readers and printers apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from devices.errors import AddressError
from devices.idcard.driver import SerialIdCardReader
from devices.page.driver import IppPrinter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from devices.contract import CardReader, Printer

Port = TypeVar("Port")

READERS: Mapping[str, Callable[[str], CardReader]] = {"serial": SerialIdCardReader}

PRINTERS: Mapping[str, Callable[[str], Printer]] = {"ipp": IppPrinter}


def scheme_of(address: str) -> str:
    """The part before `://`, in lower case; AddressError if there is none."""
    scheme, mark, _ = address.partition("://")
    if not mark or not scheme:
        raise AddressError(
            f"{address!r} is no device address, such as serial:///dev/idcard or ipp://HOST/PATH"
        )
    return scheme.lower()


def open_reader(address: str) -> CardReader:
    """The ID-card reader at this address; touches no device yet. AddressError if the address is wrong."""
    return _driver(READERS, "ID-card reader", address)(address)


def open_printer(address: str) -> Printer:
    """The page printer at this address; touches no device yet. AddressError if the address is wrong."""
    return _driver(PRINTERS, "page printer", address)(address)


def _driver(drivers: Mapping[str, Callable[[str], Port]], what: str, address: str) -> Callable[[str], Port]:
    driver = drivers.get(scheme_of(address))
    if driver is None:
        known = ", ".join(sorted(drivers))
        raise AddressError(f"no {what} speaks {scheme_of(address)}:// (known: {known})")
    return driver
