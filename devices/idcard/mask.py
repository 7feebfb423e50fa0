"""A reader's bytes for a trace: each person in them becomes an invented one, frame by frame."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from devices.citizen_number import check_character, mrz_check_digit
from devices.idcard.commands import APPENDED_BYTES, LENGTHS_BYTES, SAM_ID, TEXT_BYTES, is_text_and_photo
from devices.idcard.frames import (
    HEADER_BYTES,
    MAX_ANSWER_LEN,
    MIN_ANSWER_LEN,
    PREAMBLE,
    AnswerDecoder,
    checksum,
)
from devices.idcard.status import Status
from devices.idcard.textblock import (
    ADDRESS,
    BIRTH,
    BIRTH_2017,
    LATIN_NAME_2017,
    NAME,
    NUMBER,
    NUMBER_2017,
    SEX,
    SEX_2017,
    TYPE_LETTER,
    VALID_FROM,
    VALID_UNTIL,
    FieldBlock,
    Place,
    decode_identity,
)
from devices.trace.entries import Way
from devices.trace.mask import Piece, noise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from devices.contract import Identity

STATUS_BYTES = 3
_PLACE = "测试地址"
_BIRTH = "19900101"
_NOWHERE = "610590"  # the region of no county
_REGIONS = {"J": "810000", "Y": "911398"}
_KEY_BYTES = 16


class ReaderMask:
    """Implements `Mask`. The same card always becomes the same invented person, another card another one.

    What belongs to no whole frame, or to one whose checksum is wrong, is written as so many bytes of noise.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._asked = b""
        self._key = secrets.token_bytes(_KEY_BYTES)
        self._persons: dict[int, int] = {}

    def sent(self, data: bytes) -> tuple[Piece, ...]:
        """Commands name nobody. What came before one and is still not whole never will be."""
        rest = self.rest()
        self._asked = data
        return (*rest, Piece(Way.OUT, data))

    def came(self, data: bytes) -> tuple[Piece, ...]:
        """The whole frames, masked; the beginning of another is held back."""
        self._buffer += data
        pieces: list[Piece] = []
        while (end := self._next_end()) is not None:
            pieces.append(self._masked(bytes(self._buffer[:end])))
            self._drop(end)
        return tuple(pieces)

    def rest(self) -> tuple[Piece, ...]:
        """What is left of a frame that broke off: its head may be told, its content not."""
        held = bytes(self._buffer)
        self._drop(len(held))
        if not held:
            return ()
        kept = HEADER_BYTES if held.startswith(PREAMBLE) else 0  # after lost bytes, text may stand behind it
        told, hidden = held[:kept], held[kept:]
        return (Piece(Way.IN, told + noise(hidden).data, len(hidden)),)

    def _next_end(self) -> int | None:
        """Where the next piece that can be judged ends: noise before a frame, or a frame."""
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            start = max(0, len(self._buffer) - len(PREAMBLE) + 1)
        if start > 0:
            return start
        if len(self._buffer) < HEADER_BYTES:
            return None
        length = int.from_bytes(self._buffer[len(PREAMBLE) : HEADER_BYTES], "big")
        if not MIN_ANSWER_LEN <= length <= MAX_ANSWER_LEN:
            return len(PREAMBLE)
        end = HEADER_BYTES + length
        return end if len(self._buffer) >= end else None

    def _masked(self, frame: bytes) -> Piece:
        answers = AnswerDecoder().feed(frame)
        if not answers:
            return self._noise_like(frame)
        answer = answers[0]
        data = self._masked_data(bytes(answer.data), answer.sw3)
        hidden = sum(now != before for now, before in zip(data, answer.data, strict=True))
        answer.wipe()
        body = frame[len(PREAMBLE) : HEADER_BYTES + STATUS_BYTES] + data
        return Piece(Way.IN, PREAMBLE + body + bytes((checksum(body),)), hidden)

    def _noise_like(self, frame: bytes) -> Piece:
        """A frame that is none stays one that is none; of what began as none not one byte is told."""
        if len(frame) <= HEADER_BYTES or not frame.startswith(PREAMBLE):
            return noise(frame)
        head, content = frame[:HEADER_BYTES], bytearray(noise(frame[HEADER_BYTES:]).data)
        if checksum(head[len(PREAMBLE) :]) == checksum(content):
            content[-1] ^= 1
        return Piece(Way.IN, head + content, len(content))

    def _masked_data(self, data: bytes, sw3: int) -> bytes:
        """As long as it was, and as sound as it was."""
        if sw3 == Status.SUCCESS and self._asked == SAM_ID.frame and SAM_ID.fits(bytearray(data)):
            return data  # the reader's own number, and not a card's late answer
        if sw3 == Status.SUCCESS and is_text_and_photo(bytearray(data)):
            length = int.from_bytes(data[:2], "big")
            text = data[LENGTHS_BYTES : LENGTHS_BYTES + length]
            photo = bytes(len(data) - LENGTHS_BYTES - length)
            return data[:LENGTHS_BYTES] + self._masked_text(text) + photo
        if sw3 == Status.SUCCESS and len(data) == APPENDED_BYTES:
            return _padded(_PLACE, APPENDED_BYTES)
        return bytes(len(data))

    def _masked_text(self, text: bytes) -> bytes:
        identity = decode_identity(text)
        if identity is None:
            return bytes(len(text))  # as senseless as what it stands for
        person = self._place_of(identity)
        return invented_text(person, FieldBlock(text).text(TYPE_LETTER))

    def _place_of(self, identity: Identity) -> int:
        """Which person of this recording it is, in order; of their numbers a salted hash is kept."""
        return self._persons.setdefault(hash((self._key, identity.number)), len(self._persons))

    def _drop(self, count: int) -> None:
        self._buffer[:count] = bytes(count)
        del self._buffer[:count]


def invented_text(person: int, letter: str) -> bytes:
    """The text block of an invented person, in the layout that this letter stands for."""
    block = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    fields = _foreigner_2017(person) if letter == "I" else _present_layout(person, letter)
    for place, text in {
        **fields,
        VALID_FROM: "20200101",
        VALID_UNTIL: "20400101",
        TYPE_LETTER: letter,
    }.items():
        block[place.offset : place.offset + place.length] = _padded(text, place.length)
    return bytes(block)


def _present_layout(person: int, letter: str) -> Mapping[Place, str]:
    first17 = f"{_REGIONS.get(letter, _NOWHERE)}{_BIRTH}{person % 1000:03d}"
    return {
        NAME: f"测试人{person}",
        SEX: "1" if person % 2 else "2",
        BIRTH: _BIRTH,
        ADDRESS: f"TEST PERSON {person}" if letter == "Y" else _PLACE,
        NUMBER: first17 + check_character(first17),
    }


def _foreigner_2017(person: int) -> Mapping[Place, str]:
    first14 = f"KAZ1100{_BIRTH[2:]}{person % 10}"
    return {
        LATIN_NAME_2017: f"TEST, PERSON {person}",
        SEX_2017: "1",
        BIRTH_2017: _BIRTH,
        NUMBER_2017: first14 + mrz_check_digit(first14),
    }


def _padded(text: str, count: int) -> bytes:
    return text.ljust(count // 2).encode("utf-16-le")
