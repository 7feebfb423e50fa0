"""A chip that answers each command as the one in a trace did."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from devices.simulators.pcsc.chip import ANSWERS_TO_RESET
from devices.simulators.pcsc.slot import LyingCard, Slot
from devices.trace.entries import Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.simulators.control import Request
    from devices.simulators.pcsc.faults import FaultName
    from devices.trace.entries import Entry, Trace

NO_ANSWER = b"\x00"  # under two bytes: the card was taken away at this command
UNKNOWN = b"\x6f\x00"


class RecordedChip:
    """Its exchanges in order; the search for a command goes on behind the last one, and round once."""

    def __init__(self, trace: Trace) -> None:
        self._exchanges: tuple[tuple[bytes, bytes], ...] = tuple(_exchanges(trace.entries))
        self._next = 0
        self.asked = self.unknown = 0
        # What a card answers to a reset is no part of a trace: it may hold the chip's own number.
        self.answer_to_reset = ANSWERS_TO_RESET["social_security"]

    def reset(self) -> None:
        """A card that is powered up anew is asked everything anew; nothing to forget."""

    def answer(self, command: bytes, fault: FaultName | None = None) -> bytes:
        """What the card answered to this command; 6F00 where it was never asked."""
        del fault
        self.asked += 1
        for place in chain(range(self._next, len(self._exchanges)), range(self._next)):
            asked, answered = self._exchanges[place]
            if asked == command:
                self._next = place + 1
                return answered
        self.unknown += 1
        return UNKNOWN


class RecordedCard:
    """The chip in a slot of vpcd until closed."""

    def __init__(self, trace: Trace, port: int) -> None:
        self.chip = RecordedChip(trace)
        self._lying = LyingCard(self.chip, Slot(port=port))
        self._lying.start()

    def state(self, _: Request | None = None) -> Request:
        """How many commands were answered, and how many of them the trace does not know."""
        return {"played": self.chip.asked, "unknown": self.chip.unknown}

    def close(self) -> None:
        """Take the card out."""
        self._lying.lift()


def _exchanges(entries: tuple[Entry, ...]) -> Iterator[tuple[bytes, bytes]]:
    asked: bytes | None = None
    for entry in entries:
        if entry.way is Way.OUT:
            asked = entry.data
        elif asked is not None and entry.way in {Way.IN, Way.GONE}:
            yield asked, entry.data or NO_ANSWER
            asked = None
