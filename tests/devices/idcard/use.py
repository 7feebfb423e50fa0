"""How a caller uses a reader: polls it, reads what it finds, and keeps its watch on the clock."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from devices.contract import CardFound, CardRead, CardRejected, DeviceFault, NoNewCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.contract import CardReader

AMPLE = timedelta(seconds=8)
SHORT = timedelta(seconds=0.5)
GRACE_S = 0.1  # promised by the contract
MACHINE_S = 0.15  # a busy test machine
POLL_S = 0.02

Result = TypeVar("Result")
Outcome = CardRead | CardRejected | DeviceFault | NoNewCard


def in_time(call: Callable[[timedelta], Result], deadline: timedelta) -> Result:
    """The result of a call that must keep its deadline."""
    started = time.monotonic()
    result = call(deadline)
    taken = time.monotonic() - started
    assert taken <= deadline.total_seconds() + GRACE_S + MACHINE_S, f"{taken:.3f} s"
    return result


def poll(reader: CardReader, deadline: timedelta = SHORT) -> Outcome:
    """Look once; read if a card is found."""
    found = in_time(reader.find, deadline)
    return in_time(reader.read, deadline) if isinstance(found, CardFound) else found


def poll_until_read(reader: CardReader, patience_s: float = 5.0) -> tuple[CardRead, list[Outcome]]:
    """Poll until a card is read; also what came before it, without the empty polls."""
    limit = time.monotonic() + patience_s
    before: list[Outcome] = []
    while time.monotonic() < limit:
        outcome = poll(reader)
        if isinstance(outcome, CardRead):
            return outcome, before
        if not isinstance(outcome, NoNewCard):
            before.append(outcome)
        time.sleep(POLL_S)
    raise AssertionError(f"no card was read; outcomes: {before}")
