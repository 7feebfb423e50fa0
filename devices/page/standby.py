"""Two page printers as one: the second prints what the first cannot, and never in the middle of a job."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, NotPrinted, PrinterReady, Uncertain
from devices.page.deadline import Deadline

if TYPE_CHECKING:
    from devices.contract import (
        JobRef,
        PrintDocument,
        Printer,
        PrinterStatus,
        PrintObserver,
        PrintOutcome,
        PrintProgress,
    )

IN_USE = "standby-in-use"  # among the warnings of a status
# A first printer that says "ready" and takes no job is passed over for so long.
PASSED_OVER = timedelta(minutes=5)
_NOT_THERE = {
    DeviceCode.JOB_VANISHED,
    DeviceCode.PRINTER_UNREACHABLE,
    DeviceCode.PRINTER_PROTOCOL,
    DeviceCode.PRINTER_REFUSED,
}


class StandbyPrinter:
    """Implements `Printer`. The other one is tried only while the observer has been told nothing at all.

    So each attempt has one job at one printer in the journal. Where that printer takes no job after all, this
    attempt is not printed, and the next one begins at the other.
    """

    def __init__(self, first: Printer, second: Printer, passed_over: timedelta = PASSED_OVER) -> None:
        self._first = first
        self._second = second
        self._passed_over = passed_over
        self._avoids_first = Deadline.after(timedelta())

    def status(self, deadline: timedelta) -> PrinterStatus:
        """Ready where either is; else what the first one says."""
        due = Deadline.after(deadline)
        first = self._first.status(due.left() / 2)
        if isinstance(first, PrinterReady) and self._avoids_first.has_passed():
            return first
        second = self._second.status(due.left())
        if isinstance(second, PrinterReady):
            return replace(second, warnings=(*second.warnings, IN_USE))
        return first

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        """Print at the first, or before anything is created there at the second; never at both."""
        due = Deadline.after(deadline)
        order = (self._first, self._second)
        if not self._avoids_first.has_passed():
            order = (self._second, self._first)
        outcomes = {}
        for printer in order:
            told = _Told(observer)
            outcome = outcomes[printer] = printer.print(document, told, due.left())
            if told.creating_was_told or not isinstance(outcome, NotPrinted):
                if printer is self._first and isinstance(outcome, NotPrinted) and not told.sending_was_told:
                    self._avoids_first = Deadline.after(self._passed_over)
                return outcome
        return outcomes[self._first]

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:
        """Ask the first, and the second where the first knows nothing of the job."""
        due = Deadline.after(deadline)
        outcome = self._first.settle(job, pages, due.left() / 2)
        if not _is_unheard_of(outcome):
            return outcome
        other = self._second.settle(job, pages, due.left())
        return outcome if _is_unheard_of(other) else other

    def withdraw(self, job_name: str, deadline: timedelta) -> NotPrinted | Uncertain:
        """Cancel open jobs of this name at both."""
        due = Deadline.after(deadline)
        first = self._first.withdraw(job_name, due.left() / 2)
        second = self._second.withdraw(job_name, due.left())
        return second if isinstance(second, Uncertain) else first

    def close(self) -> None:
        """Let go of both."""
        self._first.close()
        self._second.close()


class _Told:
    """Passes everything on to the observer, and remembers how far that went."""

    def __init__(self, observer: PrintObserver) -> None:
        self._observer = observer
        self.creating_was_told = False
        self.sending_was_told = False

    def creating(self) -> None:
        self.creating_was_told = True
        self._observer.creating()

    def created(self, job: JobRef) -> None:
        self._observer.created(job)

    def sending(self) -> None:
        self.sending_was_told = True
        self._observer.sending()

    def accepted(self) -> None:
        self._observer.accepted()

    def progressed(self, progress: PrintProgress) -> None:
        self._observer.progressed(progress)

    def wants_cancel(self) -> bool:
        return self._observer.wants_cancel()


def _is_unheard_of(outcome: PrintOutcome) -> bool:
    return isinstance(outcome, Uncertain) and outcome.code in _NOT_THERE
