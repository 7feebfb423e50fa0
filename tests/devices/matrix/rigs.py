"""What every rig has: a simulator, one driver at it, one way to use it. Also a wire that can be watched."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from devices.simulators.wires import Wire
    from tests.devices.matrix.rows import Moment

Result = TypeVar("Result")

LASTING = 100_000  # strikes; what is left of them tells whether any call met the fault
DEADLINE = timedelta(seconds=0.8)


@dataclass(frozen=True, slots=True)
class Used:
    """What one use came to; `late_s`: how long after its deadline the slowest call returned."""

    outcome: object
    late_s: float
    is_true: bool = True  # False: it tells something of the device that was never so


class Pending(Protocol):
    """A fault that a simulator was told to have."""

    @property
    def count(self) -> int:
        """How many strikes are left."""
        ...


class Rig(Protocol):
    """One simulator and one driver, for many cells, one after another. One thread at a time uses it."""

    def make_ready(self) -> None:
        """Whatever a good use needs: a fresh card, paper."""
        ...

    def hang_up(self) -> None:
        """Let the driver close its line."""
        ...

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        """Use the device once. `midway` is called when the first bytes of the call were exchanged."""
        ...

    def fault(self, name: str, moment: Moment) -> None:
        """Let this go wrong until it is cleared."""
        ...

    def is_met(self) -> bool:
        """Whether the fault has struck since it was set, as far as it is one that strikes answers."""
        ...

    def clear(self) -> None:
        """Mend everything."""
        ...

    def is_well(self, used: Used) -> bool:
        """Whether this is what a device without any fault says."""
        ...

    def node(self) -> str:
        """The device node behind the link; "" where there is none."""
        ...

    def close(self) -> None:
        """End driver and simulator."""
        ...


@dataclass(slots=True)
class Clock:
    """Watches the deadlines of all calls of one use."""

    late_s: float = -math.inf

    def call(self, call: Callable[[timedelta], Result], deadline: timedelta = DEADLINE) -> Result:
        """The result of this call."""
        begun = time.monotonic()
        result = call(deadline)
        self.late_s = max(self.late_s, time.monotonic() - begun - deadline.total_seconds())
        return result


def has_struck(pending: Iterable[Pending]) -> bool:
    """Whether every fault that was ordered to last has struck, and every other one is over."""
    return all(1 < fault.count < LASTING for fault in pending)


class WatchedWire:
    """A wire that tells once when bytes came in, or when an answer has gone out."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.on_heard: Callable[[], None] | None = None
        self.on_answered: Callable[[], None] | None = None

    @property
    def address(self) -> str:
        """Where the other end is found."""
        return self._wire.address

    @property
    def is_there(self) -> bool:
        """Whether the cable is in."""
        return self._wire.is_there

    def read(self, patience_s: float) -> bytes:
        """What came in; whoever hears it has been told already."""
        data = self._wire.read(patience_s)
        if data and self.on_heard is not None:
            told, self.on_heard = self.on_heard, None
            told()
        return data

    def write(self, data: bytes) -> None:
        """Send; the next question is not heard before this was told."""
        self._wire.write(data)
        if self.on_answered is not None:
            told, self.on_answered = self.on_answered, None
            told()

    def vanish(self) -> None:
        """The cable is pulled."""
        self._wire.vanish()

    def come_back(self) -> None:
        """The cable is in again."""
        self._wire.come_back()

    def close(self) -> None:
        """Let go."""
        self._wire.close()
