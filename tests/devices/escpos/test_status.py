"""The meaning of DLE EOT 1 to 4, every byte of them, and of GS r 1."""

from __future__ import annotations

import pytest

from devices.contract import DeviceCode as Code
from devices.contract import PrinterBlocked, PrinterReady, PrinterUnknown
from devices.escpos.frames import ASK_PROOF, ask
from devices.escpos.status import (
    FIXED_BITS,
    Answers,
    Question,
    assess,
    is_online,
    is_proof,
    is_status,
)

FINE = FIXED_BITS


def test_the_questions_are_those_of_the_manual() -> None:
    assert [ask(question) for question in Question] == [
        b"\x10\x04\x01",
        b"\x10\x04\x02",
        b"\x10\x04\x03",
        b"\x10\x04\x04",
    ]
    assert set(ASK_PROOF.split(b"\x1d")[1:]) == {b"r\x01"}


def test_four_good_answers_are_ready() -> None:
    assert assess(Answers(FINE, FINE, FINE, FINE)) == PrinterReady()


@pytest.mark.parametrize(
    ("place", "bit", "code", "stem"),
    [
        (0, 0x08, Code.RECEIPT_OFFLINE, "offline"),
        (1, 0x04, Code.RECEIPT_COVER_OPEN, "cover-open"),
        (1, 0x08, Code.RECEIPT_OFFLINE, "feed-button"),
        (1, 0x20, Code.RECEIPT_PAPER_OUT, "media-empty"),
        (1, 0x40, Code.RECEIPT_ERROR, "error"),
        (2, 0x04, Code.RECEIPT_ERROR, "mechanism"),
        (2, 0x08, Code.RECEIPT_CUTTER, "cutter"),
        (2, 0x20, Code.RECEIPT_ERROR, "unrecoverable"),
        (2, 0x40, Code.RECEIPT_ERROR, "hot"),
        (3, 0x60, Code.RECEIPT_PAPER_OUT, "media-empty"),
        (3, 0x20, Code.RECEIPT_PAPER_OUT, "media-empty"),
    ],
)
def test_each_bit_has_its_meaning(place: int, bit: int, code: Code, stem: str) -> None:
    told = [FINE] * 4
    told[place] |= bit

    assert assess(Answers(*told)) == PrinterBlocked(code, (stem,))


def test_the_drawer_and_the_second_near_end_bit_stop_nothing() -> None:
    assert assess(Answers(FINE | 0x04, FINE, FINE, FINE | 0x0C)) == PrinterReady(warnings=("media-low",))


def test_a_refill_with_the_cover_open_names_the_cover_first() -> None:
    status = assess(Answers(FINE | 0x08, FINE | 0x24, FINE, FINE | 0x60))

    assert status == PrinterBlocked(Code.RECEIPT_COVER_OPEN, ("cover-open", "media-empty"))


@pytest.mark.parametrize("missing", range(4))
def test_one_missing_answer_of_four_is_unknown(missing: int) -> None:
    told: list[int | None] = [FINE] * 4
    told[missing] = None

    assert assess(Answers(*told)) == PrinterUnknown(
        Code.RECEIPT_SILENT, f"no answer to DLE EOT {missing + 1}"
    )


def test_silence_is_never_adequate() -> None:
    status = assess(Answers(None, None, None, None))

    assert isinstance(status, PrinterUnknown)
    assert status.code is Code.RECEIPT_SILENT


@pytest.mark.parametrize("place", range(4))
def test_wrong_fixed_bits_are_never_believed(place: int) -> None:
    for byte in range(256):
        told = [FINE] * 4
        told[place] = byte
        is_garbled = assess(Answers(*told)) == PrinterUnknown(
            Code.RECEIPT_GARBLED, " ".join(f"{each:02X}" for each in told)
        )
        assert is_garbled == (byte & 0x93 != 0x12)


def test_no_byte_is_both_a_status_and_a_proof() -> None:
    assert not [byte for byte in range(256) if is_status(byte) and is_proof(byte)]
    assert sum(map(is_status, range(256))) == 16
    assert is_proof(0x00)
    assert is_proof(0x0F)
    assert not is_proof(0x90)


def test_only_a_right_answer_says_online() -> None:
    assert is_online(FINE)
    assert is_online(FINE | 0x04)
    assert not [answer for answer in (FINE | 0x08, None, 0x00, 0xFF) if is_online(answer)]
