"""Following one accepted job until it settles, is cancelled, or cannot be followed any more."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from devices.contract import DeviceCode, PrintOutcome, PrintProgress, Uncertain
from devices.page.deadline import Deadline
from devices.page.errors import IppError
from devices.page.job import judge
from devices.page.tags import JobState
from devices.page.view import JobVanishedError, Sight

if TYPE_CHECKING:
    from datetime import timedelta

    from devices.contract import JobRef
    from devices.page.timings import Timings
    from devices.page.view import JobView

# Most jobs of a virtual printer end within 20 ms; paper takes seconds.
_FIRST_POLL_S = 0.02
_LAST_POLL_S = 0.2
_POLL_GROWTH = 1.5
_CLOSING_SHARE = 0.25  # of a short deadline, where `closing` would leave no time to print

# Faults after which a sheet may have come out spoilt. Waiting for paper or a pause spoils nothing.
_SPOILING = {DeviceCode.PRINTER_JAM, DeviceCode.PRINTER_COVER_OPEN, DeviceCode.PRINTER_TONER_OUT}


class Onlooker(Protocol):
    """Whoever wants to know how the job goes and may stop it."""

    def progressed(self, progress: PrintProgress) -> None:
        """Told whenever the progress changes."""
        ...

    def wants_cancel(self) -> bool:
        """Asked at every look; True cancels the job."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one job may take: until `deadline` in all, `paper` for paper, `link` without an answer."""

    deadline: Deadline
    paper: timedelta
    link: timedelta
    timings: Timings

    def closing(self) -> Deadline:
        """When cancelling must begin for the call to be back in time."""
        share = self.deadline.left_s() * _CLOSING_SHARE
        return self.deadline.earlier_by(min(self.timings.closing.total_seconds(), share))

    def while_waiting(self, code: DeviceCode) -> timedelta:
        """How long the job may wait for this."""
        return self.paper if code is DeviceCode.PRINTER_PAPER_OUT else self.timings.fault


class JobWatch:
    """One accepted job, watched once."""

    def __init__(self, view: JobView, job: JobRef, pages: int, patience: Patience) -> None:
        self._view = view
        self._job = job
        self._pages = pages
        self._patience = patience
        self._closing = patience.closing()
        self._spoiled_by: DeviceCode | None = None
        self._progress = PrintProgress(0)
        self._waits_until = Deadline.never()
        self._silent_until = Deadline.after(patience.link)

    def follow(self, onlooker: Onlooker) -> PrintOutcome:
        """The outcome, at the deadline at the latest. What the onlooker raises passes through."""
        try:
            return self._follow(onlooker)
        except JobVanishedError:
            return Uncertain(DeviceCode.JOB_VANISHED, f"job {self._job.id}")

    def _follow(self, onlooker: Onlooker) -> PrintOutcome:
        pause_s = _FIRST_POLL_S
        while True:
            seen = self._look(self._closing)
            if isinstance(seen, Sight):
                self._tell(seen, onlooker)
                if seen.report.has_ended():
                    return self._judge(seen, None)
            elif self._silent_until.has_passed():
                with suppress(IppError):
                    self._view.abandon(self._closing)
                return Uncertain(seen.code, str(seen))
            cause = self._cause_to_cancel(onlooker)
            if cause is not None:
                return self._cancel(cause)
            time.sleep(min(pause_s, self._closing.left_s()))
            pause_s = min(pause_s * _POLL_GROWTH, _LAST_POLL_S)

    def _look(self, until: Deadline) -> Sight | IppError:
        """The job as it is now, or why there is no answer."""
        try:
            seen = self._view.look(until)
        except IppError as silence:
            return silence
        self._silent_until = Deadline.after(self._patience.link)
        if self._spoiled_by is None and seen.trouble in _SPOILING:
            self._spoiled_by = seen.trouble
        return seen

    def _tell(self, seen: Sight, onlooker: Onlooker) -> None:
        before, self._progress = self._progress, seen.progress()
        waiting_for = self._progress.waiting_for
        if waiting_for is None:
            self._waits_until = Deadline.never()
        elif waiting_for != before.waiting_for:
            self._waits_until = Deadline.after(self._patience.while_waiting(waiting_for))
        if self._progress != before:
            onlooker.progressed(self._progress)

    def _cause_to_cancel(self, onlooker: Onlooker) -> DeviceCode | None:
        if onlooker.wants_cancel():
            return DeviceCode.JOB_CANCELLED
        if self._closing.has_passed():
            return DeviceCode.JOB_TOO_SLOW
        if self._waits_until.has_passed():
            waiting_for = self._progress.waiting_for
            is_for_paper = waiting_for is DeviceCode.PRINTER_PAPER_OUT
            return DeviceCode.JOB_CANCELLED if is_for_paper else waiting_for
        return None

    def _cancel(self, cause: DeviceCode) -> PrintOutcome:
        """Ask for the end of the job, and believe only what the job itself says then."""
        until = self._patience.deadline.or_after(self._patience.timings.closing)
        while not until.has_passed():
            seen = self._look(until)
            if isinstance(seen, Sight):
                if seen.report.has_ended():
                    return self._judge(seen, cause)
                with suppress(IppError):  # the next look tells whether it came to an end
                    self._view.cancel(until)
            time.sleep(min(_FIRST_POLL_S, until.left_s()))
        return Uncertain(cause, "cancelled, but not seen to end")

    def _judge(self, seen: Sight, cause: DeviceCode | None) -> PrintOutcome:
        trouble = self._spoiled_by
        if trouble is None and seen.report.state != JobState.COMPLETED:
            trouble = seen.trouble or self._late_trouble()
        return judge(seen.report, self._pages, trouble, cause)

    def _late_trouble(self) -> DeviceCode | None:
        """What the machine complains of now that the job was given up between two looks."""
        try:
            return self._view.trouble(self._patience.deadline)
        except IppError:
            return None  # the job's own state has decided already; this would only have named the cause
