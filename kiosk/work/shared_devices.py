"""Devices on a line that only one may hold, for several threads: one call at a time."""

from __future__ import annotations

import contextlib
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, DeviceFault, NotPrinted, PrinterUnknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.contract import (
        BoardStatus,
        IoBoard,
        JobRef,
        Light,
        PrintDocument,
        PrinterStatus,
        PrintObserver,
        PrintOutcome,
        ReceiptPrinter,
        RollPaper,
        Uncertain,
    )

_ASK_CANCEL_S = 0.2
_CLOSING_S = 1.0  # a print that is under way ends by itself when the process does


class Turns:
    """One caller at a time; who waits is told how much of its deadline is left."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def take(self, deadline: timedelta) -> Iterator[timedelta | None]:
        """What is left of the deadline once it is one's turn; None where it never came."""
        end = time.monotonic() + deadline.total_seconds()
        if not self._lock.acquire(timeout=max(0.0, deadline.total_seconds())):
            yield None
            return
        try:
            yield timedelta(seconds=max(0.0, end - time.monotonic()))
        finally:
            self._lock.release()


class SharedReceiptPrinter:
    """`ReceiptPrinter` of the devices' contract, for papers, sheets and whoever watches it.

    Whoever asks how it is while it prints hears what it said last: a slip takes seconds, and a printer that
    stops in the middle of one says so to the one who prints.
    """

    def __init__(self, printer: ReceiptPrinter) -> None:
        self._printer = printer
        self._turns = Turns()
        self._last: PrinterStatus = PrinterUnknown(DeviceCode.RECEIPT_SILENT, "busy")

    @property
    def roll(self) -> RollPaper:
        """What it prints on."""
        return self._printer.roll

    def status(self, deadline: timedelta) -> PrinterStatus:
        """Ask how it is, or say what it said last."""
        with self._turns.take(deadline) as left:
            if left is not None:
                self._last = self._printer.status(left)
            return self._last

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        """Print once when it is this document's turn; while it waits it can be cancelled."""
        end = time.monotonic() + deadline.total_seconds()
        while (rest := end - time.monotonic()) > 0:
            with self._turns.take(timedelta(seconds=min(_ASK_CANCEL_S, rest))) as left:
                if left is not None:
                    return self._printer.print(document, observer, timedelta(seconds=end - time.monotonic()))
            if observer.wants_cancel():
                return NotPrinted(DeviceCode.JOB_CANCELLED)
        return NotPrinted(DeviceCode.RECEIPT_OFFLINE, "busy")

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:
        """What became of a job; it is told without asking the printer."""
        return self._printer.settle(job, pages, deadline)

    def withdraw(self, job_name: str, deadline: timedelta) -> NotPrinted | Uncertain:
        """What was not sent never prints; it is told without asking the printer."""
        return self._printer.withdraw(job_name, deadline)

    def close(self) -> None:
        """Let go of it between two calls; the next call opens it again."""
        with self._turns.take(timedelta(seconds=_CLOSING_S)):
            self._printer.close()


class SharedIoBoard:
    """`IoBoard` of the devices' contract, for those who watch the door and those who try the lights."""

    def __init__(self, board: IoBoard) -> None:
        self._board = board
        self._turns = Turns()

    def status(self, deadline: timedelta) -> BoardStatus:
        """Ask for all contacts and lights."""
        with self._turns.take(deadline) as left:
            return _SILENT if left is None else self._board.status(left)

    def light(self, lit: frozenset[Light], deadline: timedelta) -> BoardStatus:
        """Switch exactly these lights on, all others off."""
        with self._turns.take(deadline) as left:
            return _SILENT if left is None else self._board.light(lit, left)

    def close(self) -> None:
        """Let go of it between two calls; the next call opens it again."""
        with self._turns.take(timedelta(seconds=_CLOSING_S)):
            self._board.close()


_SILENT = DeviceFault(DeviceCode.BOARD_SILENT, "busy")
