"""Devices on a line that only one may hold, for several threads: one call at a time."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import (
    DeviceCode,
    DeviceFault,
    NotPrinted,
    PrinterBlocked,
    PrinterFacts,
    PrinterReady,
    PrinterUnknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from devices.contract import (
        BoardStatus,
        IoBoard,
        JobRef,
        Light,
        PrintDocument,
        PrinterStatus,
        PrintObserver,
        PrintOutcome,
        PrintProgress,
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

    Whoever asks how it is while it prints hears what it said last, to whoever watches or to the one who
    prints: a slip may hang for minutes in a printer that has stopped in the middle of it.
    """

    def __init__(self, printer: ReceiptPrinter) -> None:
        self._printer = printer
        self._turns = Turns()
        self._last: PrinterStatus = PrinterUnknown(DeviceCode.RECEIPT_SILENT, "busy")
        self._ready = PrinterReady()  # as it said so last
        self._prints = threading.Event()

    @property
    def roll(self) -> RollPaper:
        """What it prints on."""
        return self._printer.roll

    def status(self, deadline: timedelta) -> PrinterStatus:
        """Ask how it is, or say what it said last; that at once where it prints."""
        if self._prints.is_set():
            return self._last
        with self._turns.take(deadline) as left:
            if left is not None:
                self._last = self._printer.status(left)
                if isinstance(self._last, PrinterReady):
                    self._ready = self._last
            return self._last

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        """Print once when it is this document's turn; while it waits it can be cancelled."""
        end = time.monotonic() + deadline.total_seconds()
        listener = _Listener(observer, self._hear)
        while (rest := end - time.monotonic()) > 0:
            with self._turns.take(timedelta(seconds=min(_ASK_CANCEL_S, rest))) as left:
                if left is not None:
                    return self._print(document, listener, timedelta(seconds=end - time.monotonic()))
            if observer.wants_cancel():
                return NotPrinted(DeviceCode.JOB_CANCELLED)
        return NotPrinted(DeviceCode.RECEIPT_OFFLINE, "busy")

    def _print(self, document: PrintDocument, listener: _Listener, deadline: timedelta) -> PrintOutcome:
        self._prints.set()
        try:
            return self._printer.print(document, listener, deadline)
        finally:
            self._prints.clear()

    def _hear(self, waiting_for: DeviceCode | None) -> None:
        """While it prints it says no more of itself than what it waits for."""
        if waiting_for:
            facts = PrinterFacts() if isinstance(self._last, PrinterUnknown) else self._last.facts
            self._last = PrinterBlocked(waiting_for, facts=facts)
        elif isinstance(self._last, PrinterBlocked):
            self._last = replace(self._ready, facts=self._last.facts)

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:
        """What became of a job; it is told without asking the printer."""
        return self._printer.settle(job, pages, deadline)

    def withdraw(self, job_name: str, deadline: timedelta) -> NotPrinted | Uncertain:
        """What was not sent never prints; it is told without asking the printer."""
        return self._printer.withdraw(job_name, deadline)

    def close(self) -> None:
        """Let go of it between two calls; the next call opens it again."""
        with self._turns.take(timedelta(seconds=_CLOSING_S)) as left:
            if left is not None:
                self._printer.close()


class _Listener:
    """The journal's observer, and beside it whoever wants to know what the printer waits for."""

    def __init__(self, observer: PrintObserver, hear: Callable[[DeviceCode | None], None]) -> None:
        self._hear = hear
        self.creating = observer.creating
        self.created = observer.created
        self.sending = observer.sending
        self.accepted = observer.accepted
        self.wants_cancel = observer.wants_cancel
        self._tell = observer.progressed

    def progressed(self, progress: PrintProgress) -> None:
        """The printer said how far it is."""
        self._hear(progress.waiting_for)
        self._tell(progress)


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
        with self._turns.take(timedelta(seconds=_CLOSING_S)) as left:
            if left is not None:
                self._board.close()


_SILENT = DeviceFault(DeviceCode.BOARD_SILENT, "busy")
