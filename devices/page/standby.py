"""Two page printers as one: the second prints what the first cannot, and never in the middle of a job."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, NotPrinted, PrinterReady, Uncertain
from devices.page.deadline import Deadline

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import (
        JobRef,
        PrintDocument,
        Printer,
        PrinterStatus,
        PrintObserver,
        PrintOutcome,
    )

IN_USE = "standby-in-use"  # among the warnings of a status
_NOT_THERE = (DeviceCode.JOB_VANISHED, DeviceCode.PRINTER_UNREACHABLE)


class StandbyPrinter:
    """Implements `Printer`. The choice falls before anything is created at either, once for each print.

    After that the job is its printer's alone: what becomes of it there is what became of it.
    """

    def __init__(self, first: Printer, second: Printer) -> None:
        self._first = first
        self._second = second

    def status(self, deadline: timedelta) -> PrinterStatus:
        """Ready where either is; else what the first one says."""
        due = Deadline.after(deadline)
        first = self._first.status(due.left() / 2)
        if isinstance(first, PrinterReady):
            return first
        second = self._second.status(due.left())
        if isinstance(second, PrinterReady):
            return replace(second, warnings=(*second.warnings, IN_USE))
        return first

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        """Print at the first where it is ready now, else at the second; never at both."""
        due = Deadline.after(deadline)
        first = self._first.status(due.left() / 4)
        if isinstance(first, PrinterReady):
            return self._first.print(document, observer, due.left())
        second = self._second.status(due.left() / 4)
        if isinstance(second, PrinterReady):
            return self._second.print(document, observer, due.left())
        return NotPrinted(first.code)

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:
        """Ask the first, and the second where the first knows nothing of the job."""
        due = Deadline.after(deadline)
        outcome = self._first.settle(job, pages, due.left() / 2)
        if isinstance(outcome, Uncertain) and outcome.code in _NOT_THERE:
            other = self._second.settle(job, pages, due.left())
            is_known = not (isinstance(other, Uncertain) and other.code in _NOT_THERE)
            return other if is_known else outcome
        return outcome

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
