"""What can go wrong with an answer on its way, the same for every device that is asked something."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from devices.simulators.control import OrderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.simulators.control import Request
    from devices.simulators.wires import Wire

UNTIL_CLEARED = -1
SLOW_S = 0.6
RUBBISH = b"\xff\x00\x7f\xa5\x80\xff"


class Mishap(StrEnum):
    """Faults of the line and of the device's answer."""

    SILENT = "silent"
    SLOW = "slow"
    HALF_ANSWER = "half_answer"
    GARBAGE = "garbage"  # before the answer
    WRONG_CHECKSUM = "wrong_checksum"
    LATE_ANSWER = "late_answer"  # the answer to the question before comes first
    DISCONNECT = "disconnect"  # in the middle of an answer; back when cleared
    NEW_NODE = "new_node"  # the same, and back at once, as another device


@dataclass(slots=True)
class _Order:
    name: Mishap
    count: int


class Mishaps:
    """Which of them strike next. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: list[_Order] = []
        self._cleared = threading.Event()

    def add(self, name: Mishap, count: int) -> None:
        """Let it happen to the next `count` answers, or until cleared."""
        with self._lock:
            self._orders.append(_Order(name, count))

    def take(self) -> Mishap | None:
        """What happens to the answer now."""
        with self._lock:
            for order in self._orders:
                order.count -= order.count > 0
                if order.count == 0:
                    self._orders.remove(order)
                return order.name
        return None

    def clear(self) -> None:
        """Nothing more happens; whoever is slow answers at once."""
        with self._lock:
            self._orders.clear()
            self._cleared.set()
            self._cleared = threading.Event()

    def hold(self, seconds: float) -> None:
        """Be slow, until cleared at most."""
        with self._lock:
            cleared = self._cleared
        cleared.wait(seconds)

    @property
    def names(self) -> list[str]:
        """What is still to happen."""
        with self._lock:
            return [order.name for order in self._orders]


class Answering:
    """Sends answers over a wire, with whatever happens to them on the way."""

    def __init__(self, wire: Wire, spoil: Callable[[bytes], bytes]) -> None:
        """`spoil` makes an answer whose check fails."""
        self.mishaps = Mishaps()
        self._wire, self._spoil = wire, spoil
        self._previous = b""

    def send(self, answer: bytes) -> None:
        """Send one answer."""
        previous, self._previous = self._previous or answer, answer
        match self.mishaps.take():
            case None:
                self._wire.write(answer)
            case Mishap.SILENT:
                pass
            case Mishap.SLOW:
                self.mishaps.hold(SLOW_S)
                self._wire.write(answer)
            case Mishap.HALF_ANSWER:
                self._wire.write(answer[: len(answer) // 2])
            case Mishap.GARBAGE:
                self._wire.write(RUBBISH + answer)
            case Mishap.WRONG_CHECKSUM:
                self._wire.write(self._spoil(answer))
            case Mishap.LATE_ANSWER:
                self._wire.write(previous + answer)
            case Mishap.DISCONNECT:
                self._wire.write(answer[: len(answer) // 2])
                self._wire.vanish()
            case Mishap.NEW_NODE:
                self._wire.write(answer[: len(answer) // 2])
                self._wire.come_back()

    def order(self, request: Request) -> None:
        """A `fault` request: name and count. Raises OrderError."""
        name, count = request.get("name"), request.get("count", 1)
        if name not in set(Mishap) or not isinstance(count, int):
            raise OrderError(f"name must be one of: {', '.join(Mishap)}; count a whole number")
        self.mishaps.add(Mishap(str(name)), count)

    def clear(self) -> None:
        """Mend everything; a cable that was pulled is in again."""
        self.mishaps.clear()
        if not self._wire.is_there:
            self._wire.come_back()
