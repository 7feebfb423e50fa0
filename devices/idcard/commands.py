"""What the driver asks a reader, and how the answer to each question must look.

There is no command for fingerprints (30 10) here, and there must never be one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.idcard.frames import HEADER_BYTES, MIN_ANSWER_LEN, Answer, encode_command
from devices.idcard.status import Status, status_of

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT_BYTES = 256
PHOTO_BYTES = 1024
LENGTHS_BYTES = 4  # two lengths before text and photo
APPENDED_BYTES = 70
SAM_ID_BYTES = 16


def of_length(count: int) -> Callable[[bytearray], bool]:
    """A check that data has exactly `count` bytes."""
    return lambda data: len(data) == count


def is_text_and_photo(data: bytearray) -> bool:
    """True if the two lengths in front agree with what follows them."""
    announced = int.from_bytes(data[0:2], "big") + int.from_bytes(data[2:4], "big")
    return len(data) > LENGTHS_BYTES and len(data) == LENGTHS_BYTES + announced


@dataclass(frozen=True, slots=True)
class Command:
    """One question: its frame, how long the reader may think, and which answers belong to it.

    Several SW3 are said by one command only. That is how a late answer to an earlier one is recognised.
    """

    frame: bytes
    fits: Callable[[bytearray], bool]  # whether the data of a success are of this command
    success: Status = Status.SUCCESS
    negative: Status | None = None  # the one bare status that only this command is answered with
    patience: timedelta = timedelta(seconds=1)  # until the first byte
    longest: int = HEADER_BYTES + MIN_ANSWER_LEN  # bytes of the longest answer

    def is_answered_by(self, answer: Answer) -> bool:
        """True unless the answer belongs to another command, or to no reader of this kind."""
        status = status_of(answer.sw3)
        if status is self.success:
            return self.fits(answer.data)
        return not answer.data and (status is self.negative or status not in SAID_BY_ONE_COMMAND)


SAID_BY_ONE_COMMAND = frozenset(
    {Status.SUCCESS, Status.CARD_FOUND, Status.NO_NEW_CARD, Status.SELECT_FAILED, Status.NO_SUCH_ITEM}
)

RESET = Command(encode_command(0x10, 0xFF), of_length(0))
STATUS = Command(encode_command(0x11, 0xFF), of_length(0))
SAM_ID = Command(encode_command(0x12, 0xFF), of_length(SAM_ID_BYTES), longest=27)
FIND = Command(
    encode_command(0x20, 0x01),
    of_length(4),
    success=Status.CARD_FOUND,
    negative=Status.NO_NEW_CARD,
    longest=15,
)
SELECT = Command(encode_command(0x20, 0x02), of_length(8), negative=Status.SELECT_FAILED, longest=19)
READ_BASE = Command(
    encode_command(0x30, 0x01), is_text_and_photo, patience=timedelta(seconds=3), longest=1295
)
READ_APPENDED = Command(
    encode_command(0x30, 0x03),
    of_length(APPENDED_BYTES),
    negative=Status.NO_SUCH_ITEM,
    patience=timedelta(seconds=1.5),
    longest=81,
)
