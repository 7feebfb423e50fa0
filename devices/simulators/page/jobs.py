"""The jobs of the simulated printer."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from uuid import uuid4

from devices.page.tags import JobState

ENDED = frozenset({JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED})


def up_time_s() -> int:
    """Seconds on the printer's own clock, which never starts at 0 (printer-up-time, RFC 8011 5.4.29)."""
    return 1 + int(time.monotonic())


@dataclass(slots=True)
class Job:
    """One job; changed only by the press, under its lock."""

    id: int
    name: str
    user: str = ""
    uuid: str = field(default_factory=lambda: uuid4().urn)
    state: JobState = JobState.PENDING
    reason: str = "job-incoming"
    document: bytes | None = field(default=None, repr=False)
    pages: int = 0
    impressions: int = 0
    cancel_asked: bool = False
    created_s: int = field(default_factory=up_time_s)
    begun_s: int | None = None
    ended_s: int | None = None

    @property
    def has_ended(self) -> bool:
        """True once nothing of this job can come out any more."""
        return self.state in ENDED

    def end(self, state: JobState, reason: str) -> None:
        """Settle for good."""
        self.state, self.reason, self.ended_s = state, reason, up_time_s()
