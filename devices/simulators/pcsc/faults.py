"""The faults a card can be told to have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultName(StrEnum):
    """What can go wrong with an answer, or with the card itself."""

    SILENT = "silent"  # no answer until the card is lifted or the faults are cleared
    SLOW = "slow"  # the answer comes half a second late
    LATE_ANSWER = "late_answer"  # so late that nobody waits for it any more
    HALF_ANSWER = "half_answer"
    ONE_BYTE = "one_byte"
    GARBAGE = "garbage"
    REFUSED = "refused"  # 6F00
    WRONG_RECORD = "wrong_record"  # a sound record, but the next one
    WRONG_TAG = "wrong_tag"
    DAMAGED_TEXT = "damaged_text"  # a sound record around senseless text
    ENDLESS_61 = "endless_61"  # announces more, again and again
    ENDLESS_6C = "endless_6c"  # wants another length, again and again
    TAKEN_AWAY = "taken_away"  # pulled out instead of answering


class Moment(StrEnum):
    """Which command meets the fault."""

    SELECT = "select"  # the application
    FILE = "file"
    READ = "read"  # any record
    FETCH = "fetch"  # GET RESPONSE


ONLY_AT = {
    FaultName.WRONG_RECORD: Moment.READ,
    FaultName.WRONG_TAG: Moment.READ,
    FaultName.DAMAGED_TEXT: Moment.READ,
}
UNTIL_CLEARED = -1


def moment_of(command: bytes) -> Moment | None:
    """Which moment a command is, None for any other command."""
    match command[1:3]:
        case b"\xa4\x04":
            return Moment.SELECT
        case other:
            return {0xA4: Moment.FILE, 0xB2: Moment.READ, 0xC0: Moment.FETCH}.get(other[0]) if other else None


@dataclass(slots=True)
class PendingFault:
    """A fault and how often it will still happen."""

    name: FaultName
    count: int
    moment: Moment | None  # None for any command


class FaultList:
    """The faults to come."""

    def __init__(self) -> None:
        self._pending: list[PendingFault] = []

    @property
    def names(self) -> list[str]:
        """The names of all that is pending."""
        return [fault.name.value for fault in self._pending]

    def add(self, name: FaultName, count: int, moment: Moment | None) -> None:
        """Let it happen `count` times (UNTIL_CLEARED: always) at this moment, or where it belongs."""
        self._pending.append(PendingFault(name, count, moment or ONLY_AT.get(name)))

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._pending.clear()

    def take(self, moment: Moment | None) -> FaultName | None:
        """The fault that a command at this moment meets, counted down."""
        for fault in self._pending:
            if fault.moment in {None, moment}:
                fault.count -= fault.count > 0
                if fault.count == 0:
                    self._pending.remove(fault)
                return fault.name
        return None
