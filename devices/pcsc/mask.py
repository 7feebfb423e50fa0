"""Commands and answers of a chip card for a trace: its holder becomes an invented one, record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.citizen_number import check_character
from devices.pcsc.apdu import STATUS_BYTES, Verdict, parse_answer
from devices.pcsc.records import HEAD_BYTES, PADDING, Record, may_continue, name_in, value_in
from devices.trace.entries import Way
from devices.trace.mask import Piece

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST17 = "61059019900101000"  # 610590 is the region of no county
_INVENTED: Mapping[Record, bytes] = {
    Record.VALID_FROM: bytes.fromhex("20200101"),
    Record.VALID_UNTIL: bytes.fromhex("20400101"),
    Record.CARD_NUMBER: b"A00000000",
    Record.CITIZEN_NUMBER: (_FIRST17 + check_character(_FIRST17)).encode("ascii"),
    Record.SEX: b"2",
    Record.NATION: b"\x01",
    Record.BIRTH: bytes.fromhex("19900101"),
}
_NAMES = frozenset({Record.NAME, Record.NAME_MORE})
_SIGN = "测".encode("gb18030")  # a name becomes so many of them as fill its place
_TEXTS = frozenset({Record.CARD_NUMBER, Record.CITIZEN_NUMBER})


class ChipMask:
    """Implements `Mask`. One command and one answer at a time, each whole.

    Nothing of an answer is told but its status, its length, and an invented value where it is a known record.
    """

    def sent(self, data: bytes) -> tuple[Piece, ...]:
        """Commands name nobody: there is none that writes or shows a PIN."""
        return (Piece(Way.OUT, data),)

    def came(self, data: bytes) -> tuple[Piece, ...]:
        """The answer with another holder."""
        answer = parse_answer(data)
        if answer is None:
            return (Piece(Way.IN, data),)
        told = (
            _masked(answer.data)
            if answer.verdict in {Verdict.DONE, Verdict.FETCH}
            else bytes(len(answer.data))
        )
        return (Piece(Way.IN, told + data[-STATUS_BYTES:], len(told)),)

    def rest(self) -> tuple[Piece, ...]:
        """Nothing is held back."""
        return ()


def _masked(data: bytes) -> bytes:
    for record in Record:
        value = value_in(data, record.value.tag)
        if value is not None:
            return (data[:HEAD_BYTES] + _invented(record, value)).ljust(len(data), b"\0")
    return bytes(len(data))


def _invented(record: Record, value: bytes) -> bytes:
    """As long as the value that was there, and as sound."""
    used = len(value.rstrip(PADDING))
    if record in _NAMES:
        is_sound = may_continue(value) or record is Record.NAME_MORE or name_in(value, b"") is not None
        text = _SIGN * (used // len(_SIGN)) + b"x" * (used % len(_SIGN)) if is_sound else b""
    else:
        is_sound = record not in _TEXTS or (value[:used].isalnum() and value.isascii())
        text = _INVENTED[record] if is_sound else b""
    return text.ljust(len(value), b"\0")[: len(value)]
