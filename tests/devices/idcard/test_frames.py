"""The codec finds every good frame, whatever is around it, and invents none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.idcard.commands import (
    FIND,
    READ_APPENDED,
    READ_BASE,
    RESET,
    SAM_ID,
    SELECT,
    STATUS,
    Command,
)
from devices.idcard.frames import Answer, AnswerDecoder, encode_command
from tests.devices.idcard import vectors

ANSWERS = st.builds(
    lambda sw, data: (sw, bytes(data)),
    st.tuples(*[st.integers(0, 255)] * 3),
    st.binary(max_size=120) | st.just(vectors.PREAMBLE) | st.just(vectors.NO_NEW_CARD),
)
NOISE = st.binary(max_size=40) | st.sampled_from(
    [
        b"\xaa" * 5,
        vectors.PREAMBLE[:4],
        b"\xaa\xaa\x96\x69",
        vectors.PREAMBLE + b"\xff\xff",
        vectors.FOUND[:9],
    ]
)


def decode(*chunks: bytes) -> list[Answer]:
    decoder = AnswerDecoder()
    return [answer for chunk in chunks for answer in decoder.feed(chunk)]


def decode_to_the_end(data: bytes) -> list[Answer]:
    decoder = AnswerDecoder()
    answers = decoder.feed(data)
    while more := decoder.give_up_frame():
        answers += more
    return answers


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (RESET, "AAAAAA9669000310FFEC"),
        (STATUS, "AAAAAA9669000311FFED"),
        (SAM_ID, "AAAAAA9669000312FFEE"),
        (FIND, "AAAAAA96690003200122"),
        (SELECT, "AAAAAA96690003200221"),
        (READ_BASE, "AAAAAA96690003300132"),
        (READ_APPENDED, "AAAAAA96690003300330"),
    ],
)
def test_commands_have_the_published_bytes(command: Command, frame: str) -> None:
    assert command.frame.hex().upper() == frame


def test_a_command_with_data_counts_and_checks_it() -> None:
    assert encode_command(0x61, 0xFF, b"\x50").hex().upper() == "AAAAAA9669000461FF50CA"


@pytest.mark.parametrize(
    ("frame", "sw3", "length"),
    [
        (vectors.FOUND, 0x9F, 4),
        (vectors.NO_NEW_CARD, 0x80, 0),
        (vectors.SELECTED, 0x90, 8),
        (vectors.NOT_SELECTED, 0x81, 0),
        (vectors.NOT_READ, 0x41, 0),
        (vectors.NONE_APPENDED, 0x91, 0),
        (vectors.SAM_ID, 0x90, 16),
        (vectors.APPENDED, 0x90, 70),
        (vectors.read_answer(), 0x90, 1284),
    ],
)
def test_published_answers_are_understood(frame: bytes, sw3: int, length: int) -> None:
    (answer,) = decode(frame)

    assert (answer.sw3, len(answer.data)) == (sw3, length)


@pytest.mark.parametrize(
    ("block", "check"), [(vectors.RESIDENT, 0x4F), (vectors.PERMIT, 0x7D)], ids=["resident", "permit"]
)
def test_vectors_of_whole_cards_have_their_published_checksum(block: bytes, check: int) -> None:
    assert len(vectors.read_answer(block)) == 1295
    assert vectors.read_answer(block)[-1] == check


def test_a_frame_may_be_split_at_every_byte() -> None:
    frame = vectors.APPENDED

    for cut in range(1, len(frame)):
        assert len(decode(frame[:cut], frame[cut:])) == 1, cut
    assert len(decode(*(frame[at : at + 1] for at in range(len(frame))))) == 1


def test_two_frames_in_one_piece_are_two_answers() -> None:
    answers = decode(vectors.FOUND + vectors.SELECTED)

    assert [answer.sw3 for answer in answers] == [0x9F, 0x90]


@pytest.mark.parametrize("before", [b"\xaa" * 5, b"\x00\xff\x13", b"\xaa\xaa\x96\x69", b"\xaa\xaa\xaa\x96"])
def test_what_stands_before_the_preamble_is_skipped(before: bytes) -> None:
    assert len(decode(before + vectors.FOUND)) == 1


@pytest.mark.parametrize("length", ["0000", "0003", "1001", "FFFF"])
def test_an_impossible_length_costs_no_frame_behind_it(length: str) -> None:
    broken = vectors.PREAMBLE + bytes.fromhex(length)

    assert len(decode(broken + vectors.NO_NEW_CARD)) == 1


def test_a_wrong_checksum_is_no_answer_and_costs_no_frame_behind_it() -> None:
    decoder = AnswerDecoder()

    assert decoder.feed(vectors.FOUND[:-1] + b"\x00") == []
    assert decoder.broken_frames == 1
    assert len(decoder.feed(vectors.FOUND)) == 1


def test_a_preamble_inside_the_photo_is_photo() -> None:
    photo = (vectors.PREAMBLE + b"\x00\x04").ljust(1024, b"\x00")

    (answer,) = decode(vectors.read_answer(photo=photo))

    assert answer.data[-1024:] == photo


def test_a_good_frame_inside_a_broken_one_is_found() -> None:
    """A half answer that announces 1288 bytes swallows nothing."""
    half = vectors.read_answer()[:100]
    decoder = AnswerDecoder()

    at_once = decoder.feed(half + vectors.NO_NEW_CARD)
    in_the_end = decoder.give_up_frame()

    assert at_once == []
    assert [answer.sw3 for answer in in_the_end] == [0x80]


def test_wiped_and_cleared_data_are_gone() -> None:
    (answer,) = decode(vectors.read_answer())
    decoder = AnswerDecoder()
    decoder.feed(vectors.read_answer()[:600])

    answer.wipe()
    decoder.clear()

    assert set(answer.data) == {0}
    assert decoder._buffer == b""
    assert "张" not in repr(answer)


@given(answers=st.lists(ANSWERS, min_size=1, max_size=4), cuts=st.lists(st.integers(1, 60), max_size=6))
@settings(max_examples=300)
def test_whatever_is_framed_comes_out_again(
    answers: list[tuple[tuple[int, int, int], bytes]], cuts: list[int]
) -> None:
    line = b"".join(vectors.frame(sw3, data, sw1, sw2) for (sw1, sw2, sw3), data in answers)
    chunks = []
    for cut in cuts:
        chunks.append(line[:cut])
        line = line[cut:]

    decoded = decode(*chunks, line)

    assert [((one.sw1, one.sw2, one.sw3), bytes(one.data)) for one in decoded] == answers


@given(noise=NOISE, behind=NOISE)
@settings(max_examples=300)
def test_no_noise_hides_a_good_frame(noise: bytes, behind: bytes) -> None:
    decoded = decode_to_the_end(noise + vectors.SELECTED + behind)

    assert any(one.sw3 == 0x90 and len(one.data) == 8 for one in decoded)


@given(data=st.binary(max_size=400))
@settings(max_examples=500)
def test_any_bytes_are_taken_without_harm(data: bytes) -> None:
    decoder = AnswerDecoder()

    decoder.feed(vectors.PREAMBLE + data)
    while decoder.give_up_frame():
        pass

    assert not decoder.is_inside_frame
    assert len(decoder._buffer) < len(vectors.PREAMBLE)


def test_a_buffer_full_of_preambles_is_given_up() -> None:
    decoder = AnswerDecoder()
    decoder.feed((vectors.PREAMBLE + b"\x10\x00") * 500)

    assert decoder.give_up_frame() == []
    assert not decoder.is_inside_frame
