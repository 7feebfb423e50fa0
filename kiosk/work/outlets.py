"""The ways to paper: the page printer, and a receipt printer for slips where one is fitted and ready."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import PrinterReady
from kiosk.domain.issuance import PAGE_PRINTER, RECEIPT_PRINTER
from printer_templates.contract import Format

if TYPE_CHECKING:
    from devices.contract import Printer, ReceiptPrinter

# Somebody waits for the slip's picture meanwhile.
STATUS_DEADLINE = timedelta(seconds=1)
_WIDE_MM = 80


@dataclass(frozen=True, slots=True)
class Outlet:
    """One way to paper. `name` stands in the journal; `width_dots` 0 = the printer takes the PDF itself."""

    name: str
    printer: Printer = field(repr=False)
    form: Format = Format.A4
    width_dots: int = 0


def roll_of(printer: ReceiptPrinter) -> Outlet:
    """The way over the roll of this printer."""
    form = Format.ROLL_80 if printer.roll.width_mm == _WIDE_MM else Format.ROLL_58
    return Outlet(RECEIPT_PRINTER, printer, form, printer.roll.width_dots)


class Outlets:
    """Both printers of papers with a number. One thread calls it."""

    def __init__(self, page: Printer, receipt: ReceiptPrinter | None) -> None:
        self.page = Outlet(PAGE_PRINTER, page)
        self._receipt = receipt
        self._failed: set[str] = set()  # sessions that the receipt printer has let down

    def for_slip(self, session: str) -> Outlet:
        """The roll where its printer is ready now and has not failed this session before, else A4."""
        if self._receipt is None or session in self._failed:
            return self.page
        is_ready = isinstance(self._receipt.status(STATUS_DEADLINE), PrinterReady)
        return roll_of(self._receipt) if is_ready else self.page

    def printer(self, name: str) -> Printer | None:
        """The printer that the journal calls so; None where it is no longer fitted."""
        return self.page.printer if name == PAGE_PRINTER else self._receipt

    def note_failure(self, session: str, outlet: Outlet) -> None:
        """Nothing came out there: the next slip of this session is for the page printer."""
        if outlet.name == RECEIPT_PRINTER:
            self._failed.add(session)

    def forget(self, session: str) -> None:
        """The session has ended."""
        self._failed.discard(session)

    def close(self) -> None:
        """Let go of both."""
        self.page.printer.close()
        if self._receipt:
            self._receipt.close()
