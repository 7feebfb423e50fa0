"""What a printer says of a job, and what may be concluded about the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, JobRef, NotPrinted, Printed, PrintOutcome, Uncertain
from devices.page.tags import JobState

if TYPE_CHECKING:
    from devices.page.message import Group

ATTRIBUTES = (
    "job-id",
    "job-uuid",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-printer-state-reasons",
)
_WANTED = frozenset(ATTRIBUTES)
_ENDED = (JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED)
UNPROVEN = "not-confirmed-by-the-printer"  # our own word, see `devices.page.spooler`
_DOUBTS = {"job-completed-with-errors", UNPROVEN}


@dataclass(frozen=True, slots=True)
class JobReport:
    """The state attributes of a job; None and "" stand for what this printer does not report."""

    id: int
    uuid: str
    name: str
    state: int | None
    reasons: tuple[str, ...]
    impressions: int | None
    printer_reasons: tuple[str, ...] = ()  # a spooler's: what the printer's queue says while this job runs

    def has_ended(self) -> bool:
        """True once no more paper of this job can come out."""
        return self.state in _ENDED

    def may_have_printed(self) -> bool:
        """Whether paper of this job may have come out already."""
        return bool(self.impressions) or (self.impressions is None and self.state == JobState.COMPLETED)

    def is_of(self, job: JobRef) -> bool:
        """Whether this is our job. Ids are reused, so uuid decides, or else our unique name."""
        if job.uuid:
            return self.uuid == job.uuid
        return self.name in {job.name, ""}

    def is_surely(self, job: JobRef) -> bool:
        """Whether this is our job, where the id says nothing: it takes an equal uuid or name."""
        return self.is_of(job) and bool(self.uuid or self.name)


def read_job(group: Group) -> JobReport:
    """The report in a job group."""
    group = group.pick(_WANTED)
    return JobReport(
        id=group.integer("job-id") or 0,
        uuid=group.text("job-uuid"),
        name=group.text("job-name"),
        state=group.integer("job-state"),
        reasons=group.texts("job-state-reasons"),
        impressions=group.integer("job-impressions-completed"),
        printer_reasons=group.texts("job-printer-state-reasons"),
    )


def judge(
    report: JobReport, pages: int, trouble: DeviceCode | None, cause: DeviceCode | None
) -> PrintOutcome:
    """The outcome of an accepted job that has ended.

    `trouble`: a fault of the machine that rose while it ran. `cause`: why we cancelled it, if we did.
    """
    detail = f"state {report.state}, {report.impressions} of {pages} impressions"
    if report.state == JobState.COMPLETED:
        is_short = report.impressions is not None and report.impressions < pages
        doubts = [trouble or "no fault", *sorted(_DOUBTS & set(report.reasons))]
        if trouble or is_short or len(doubts) > 1:
            return Uncertain(DeviceCode.JOB_COUNT_SHORT, f"{detail}, {', '.join(doubts)}")
        return Printed(report.impressions)
    code = cause or trouble or _own_code(report)
    return NotPrinted(code, detail) if report.impressions == 0 else Uncertain(code, detail)


def _own_code(report: JobReport) -> DeviceCode:
    is_cancelled = report.state == JobState.CANCELED
    return DeviceCode.JOB_CANCELLED if is_cancelled else DeviceCode.JOB_ABORTED
