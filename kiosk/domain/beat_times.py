"""When the next heartbeat is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.backoff import full_jitter

if TYPE_CHECKING:
    from collections.abc import Callable

_JITTER = 0.2
LINE_BACK_WITHIN = timedelta(seconds=10)  # a whole county may have its line back at the same moment
GATHER = timedelta(seconds=1)  # what breaks together is told together
BETWEEN_URGENT = timedelta(seconds=30)  # a part that comes and goes sends no storm


def regular(interval: timedelta, asked: timedelta | None, draw: Callable[[], float]) -> timedelta:
    """The pause after a beat that was taken: 20 % either way, but never before a slower platform asked."""
    if asked is not None and asked > interval:
        return asked * (1 + _JITTER * draw())
    return (asked or interval) * (1 - _JITTER + 2 * _JITTER * draw())


def after_failure(failures: int, draw: Callable[[], float]) -> timedelta:
    """The pause after a beat that was not taken."""
    return full_jitter(failures, draw)


def line_back(draw: Callable[[], float]) -> timedelta:
    """The pause after the line came back."""
    return LINE_BACK_WITHIN * draw()


def urgent(since_last_urgent: timedelta | None) -> timedelta:
    """The pause after something turned bad; `since_last_urgent` None = there was none yet."""
    if since_last_urgent is None:
        return GATHER
    return max(GATHER, BETWEEN_URGENT - since_last_urgent)
