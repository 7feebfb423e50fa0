"""A point in time by which a call has to be back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock."""

    at_s: float

    @classmethod
    def after(cls, span: timedelta) -> Self:
        """The moment `span` from now."""
        return cls(time.monotonic() + span.total_seconds())

    @classmethod
    def never(cls) -> Self:
        """A moment that does not come."""
        return cls(float("inf"))

    def left(self) -> timedelta:
        """The span until then, never below 0."""
        return timedelta(seconds=self.left_s())

    def left_s(self) -> float:
        """Seconds until then, never below 0."""
        return max(0.0, self.at_s - time.monotonic())

    def has_passed(self) -> bool:
        """True from that moment on."""
        return self.left_s() == 0.0

    def earlier_by(self, seconds: float) -> Deadline:
        """The moment `seconds` before this one."""
        return Deadline(self.at_s - seconds)

    def or_after(self, span: timedelta) -> Deadline:
        """This moment, or `span` from now, whichever comes first."""
        return min(self, Deadline.after(span), key=lambda each: each.at_s)
