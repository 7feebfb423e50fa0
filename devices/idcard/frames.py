"""The byte frames of a SAM_V reader (GA/T 467): pure, no clock, no port.

command  AA AA AA 96 69 | LEN (2, big-endian) | CMD PARA DATA.. | CHK
answer   AA AA AA 96 69 | LEN (2, big-endian) | SW1 SW2 SW3 DATA.. | CHK
LEN counts all that follows it; CHK is the XOR of everything from LEN to the byte before CHK.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")
HEADER_BYTES = len(PREAMBLE) + 2
MIN_ANSWER_LEN = 4  # SW1 SW2 SW3 CHK
MAX_ANSWER_LEN = 4096  # the longest answer known, text + photo + fingerprints, has 2314


def checksum(body: bytes | bytearray) -> int:
    """XOR of all bytes."""
    return reduce(xor, body, 0)


def encode_command(cmd: int, para: int, data: bytes = b"") -> bytes:
    """The whole frame of one command."""
    content = bytes((cmd, para)) + data
    body = (len(content) + 1).to_bytes(2, "big") + content
    return PREAMBLE + body + bytes((checksum(body),))


@dataclass(frozen=True, slots=True)
class Answer:
    """One whole answer whose checksum held. Its data may be a person's, so it can be wiped."""

    sw1: int
    sw2: int
    sw3: int
    data: bytearray = field(repr=False)

    def wipe(self) -> None:
        """Overwrite the data in memory."""
        self.data[:] = bytes(len(self.data))


class AnswerDecoder:
    """Finds whole answers in whatever a line delivers, in pieces of any size.

    Rubbish between frames and further AA bytes before one are skipped. A frame that turns out to be broken
    costs one byte: the search goes on right behind its first, so a good frame inside is never lost.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._broken = 0

    @property
    def is_inside_frame(self) -> bool:
        """True while a preamble has been seen and the rest of its frame has not."""
        return self._buffer.startswith(PREAMBLE)

    @property
    def broken_frames(self) -> int:
        """How many frames had an impossible length or a wrong checksum since `clear`."""
        return self._broken

    def feed(self, chunk: bytes) -> list[Answer]:
        """Take what came in; the answers that are whole now, in order."""
        self._buffer += chunk
        answers: list[Answer] = []
        while self._has_whole_frame():
            end = HEADER_BYTES + self._announced_length()
            if checksum(self._buffer[len(PREAMBLE) : end]) == 0:  # a body and its own CHK cancel out
                answers.append(self._take(end))
            else:
                self._skip_one()
        return answers

    def give_up_frame(self) -> list[Answer]:
        """Treat the frame begun as broken, its rest will not come; answers hidden in what came of it."""
        answers: list[Answer] = []
        while self.is_inside_frame and not answers:
            self._skip_one()
            answers = self.feed(b"")
        return answers

    def clear(self) -> None:
        """Forget and overwrite everything that came in."""
        self._drop(len(self._buffer))
        self._broken = 0

    def _has_whole_frame(self) -> bool:
        """Move to the next frame that may be good; True when all of it is there."""
        while True:
            self._seek_preamble()
            if len(self._buffer) < HEADER_BYTES:
                return False
            length = self._announced_length()
            if MIN_ANSWER_LEN <= length <= MAX_ANSWER_LEN:
                return len(self._buffer) >= HEADER_BYTES + length
            self._skip_one()

    def _seek_preamble(self) -> None:
        start = self._buffer.find(PREAMBLE)
        if start < 0:  # its beginning may already be there
            start = max(0, len(self._buffer) - len(PREAMBLE) + 1)
        self._drop(start)

    def _announced_length(self) -> int:
        return int.from_bytes(self._buffer[len(PREAMBLE) : HEADER_BYTES], "big")

    def _take(self, end: int) -> Answer:
        sw1, sw2, sw3 = self._buffer[HEADER_BYTES : HEADER_BYTES + 3]
        answer = Answer(sw1, sw2, sw3, self._buffer[HEADER_BYTES + 3 : end - 1])
        self._drop(end)
        return answer

    def _skip_one(self) -> None:
        self._broken += 1
        self._drop(1)

    def _drop(self, count: int) -> None:
        self._buffer[:count] = bytes(count)  # overwritten, not only forgotten: it may be a person's text
        del self._buffer[:count]
