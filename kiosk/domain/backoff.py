from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)
_DOUBLINGS = 12  # beyond it the longest delay holds anyway


def full_jitter(attempts: int, draw: Callable[[], float]) -> timedelta:
    """How long to wait after `attempts` failures: anything up to 5 s, 10 s, 20 s ... 15 min.

    `draw` gives a number in [0, 1). Kiosks that lost the same platform must not come back in step.
    """
    ceiling = min(LONGEST, FIRST * (1 << min(attempts, _DOUBLINGS)))
    return ceiling * draw()
