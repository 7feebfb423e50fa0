"""What lies outside the process: devices, fonts, keys, accounts of staff. Opened, and not yet touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from backend_client.keys import KeyFilesError, load_keys
from devices.addresses import (
    open_board,
    open_reader,
    open_receipt_printer,
    open_scanner,
    open_social_reader,
    open_ups,
)
from devices.errors import AddressError
from devices.page.driver import IppPrinter
from devices.page.standby import StandbyPrinter
from kiosk.settings import SettingsError
from kiosk.staff_file import StaffFileError, load_accounts
from kiosk.work.shared_devices import SharedIoBoard, SharedReceiptPrinter
from printer_templates.face import FontUnusableError
from printer_templates.maker import PaperMaker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from backend_client.keys import KioskKeys
    from devices.contract import CardReader, CodeScanner, IoBoard, Printer, ReceiptPrinter, Ups
    from kiosk.domain.staff import StaffAccount
    from kiosk.settings import Settings
    from printer_templates.contract import Papers

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Box:
    """The devices that a kiosk may have or not; None = not fitted."""

    social_reader: CardReader | None
    receipt_printer: ReceiptPrinter | None
    scanner: CodeScanner | None
    ups: Ups | None
    board: IoBoard | None


@dataclass(frozen=True, slots=True)
class Outer:
    """What lies outside the process. Page printers are opened where they are needed, see `Pages`."""

    reader: CardReader
    pages: Pages
    box: Box
    papers: Papers
    keys: KioskKeys
    staff: tuple[StaffAccount, ...]
    another_ups: Callable[[], Ups | None]  # upsd takes several callers, and each thread has its own


class Pages:
    """Connections to the page printer and its stand-by: one for each thread that needs one."""

    def __init__(self, settings: Settings) -> None:
        """Raises AddressError."""
        self._settings = settings.printer
        for address in (self._settings.address, self._settings.standby):
            if address:
                self._open(address).close()

    def first(self) -> Printer:
        """The page printer itself."""
        return self._open(self._settings.address)

    def standby(self) -> Printer | None:
        """The one that stands in for it."""
        return self._open(self._settings.standby) if self._settings.standby else None

    def both(self) -> Printer:
        """The page printer, or before the first byte of a job the one that stands in for it."""
        second = self.standby()
        return StandbyPrinter(self.first(), second) if second else self.first()

    def _open(self, address: str) -> Printer:
        return IppPrinter(address, self._settings.paper_patience)


def open_outer(settings: Settings) -> Outer:
    """Everything outside. Raises SettingsError with all that is wrong with it at once."""
    mistakes: list[str] = []
    papers = _try("papers", lambda: PaperMaker(*_fonts(settings)), mistakes)
    reader = _try("reader.address", lambda: open_reader(_reader_address(settings)), mistakes)
    pages = _try("printer.address", lambda: Pages(settings), mistakes)
    box = _open_box(settings, mistakes)
    keys = _try("platform.keys_dir", lambda: _load_keys(settings), mistakes)
    staff = _try("staff.file", lambda: _load_staff(settings), mistakes)
    if mistakes or staff is None or not (reader and pages and keys and papers):
        raise SettingsError(tuple(mistakes))
    ups = settings.box.ups
    return Outer(reader, pages, box, papers, keys, staff, lambda: open_ups(ups) if ups else None)


def _open_box(settings: Settings, mistakes: list[str]) -> Box:
    def fitted(key: str, address: str | None, open_it: Callable[[str], Made]) -> Made | None:
        return _try(key, lambda: open_it(address), mistakes) if address else None

    receipt = fitted("receipt_printer.address", settings.receipt_printer.address, open_receipt_printer)
    board = fitted("box.board", settings.box.board, open_board)
    return Box(
        social_reader=fitted("social_reader.address", settings.social_reader.address, open_social_reader),
        # One line each, for all who speak with them.
        receipt_printer=SharedReceiptPrinter(receipt) if receipt else None,
        scanner=fitted("scanner.address", settings.scanner.address, open_scanner),
        ups=fitted("box.ups", settings.box.ups, open_ups),
        board=SharedIoBoard(board) if board else None,
    )


def _try(key: str, make: Callable[[], Made], mistakes: list[str]) -> Made | None:
    try:
        return make()
    except (AddressError, KeyFilesError, FontUnusableError, StaffFileError) as error:
        mistakes += [f"{key}: {line}" for line in str(error).splitlines()]
        return None


def _fonts(settings: Settings) -> tuple[Path, ...]:
    return settings.papers.font_regular, settings.papers.font_bold


def _reader_address(settings: Settings) -> str:
    address = settings.reader.address
    if not settings.reader.tolerant_find or "tolerant_find" in address:
        return address
    return address + ("&" if "?" in address else "?") + "tolerant_find=1"


def _load_keys(settings: Settings) -> KioskKeys:
    keys = load_keys(settings.platform.keys_dir)
    if keys.kiosk != settings.kiosk.id:
        raise KeyFilesError(f"these are the keys of {keys.kiosk}")
    return keys


def _load_staff(settings: Settings) -> tuple[StaffAccount, ...]:
    return load_accounts(settings.staff.file) if settings.staff.file else ()
