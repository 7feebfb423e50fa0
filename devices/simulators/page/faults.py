"""What can be made to go wrong with the simulated printer, and a board where it is written up."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.page.tags import Operation

UNTIL_CLEARED = -1


class FaultName(StrEnum):
    """Faults of the line strike whole exchanges; faults of the machine strike paper and jobs."""

    SILENT = "silent"  # takes the request, does nothing, never answers
    SLOW = "slow"  # answers rightly after `seconds`
    HALF_ANSWER = "half_answer"  # does it, then breaks off in the middle of the answer
    GARBAGE = "garbage"  # does it, then answers something that is not IPP
    LATE_ANSWER = "late_answer"  # does it, then sends the answer to an earlier request
    DISCONNECT_WHILE_SENDING = "disconnect_while_sending"  # hangs up in the middle of the request
    DISCONNECT_AFTER_SENDING = "disconnect_after_sending"  # does it, then hangs up without an answer
    REFUSE_CONNECTION = "refuse_connection"  # the port is closed
    OFFLINE = "offline"  # connections are made, but nothing is ever taken or answered

    PAPER_OUT = "paper_out"
    JAM = "jam"
    COVER_OPEN = "cover_open"
    TONER_OUT = "toner_out"
    STOPPED = "stopped"
    SAYS_COMPLETED = "says_completed_but_prints_nothing"
    ABORT = "abort"  # the printer gives the running, or else the next, job up
    VANISH = "vanish"  # forgets the jobs known now; their paper comes out all the same
    WRONG_UUID = "wrong_uuid"  # the ids of the jobs known now belong to other jobs


CLOSED_DOORS = frozenset({FaultName.REFUSE_CONNECTION, FaultName.OFFLINE})
EXCHANGE_FAULTS = frozenset(
    {
        FaultName.SILENT,
        FaultName.SLOW,
        FaultName.HALF_ANSWER,
        FaultName.GARBAGE,
        FaultName.LATE_ANSWER,
        FaultName.DISCONNECT_WHILE_SENDING,
        FaultName.DISCONNECT_AFTER_SENDING,
    }
)
_SENDING = frozenset({FaultName.DISCONNECT_WHILE_SENDING, FaultName.DISCONNECT_AFTER_SENDING})


@dataclass(frozen=True, slots=True)
class Fault:
    """One order to go wrong. Only faults of an exchange look at `count`, `on` and `seconds`."""

    name: FaultName
    count: int = 1  # exchanges struck, UNTIL_CLEARED for all
    on: Operation | None = None  # None: any; for the two faults of sending: Send-Document
    seconds: float = 1.0
    after: int = 0  # only faults of the machine: impressions that still come out before it strikes


class FaultBoard:
    """The faults of the line that are still to strike. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: list[Fault] = []
        self._cleared = threading.Event()

    @property
    def names(self) -> tuple[FaultName, ...]:
        """What is still to strike."""
        with self._lock:
            return tuple(fault.name for fault in self._pending)

    def add(self, fault: Fault) -> None:
        """Write up one more fault."""
        with self._lock:
            self._pending.append(fault)

    def clear(self) -> None:
        """Forget all faults and let go of every exchange that is held up."""
        with self._lock:
            self._pending.clear()
            self._cleared.set()
            self._cleared = threading.Event()

    def is_offline(self) -> bool:
        """True while nothing at all is taken or answered."""
        return FaultName.OFFLINE in self.names

    def hold(self, seconds: float | None = None) -> None:
        """Wait for `seconds`, or for ever, but not longer than until the board is cleared."""
        with self._lock:
            cleared = self._cleared
        cleared.wait(seconds)

    def strike(self, operation: int, sending: int) -> Fault | None:
        """The fault for this exchange, if any, used up by one; `sending` is Send-Document's id."""
        with self._lock:
            for place, fault in enumerate(self._pending):
                if fault.name in EXCHANGE_FAULTS and _meets(fault, operation, sending):
                    self._use_up(place)
                    return fault
        return None

    def _use_up(self, place: int) -> None:
        fault = self._pending[place]
        if fault.count == 1:
            del self._pending[place]
        elif fault.count > 1:
            self._pending[place] = replace(fault, count=fault.count - 1)


def _meets(fault: Fault, operation: int, sending: int) -> bool:
    if fault.on is not None:
        return operation == fault.on
    return fault.name not in _SENDING or operation == sending
