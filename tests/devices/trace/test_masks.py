"""No byte of a person gets through a mask, in whatever pieces and however broken it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.escpos.frames import slip
from devices.escpos.mask import SlipMask
from devices.idcard.commands import FIND, READ_APPENDED, READ_BASE, SAM_ID
from devices.idcard.frames import AnswerDecoder
from devices.idcard.mask import ReaderMask, invented_text
from devices.idcard.textblock import decode_identity
from devices.pcsc.mask import ChipMask
from devices.pcsc.records import Record
from devices.scanner.mask import CodeMask
from devices.simulators.idcard.blocks import PHOTO, text_block
from devices.simulators.idcard.wire import answer_frame
from devices.simulators.pcsc.memory import files_of
from tests.devices.escpos.rigs import picture
from tests.devices.idcard.cards import FOREIGNER_2017, FOREIGNER_2023, OTHER, PERMIT, RESIDENT
from tests.devices.pcsc.cards import HOLDER

if TYPE_CHECKING:
    from devices.contract import Identity
    from devices.simulators.idcard.card import Card
    from devices.trace.mask import Mask, Piece

LENGTHS = (256).to_bytes(2, "big") + (1024).to_bytes(2, "big")
CARDS = (RESIDENT, PERMIT, FOREIGNER_2017, FOREIGNER_2023)


def frame_of(card: Card) -> bytes:
    return answer_frame(0x90, LENGTHS + text_block(card) + PHOTO)


def told(pieces: tuple[Piece, ...]) -> bytes:
    return b"".join(piece.data for piece in pieces)


def masked(mask: Mask, *chunks: bytes) -> bytes:
    return b"".join(told(mask.came(chunk)) for chunk in chunks) + told(mask.rest())


def identity_in(written: bytes) -> Identity:
    (answer,) = AnswerDecoder().feed(written)
    identity = decode_identity(bytes(answer.data[4:260]))
    assert identity is not None
    return identity


def secrets_of(card: Card) -> list[bytes]:
    """Every run of three characters of what a card says of a person, as it lies in the chip."""
    texts = (
        card.name,
        card.number,
        card.address,
        card.latin_name,
        card.permit_number,
        f"{card.birth:%Y%m%d}",
    )
    runs = {text[at : at + 3] for text in texts for at in range(len(text) - 2)}
    invented = "".join(invented_text(0, letter).decode("utf-16-le") for letter in (" ", "J", "I", "Y"))
    return [run.encode("utf-16-le") for run in runs if run not in invented]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.kind)
@pytest.mark.parametrize("size", [1, 7, 64, 4096])
def test_a_card_becomes_an_invented_person_of_the_same_kind(card: Card, size: int) -> None:
    frame = frame_of(card)
    mask = ReaderMask()
    mask.sent(READ_BASE.frame)
    written = masked(mask, *(frame[at : at + size] for at in range(0, len(frame), size)))
    before, after = decode_identity(text_block(card)), identity_in(written)

    assert before is not None
    assert len(written) == len(frame)
    assert after.kind is before.kind
    assert not after.doubts
    assert not [each for each in secrets_of(card) if each in written]


def test_the_same_card_is_the_same_person_again_and_another_card_is_not() -> None:
    mask = ReaderMask()
    numbers = []
    for card in (RESIDENT, OTHER, RESIDENT):
        mask.sent(READ_BASE.frame)
        numbers.append(identity_in(told(mask.came(frame_of(card)))).number)

    assert numbers[0] == numbers[2] != numbers[1]
    assert RESIDENT.number not in numbers
    assert OTHER.number not in numbers


def test_a_text_that_makes_no_sense_still_makes_none() -> None:
    mask = ReaderMask()
    mask.sent(READ_BASE.frame)
    written = masked(mask, answer_frame(0x90, LENGTHS + bytes(range(256)) + PHOTO))
    (answer,) = AnswerDecoder().feed(written)

    assert decode_identity(bytes(answer.data[4:260])) is None
    assert bytes(range(8)) not in written


def test_an_appended_address_is_replaced() -> None:
    mask = ReaderMask()
    mask.sent(READ_APPENDED.frame)
    block = RESIDENT.appended_address.ljust(35).encode("utf-16-le")
    written = masked(mask, answer_frame(0x90, block))

    assert "新测试路".encode("utf-16-le") not in written
    assert len(AnswerDecoder().feed(written)) == 1


def test_the_readers_own_number_stays() -> None:
    mask = ReaderMask()
    mask.sent(SAM_ID.frame)
    frame = answer_frame(0x90, bytes(range(16)))

    assert masked(mask, frame) == frame


def test_a_late_answer_of_a_card_is_masked_whatever_was_asked_since() -> None:
    mask = ReaderMask()
    mask.sent(SAM_ID.frame)
    written = masked(mask, frame_of(RESIDENT))

    assert not [each for each in secrets_of(RESIDENT) if each in written]


def test_what_a_card_adds_when_it_is_found_is_not_kept() -> None:
    """Some modules put the card's own number there."""
    mask = ReaderMask()
    mask.sent(FIND.frame)

    assert masked(mask, answer_frame(0x9F, b"\x11\x22\x33\x44")) == answer_frame(0x9F, bytes(4))


