"""The paper side of the simulated printer: one thread that turns jobs into sheets."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from devices.page.tags import JobState, PrinterState
from devices.simulators.page.faults import Fault, FaultName
from devices.simulators.page.jobs import Job, up_time_s
from devices.simulators.page.pdf import count_pages
from devices.simulators.page.supplies import LEVELS, Level

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.simulators.page.spool import Spool

_REASONS = {
    FaultName.PAPER_OUT: ("media-empty-error", "media-needed-error"),
    FaultName.JAM: ("media-jam-error",),
    FaultName.COVER_OPEN: ("cover-open-error",),
    FaultName.TONER_OUT: ("toner-empty-error",),
    FaultName.STOPPED: ("paused",),
}
_STRIKE_A_MOVING_SHEET = {FaultName.JAM, FaultName.COVER_OPEN, FaultName.ABORT}
_FULL_TRAY = 250


@dataclass(frozen=True, slots=True)
class PressState:
    """What the printer says of itself."""

    state: PrinterState
    reasons: tuple[str, ...]
    sheets_in_tray: int
    impressions: int
    collectable: tuple[str, ...]
    faults: tuple[FaultName, ...]
    supplies: tuple[Level, ...] = LEVELS


class Press:
    """Prints one job after another. Every method is thread-safe; jobs are handed out as copies."""

    def __init__(self, spool: Spool, page_time: timedelta) -> None:
        self._spool = spool
        self._page_s = page_time.total_seconds()
        self._changed = threading.Condition()
        self._jobs: dict[int, Job] = {}
        self._queue: list[Job] = []  # what is to be printed, forgotten or not
        self._current: Job | None = None
        self._last_id = 0
        self._conditions: set[FaultName] = set()
        self._armed: list[Fault] = []
        self._sheets = _FULL_TRAY
        self._impressions = 0
        self._collectable: list[str] = []
        self._supplies = {level.name: level for level in LEVELS}
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="press", daemon=True)

    def start(self) -> None:
        """Begin to print."""
        self._thread.start()

    def close(self) -> None:
        """Stop at once, in the middle of a page if need be."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()

    def state(self) -> PressState:
        """How it is now."""
        with self._changed:
            blocked = self._blocked_by()
            state = PrinterState.PROCESSING if self._current else PrinterState.IDLE
            return PressState(
                state=PrinterState.STOPPED if blocked else state,
                reasons=tuple(reason for name in blocked for reason in _REASONS[name]) or ("none",),
                sheets_in_tray=0 if FaultName.PAPER_OUT in self._conditions else self._sheets,
                impressions=self._impressions,
                collectable=tuple(self._collectable),
                faults=(*sorted(self._conditions), *(fault.name for fault in self._armed)),
                supplies=tuple(self._supplies.values()),
            )

    def supply(self, percents: dict[str, int]) -> None:
        """Set the levels of these supplies; KeyError where it has no such."""
        with self._changed:
            self._supplies |= {
                name: replace(self._supplies[name], percent=each) for name, each in percents.items()
            }

    def create(self, name: str, user: str) -> Job:
        """Open a job without a document."""
        with self._changed:
            self._last_id += 1
            job = self._jobs[self._last_id] = Job(self._last_id, name, user)
            return replace(job)

    def submit(self, job_id: int, document: bytes) -> Job | None:
        """Give a job its one document; None if it cannot take one (any more)."""
        with self._changed:
            job = self._jobs.get(job_id)
            if job is None or job.has_ended or job.document is not None:
                return None
            job.document, job.pages, job.reason = document, count_pages(document), "none"
            self._queue.append(job)
            self._changed.notify_all()
            return replace(job)

    def cancel(self, job_id: int) -> bool:
        """Stop a job; a sheet that is already moving still comes out. False if it had ended."""
        with self._changed:
            job = self._jobs.get(job_id)
            if job is None or job.has_ended:
                return False
            job.cancel_asked = True
            job.reason = "processing-to-stop-point"
            if job is not self._current:
                job.end(JobState.CANCELED, "job-canceled-by-user")
            self._changed.notify_all()
            return True

    def find(self, job_id: int) -> Job | None:
        """A job by its id."""
        with self._changed:
            job = self._jobs.get(job_id)
            return replace(job) if job else None

    def jobs(self) -> tuple[Job, ...]:
        """All jobs remembered, oldest first."""
        with self._changed:
            return tuple(replace(job) for job in self._jobs.values())

    def collect(self) -> tuple[str, ...]:
        """Take the papers out of the output tray: the names of their files."""
        with self._changed:
            taken, self._collectable = tuple(self._collectable), []
            return taken

    def strike(self, fault: Fault) -> None:
        """Let a fault of the machine happen, now or after some impressions."""
        with self._changed:
            if fault.after > 0:
                self._armed.append(fault)
            else:
                self._apply(fault.name)
            self._changed.notify_all()

    def clear(self) -> None:
        """Mend everything and fill the tray."""
        with self._changed:
            self._conditions.clear()
            self._armed.clear()
            self._sheets = _FULL_TRAY
            self._changed.notify_all()

    def _apply(self, name: FaultName) -> None:
        match name:
            case FaultName.VANISH:
                self._jobs.clear()
            case FaultName.WRONG_UUID:
                self._jobs = {job_id: _stranger(job_id) for job_id in self._jobs}
            case _:
                self._conditions.add(name)

    def _blocked_by(self) -> list[FaultName]:
        empty = {FaultName.PAPER_OUT} if self._sheets == 0 else set()
        return [name for name in _REASONS if name in self._conditions | empty]

    def _work(self) -> None:
        with self._changed:
            while not self._closed:
                if self._queue:
                    self._current = self._queue.pop(0)
                    self._print(self._current)
                    self._current = None
                else:
                    self._changed.wait()

    def _print(self, job: Job) -> None:
        if job.has_ended:
            return
        job.begun_s = up_time_s()
        if job.pages == 0:
            job.end(JobState.ABORTED, "document-format-error")
        while not job.has_ended and job.impressions < job.pages and not self._lies():
            if not self._gives_up(job):
                self._print_page(job)
        if not job.has_ended:
            self._finish(job)

    def _lies(self) -> bool:
        return FaultName.SAYS_COMPLETED in self._conditions

    def _finish(self, job: Job) -> None:
        if job.impressions == job.pages:
            self._collectable.append(self._spool.store(job.name, job.document or b"").name)
        job.end(JobState.COMPLETED, "job-completed-successfully")

    def _gives_up(self, job: Job) -> bool:
        if self._closed or job.cancel_asked:
            job.end(JobState.CANCELED, "job-canceled-by-user")
        elif FaultName.ABORT in self._conditions:
            self._conditions.discard(FaultName.ABORT)
            job.end(JobState.ABORTED, "aborted-by-system")
        return job.has_ended

    def _print_page(self, job: Job) -> None:
        if self._blocked_by():
            job.state, job.reason = JobState.STOPPED, "printer-stopped"
            self._changed.wait()
            return
        job.state, job.reason = JobState.PROCESSING, "job-printing"
        end = time.monotonic() + self._page_s
        while (left := end - time.monotonic()) > 0 and not self._closed:
            self._changed.wait(left)
        if not self._closed and not self._conditions & _STRIKE_A_MOVING_SHEET:
            self._count(job)  # else the sheet did not come out, and is drawn anew once all is mended

    def _count(self, job: Job) -> None:
        job.impressions += 1
        self._impressions += 1
        self._sheets -= 1
        self._armed = [replace(fault, after=fault.after - 1) for fault in self._armed]
        for due in [fault for fault in self._armed if fault.after == 0]:
            self._armed.remove(due)
            self._apply(due.name)


def _stranger(job_id: int) -> Job:
    stranger = Job(job_id, "someone-else", document=b"", pages=1, impressions=1)
    stranger.end(JobState.COMPLETED, "job-completed-successfully")
    return stranger
