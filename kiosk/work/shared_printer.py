"""A receipt printer has one line only: whoever prints and whoever watches take turns on it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, PrinterUnknown

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import (
        JobRef,
        NotPrinted,
        PrintDocument,
        PrinterStatus,
        PrintObserver,
        PrintOutcome,
        ReceiptPrinter,
        RollPaper,
        Uncertain,
    )


class SharedPrinter:
    """See devices.contract.ReceiptPrinter; several threads may call this one.

    Who asks for the status while it prints hears the last one, as long as that is all that can be known.
    """

    def __init__(self, printer: ReceiptPrinter) -> None:
        self._printer = printer
        self._turn = threading.Lock()
        self._last: PrinterStatus = PrinterUnknown(DeviceCode.RECEIPT_SILENT, "not asked yet")

    @property
    def roll(self) -> RollPaper:
        """What it prints on."""
        return self._printer.roll

    def status(self, deadline: timedelta) -> PrinterStatus:
        """Ask the printer, or say what it said last where it is busy for the whole deadline."""
        if not self._turn.acquire(timeout=deadline.total_seconds()):
            return self._last
        try:
            self._last = self._printer.status(deadline)
        finally:
            self._turn.release()
        return self._last

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        """Print once, and say honestly what is known about the paper."""
        with self._turn:
            return self._printer.print(document, observer, deadline)

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:
        """After a restart: what became of a job."""
        with self._turn:
            return self._printer.settle(job, pages, deadline)

    def withdraw(self, job_name: str, deadline: timedelta) -> NotPrinted | Uncertain:
        """After a restart: cancel any job of this name for which no byte was sent."""
        with self._turn:
            return self._printer.withdraw(job_name, deadline)

    def close(self) -> None:
        """Let go of the line."""
        with self._turn:
            self._printer.close()
