"""The page printer over IPP: prints once, and says honestly what is known about the paper."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from devices.contract import (
    DeviceCode,
    JobRef,
    NotPrinted,
    PrintDocument,
    PrinterBlocked,
    PrinterReady,
    PrinterStatus,
    PrinterUnknown,
    PrintObserver,
    PrintOutcome,
    PrintProgress,
    Uncertain,
)
from devices.page.address import without_trace
from devices.page.conversation import Conversation
from devices.page.deadline import Deadline
from devices.page.errors import IppError, NeverConnectedError, RequestRefusedError
from devices.page.mask import PageMask
from devices.page.spooler import Spooler
from devices.page.status import assess
from devices.page.timings import PAPER_PATIENCE, Timings
from devices.page.view import JobView
from devices.page.watch import JobWatch, Patience
from devices.trace.recorder import tap_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from devices.page.job import JobReport

_CLIENT_ERRORS = range(0x0400, 0x0500)


class IppPrinter:
    """A `Printer` at ipp://HOST:PORT/PATH[?trace=FILE]. Connects with the first call, reconnects by itself.

    Printers that report no job-uuid are recognised by our unique job-name; where impressions are not
    reported either, "completed" without a fault on the way counts as printed, any other end as uncertain.
    Where the address is a queue of CUPS, what counts is the printer behind it (`devices.page.spooler`).
    """

    def __init__(
        self, address: str, paper_patience: timedelta = PAPER_PATIENCE, timings: Timings | None = None
    ) -> None:
        """`paper_patience`: how long a job may wait for paper. AddressError if the address makes no sense."""
        self._timings = timings or Timings()
        self._paper_patience = paper_patience
        bare, trace = without_trace(address)
        self._talk = Conversation(bare, self._timings, tap_for(trace, "page", PageMask()))
        self._spooler = Spooler(bare, self._talk, self._timings)

    def status(self, deadline: timedelta) -> PrinterStatus:
        """Ask the printer how it is."""
        return self._status(Deadline.after(deadline))

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        """Create a job, send the document once, and follow the printer's own job until it settles."""
        due = Deadline.after(deadline)
        status = self._status(due)
        if not isinstance(status, PrinterReady):
            return NotPrinted(status.code, _reason(status))
        observer.creating()
        try:
            job = self._talk.create(document.job_name, due)
        except IppError as failure:
            self._withdraw_quietly(document.job_name, due.or_after(self._timings.connect))
            return NotPrinted(failure.code, str(failure))
        self._announce(job, observer, due)
        failed = self._send(job, document, due)
        if failed is not None:
            return failed
        observer.accepted()
        patience = Patience(due, self._paper_patience, self._timings.link, self._timings)
        view = JobView(self._talk, self._spooler, job, from_the_start=True)
        return JobWatch(view, job, document.pages, patience).follow(observer)

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:
        """Follow an accepted job to its end; at the deadline cancel it and say what is known."""
        patience = Patience(Deadline.after(deadline), self._paper_patience, deadline, self._timings)
        view = JobView(self._talk, self._spooler, job, from_the_start=False)
        return JobWatch(view, job, pages, patience).follow(_Nobody())

    def withdraw(self, job_name: str, deadline: timedelta) -> NotPrinted | Uncertain:
        """Cancel the open jobs of this name. Without a document they cannot print, found or not."""
        due = Deadline.after(deadline)
        try:
            cancelled = tuple(self._cancel_named(job_name, due))
            for report in (*cancelled, *self._passed_on(job_name, due)):
                if report.may_have_printed():
                    return Uncertain(DeviceCode.JOB_COUNT_SHORT, f"job {report.id} was not empty")
        except IppError as failure:
            return NotPrinted(failure.code, str(failure))
        return NotPrinted(DeviceCode.JOB_CANCELLED)

    def close(self) -> None:
        """Let go of the connections."""
        self._talk.close()
        self._spooler.close()

    def _status(self, due: Deadline) -> PrinterStatus:
        try:
            report = self._talk.printer(due)
            return assess(report) if report.device is None else self._spooler.status(report, due)
        except IppError as failure:
            return PrinterUnknown(failure.code, str(failure))

    def _announce(self, job: JobRef, observer: PrintObserver, due: Deadline) -> None:
        """Tell the observer; if it raises, the empty job is cancelled before that goes on its way."""
        is_agreed = False
        try:
            observer.created(job)
            observer.sending()
            is_agreed = True
        finally:
            if not is_agreed:
                self._cancel_quietly(job, due)

    def _send(self, job: JobRef, document: PrintDocument, due: Deadline) -> NotPrinted | Uncertain | None:
        """None once the printer took the whole document, else what is known of the paper."""
        try:
            self._talk.send(job, document, due.earlier_by(self._reserve_s(due)))
        except NeverConnectedError as failure:
            return NotPrinted(failure.code, str(failure))
        except RequestRefusedError as failure:
            self._cancel_quietly(job, due)
            if failure.status in _CLIENT_ERRORS:
                return NotPrinted(failure.code, str(failure))
            return Uncertain(failure.code, str(failure))
        except IppError as failure:
            # Printers are known to print half a document and call it completed: whatever the job says
            # later, it proves nothing. It is only stopped, so that nobody else finds the sheet.
            self._cancel_quietly(job, due)
            return Uncertain(DeviceCode.JOB_ANSWER_LOST, str(failure))
        return None

    def _reserve_s(self, due: Deadline) -> float:
        """What is kept back from sending, so that a job can still be cancelled by the deadline."""
        return min(self._timings.answer.total_seconds(), due.left_s() / 4)

    def _cancel_quietly(self, job: JobRef, due: Deadline) -> None:
        """Cancel, if this id is still our job's. No answer changes nothing: the outcome is settled."""
        with suppress(IppError):
            if self._talk.job(job.id, due).is_of(job):
                self._talk.cancel(job.id, due)

    def _withdraw_quietly(self, job_name: str, due: Deadline) -> None:
        """Cancel a job that may have been created; an empty one prints nothing, cancelled or not."""
        with suppress(IppError):
            for _ in self._cancel_named(job_name, due):
                pass

    def _cancel_named(self, job_name: str, due: Deadline) -> Iterator[JobReport]:
        """The jobs of this name, as they were when found, each cancelled if it was open."""
        for report in self._talk.all_jobs(due):
            if report.name == job_name:
                if not report.has_ended():
                    self._talk.cancel(report.id, due)
                yield report

    def _passed_on(self, job_name: str, due: Deadline) -> tuple[JobReport, ...]:
        """What a spooler has given to its printer under this name, where there is a spooler."""
        report = self._talk.printer(due)
        return (self._spooler.jobs_behind(report, job_name, due) or ()) if report.device is not None else ()


def _reason(status: PrinterBlocked | PrinterUnknown) -> str:
    return status.detail if isinstance(status, PrinterUnknown) else ", ".join(status.reasons)


class _Nobody:
    """Looks on after a restart: nobody waits at the screen, nobody cancels."""

    def progressed(self, progress: PrintProgress) -> None:
        """Nobody to tell."""

    def wants_cancel(self) -> bool:
        return False
