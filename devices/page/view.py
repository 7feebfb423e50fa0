"""How one job is now, seen at its printer, or through a spooler with the printer behind it as witness."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, JobRef, PrintProgress
from devices.page.errors import IppError, RequestRefusedError
from devices.page.spooler import Evidence, countersign, passes_on
from devices.page.tags import JobState, Status

if TYPE_CHECKING:
    from devices.page.conversation import Conversation
    from devices.page.deadline import Deadline
    from devices.page.job import JobReport
    from devices.page.spooler import Spooler
    from devices.page.status import PrinterReport

_FORGOTTEN = {Status.NOT_FOUND, Status.GONE}


class JobVanishedError(Exception):
    """The printer answers, but knows no job that is ours."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The job and the machine at one moment."""

    report: JobReport
    trouble: DeviceCode | None

    def progress(self) -> PrintProgress:
        """What an onlooker is told."""
        waiting_for = None if self.report.has_ended() else self.trouble
        return PrintProgress(self.report.impressions or 0, waiting_for)


class JobView:
    """Looks at one accepted job."""

    def __init__(self, talk: Conversation, spooler: Spooler, job: JobRef, *, from_the_start: bool) -> None:
        """`from_the_start`: this view looks on since the first byte of the document."""
        self._talk = talk
        self._spooler = spooler
        self._job = job
        self._was_never_there = from_the_start  # always answered, and never at the printer behind a queue
        self._was_passed_on = False  # a queue was seen to have given the whole document to its printer
        self._is_queue = False

    def look(self, until: Deadline) -> Sight:
        """The job as it is now; IppError without an answer, JobVanishedError where nobody knows it."""
        try:
            # The machine first: what it complains of then came before the end of the job, not after.
            machine = self._talk.printer(until)
            self._is_queue = machine.device is not None
            report = self._find(until)
            return self._look_behind(report, until) if self._is_queue else self._at(machine, report, until)
        except IppError:
            self._was_never_there = False
            raise

    def cancel(self, until: Deadline) -> None:
        """Ask for the end of the job, after a look: before it the id might be another's. May be repeated."""
        with suppress(RequestRefusedError):  # a queue may be done with what the printer still prints
            self._talk.cancel(self._job.id, until)
        if self._is_queue:
            self._spooler.cancel_behind(self._job.name, until)

    def abandon(self, until: Deadline) -> None:
        """The printer fell silent: a queue must not print when it is back, for nobody looks on any more."""
        if self._is_queue and self._talk.job(self._job.id, until).is_of(self._job):
            self._talk.cancel(self._job.id, until)

    def trouble(self, until: Deadline) -> DeviceCode | None:
        """What the machine complains of now."""
        return self._spooler.trouble(self._talk.printer(until), until)

    def _at(self, machine: PrinterReport, report: JobReport, until: Deadline) -> Sight:
        trouble = machine.trouble()
        if trouble is None and report.state == JobState.STOPPED:
            trouble = self._talk.printer(until).trouble() or DeviceCode.PRINTER_STOPPED
        return Sight(report, trouble)

    def _look_behind(self, job: JobReport, until: Deadline) -> Sight:
        queue = self._talk.printer(until)  # later than the job: an idle queue has let go of it
        trouble = self._spooler.trouble(queue, until)
        there = self._spooler.jobs_behind(queue, self._job.name, until)
        self._was_never_there &= there == ()
        self._was_passed_on |= passes_on(job)
        if trouble is DeviceCode.PRINTER_STOPPED and not job.has_ended():
            self._spooler.resume(queue, self._job.name, until)
        seen = Evidence(queue, job, there, self._was_never_there, self._was_passed_on)
        return Sight(countersign(seen), trouble)

    def _find(self, until: Deadline) -> JobReport:
        try:
            report = self._talk.job(self._job.id, until)
        except RequestRefusedError as refusal:
            if refusal.status not in _FORGOTTEN:
                raise
        else:
            if report.is_of(self._job):
                return report
        # A printer that was switched off and on may have numbered its jobs anew.
        for other in self._talk.all_jobs(until):
            if other.is_surely(self._job):
                self._job = replace(self._job, id=other.id)
                return other
        raise JobVanishedError