@given(cut=st.integers(0, 1294), extra=st.binary(max_size=20))
def test_a_frame_that_broke_off_tells_nothing_of_the_person(cut: int, extra: bytes) -> None:
    mask = ReaderMask()
    mask.sent(READ_BASE.frame)
    written = masked(mask, extra + frame_of(RESIDENT)[:cut])

    assert len(written) == len(extra) + cut
    assert not [each for each in secrets_of(RESIDENT) if each in written]


@given(place=st.integers(0, 1294), flipped=st.integers(1, 255))
def test_a_damaged_frame_tells_nothing_and_stays_damaged(place: int, flipped: int) -> None:
    frame = bytearray(frame_of(RESIDENT))
    frame[place] ^= flipped
    mask = ReaderMask()
    mask.sent(READ_BASE.frame)
    written = masked(mask, bytes(frame))

    assert not [each for each in secrets_of(RESIDENT) if each in written]
    assert len(written) == len(frame)
    if reduce(xor, frame[5:]):
        assert not AnswerDecoder().feed(written)


def test_a_chip_card_becomes_an_invented_holder() -> None:
    mask = ChipMask()
    holder = replace(HOLDER, birth=date(1987, 6, 5), name="𠮷王小测四五六七八九十十一", nation="03")
    values = {}
    for record in (each for file in files_of(holder).values() for each in file):
        answer = told(mask.came(record.content + b"\x90\x00"))
        assert len(answer) == len(record.content) + 2
        values[record.tag] = answer[2:-2]
    written = b"".join(values.values())

    assert values[Record.CITIZEN_NUMBER.value.tag] != holder.number.encode()
    for secret in (holder.number, holder.card_number, holder.name[:2]):
        assert secret.encode("gb18030") not in written
    assert bytes.fromhex("19870605") not in written


@pytest.mark.parametrize("piece", [b"61059019", "王小".encode("gb18030"), b"\x19\x87\x06\x05"])
def test_what_a_chip_answers_elsewhere_is_hidden_whole(piece: bytes) -> None:
    told_of = told(ChipMask().came(b"\x6f" + piece + b"\x90\x00"))

    assert told_of == bytes(1 + len(piece)) + b"\x90\x00"


def test_of_a_slip_only_the_commands_are_left() -> None:
    mask = SlipMask()
    blocks = slip([picture()], 576, "full")
    pieces = [
        piece
        for block in blocks
        for at in range(0, len(block), 13)
        for piece in mask.sent(block[at : at + 13])
    ]
    written = told(tuple(pieces))

    assert len(written) == sum(map(len, blocks))
    assert sum(piece.hidden for piece in pieces) > 1000
    assert set(written.replace(b"\x1dv0", b"")) <= {0, *written[:12], *written[-12:], *range(128)}
    dots = bytes(byte for byte in b"".join(blocks) if byte > 0x80)
    assert dots
    assert not [byte for byte in written if byte > 0x80]


def test_a_code_becomes_letters_and_comes_again_as_the_same_letters() -> None:
    mask = CodeMask(clock=lambda: 100.0)
    written = told(mask.came(b"610590199001020027\r610590199001020027\r610590199001020019\r")).split(b"\r")

    assert written[0] == written[1] != written[2]
    assert all(len(code) == 18 and code.isalpha() for code in written[:3])
    assert told(CodeMask().came(b"610590199001020027")) != written[0]  # each recording has its own key


def test_two_codes_that_part_at_one_digit_or_capital_never_become_the_same() -> None:
    for first, second in ("12", "90", "AZ", "MN"):
        for _ in range(100):  # each recording has its own key
            codes = f"JZ-2026-00000{first}\rJZ-2026-00000{second}\r".encode()
            one, other, _end = told(CodeMask().came(codes)).split(b"\r")
            assert one[:-1] == other[:-1]
            assert one != other


def test_rubbish_on_a_scanners_line_stays_rubbish() -> None:
    assert told(CodeMask().came(b"\xff\x00\x7f\r")) == b"\xff\x00\x7f\r"
