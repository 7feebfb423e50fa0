"""The faults a reader can be told to have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class FaultName(StrEnum):
    """What can go wrong, on the line or with the card."""

    SILENT = "silent"  # no answer
    SLOW = "slow"  # the answer comes half a second late
    HALF_ANSWER = "half_answer"
    GARBAGE_BEFORE = "garbage_before"  # rubbish, then the answer
    WRONG_CHECKSUM = "wrong_checksum"
    LATE_ANSWER = "late_answer"  # withheld, sent when the next command has come
    FOREIGN_FRAME = "foreign_frame"  # a sound frame that answers nothing
    DISCONNECT = "disconnect"  # the port vanishes in mid-answer and comes back
    COMES_BACK_NEW = "comes_back_new"  # as disconnect, but certainly as another device node
    CARD_UNREADABLE = "card_unreadable"  # 41
    NOT_ID = "not_id"  # 40
    NOT_GENUINE = "not_genuine"  # 32
    DAMAGED_TEXT = "damaged_text"  # a sound frame around senseless text
    LIFTED_WHILE_READING = "lifted_while_reading"
    FIND_STUCK = "find_stuck"  # find says 80 although the card can be selected
    SELF_TEST_FAILED = "self_test_failed"  # 60 to everything
    UNLICENSED = "unlicensed"  # 66 to everything


MOMENTS: Mapping[str, str] = {
    "status": "11ff",
    "sam_id": "12ff",
    "reset": "10ff",
    "find": "2001",
    "select": "2002",
    "read": "3001",
    "address": "3003",
}
ONLY_AT: Mapping[FaultName, str] = {
    FaultName.CARD_UNREADABLE: "read",
    FaultName.NOT_ID: "select",
    FaultName.NOT_GENUINE: "read",
    FaultName.DAMAGED_TEXT: "read",
    FaultName.LIFTED_WHILE_READING: "read",
    FaultName.FIND_STUCK: "find",
}
UNTIL_CLEARED = -1


@dataclass(slots=True)
class PendingFault:
    """A fault and how often it will still happen."""

    name: FaultName
    count: int
    moment: str | None  # a key of MOMENTS, None for any command

    def concerns(self, code: str) -> bool:
        """True if this command (hex of CMD PARA) meets the fault."""
        return self.moment is None or MOMENTS[self.moment] == code


class FaultList:
    """The faults to come."""

    def __init__(self) -> None:
        self._pending: list[PendingFault] = []

    @property
    def names(self) -> list[str]:
        """The names of all that is pending."""
        return [fault.name.value for fault in self._pending]

    def add(self, name: FaultName, count: int, moment: str | None) -> None:
        """Let it happen `count` times (UNTIL_CLEARED: always) at this moment, or where it belongs."""
        self._pending.append(PendingFault(name, count, moment or ONLY_AT.get(name)))

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._pending.clear()

    def take(self, code: str) -> FaultName | None:
        """The fault that this command meets, counted down."""
        for fault in self._pending:
            if fault.concerns(code):
                fault.count -= fault.count > 0
                if fault.count == 0:
                    self._pending.remove(fault)
                return fault.name
        return None
