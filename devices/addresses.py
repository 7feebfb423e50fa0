"""An address chooses the driver: one line for each kind and scheme. Only that driver is loaded."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from devices.errors import AddressError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from devices.contract import CardReader, CodeScanner, IoBoard, Printer, ReceiptPrinter, Ups

# Kind -> scheme -> module and class.
READERS: Mapping[str, str] = {"serial": "devices.idcard.driver:SerialIdCardReader"}
SOCIAL_READERS: Mapping[str, str] = {"pcsc": "devices.pcsc.driver:PcscCardReader"}
PRINTERS: Mapping[str, str] = {"ipp": "devices.page.driver:IppPrinter"}
RECEIPT_PRINTERS: Mapping[str, str] = {
    "file": "devices.escpos.driver:EscposPrinter",
    "serial": "devices.escpos.driver:EscposPrinter",
    "tcp": "devices.escpos.driver:EscposPrinter",
}
SCANNERS: Mapping[str, str] = {"serial": "devices.scanner.driver:SerialCodeScanner"}
UPSES: Mapping[str, str] = {"nut": "devices.ups.driver:NutUps"}
BOARDS: Mapping[str, str] = {"serial": "devices.board.driver:SerialIoBoard"}


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
    reader: CardReader = _open(READERS, "ID-card reader", address)
    return reader


def open_social_reader(address: str) -> CardReader:
    """The reader of social security cards at this address. As `open_reader`."""
    reader: CardReader = _open(SOCIAL_READERS, "reader of social security cards", address)
    return reader


def open_printer(address: str) -> Printer:
    """The page printer at this address. As `open_reader`."""
    printer: Printer = _open(PRINTERS, "page printer", address)
    return printer


def open_receipt_printer(address: str) -> ReceiptPrinter:
    """The receipt printer at this address. As `open_reader`."""
    printer: ReceiptPrinter = _open(RECEIPT_PRINTERS, "receipt printer", address)
    return printer


def open_scanner(address: str) -> CodeScanner:
    """The code scanner at this address. As `open_reader`."""
    scanner: CodeScanner = _open(SCANNERS, "code scanner", address)
    return scanner


def open_ups(address: str) -> Ups:
    """The UPS at this address. As `open_reader`."""
    ups: Ups = _open(UPSES, "UPS", address)
    return ups


def open_board(address: str) -> IoBoard:
    """The I/O board at this address. As `open_reader`."""
    board: IoBoard = _open(BOARDS, "I/O board", address)
    return board


def _open(drivers: Mapping[str, str], what: str, address: str) -> Any:
    named = drivers.get(scheme_of(address))
    if named is None:
        known = ", ".join(sorted(drivers))
        raise AddressError(f"no {what} speaks {scheme_of(address)}:// (known: {known})")
    module, _, name = named.partition(":")
    return getattr(importlib.import_module(module), name)(address)
