"""One time limit for the turn of whoever stands there; monotonic seconds, given by the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.flow.events import TimeNearlyUp, TimeUp

if TYPE_CHECKING:
    from kiosk.flow.timer import Timer


class TurnTimer:
    """Starts anew whenever the turn changes, and speaks at most twice per turn."""

    def __init__(self) -> None:
        self._limit: Timer | None = None
        self._warn_at: float | None = None
        self._end_at: float | None = None

    def follow(self, limit: Timer | None, now: float) -> None:
        """The flow's present limit; the same turn keeps running, another one starts from zero."""
        if self._limit and limit and self._limit.turn == limit.turn:
            return
        self._limit = limit
        self._warn_at = now + limit.warn_after.total_seconds() if limit and limit.warn_after else None
        self._end_at = now + limit.end_after.total_seconds() if limit else None

    def next_at(self) -> float | None:
        """When it speaks next; None = not before the next turn."""
        return self._end_at if self._warn_at is None else self._warn_at

    def take_due(self, now: float) -> TimeNearlyUp | TimeUp | None:
        """What is due at `now`, once."""
        if self._limit is None:
            return None
        if self._warn_at is not None and now >= self._warn_at:
            self._warn_at = None
            return TimeNearlyUp(self._limit.turn)
        if self._end_at is not None and now >= self._end_at:
            self._end_at = None
            return TimeUp(self._limit.turn)
        return None
