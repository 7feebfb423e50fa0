"""SW3 alone decides, and late answers to other commands are recognised."""

from __future__ import annotations

import pytest

from devices.contract import DeviceCode
from devices.idcard.commands import FIND, READ_APPENDED, READ_BASE, SAM_ID, SELECT, STATUS, Command
from devices.idcard.frames import Answer, AnswerDecoder
from devices.idcard.sam import sam_text
from devices.idcard.status import REFUSALS, REJECTIONS, Status, status_of
from tests.devices.idcard import vectors

COMMANDS = {
    "status": STATUS,
    "sam_id": SAM_ID,
    "find": FIND,
    "select": SELECT,
    "read": READ_BASE,
    "appended": READ_APPENDED,
}
ANSWERS = {
    "status": [vectors.WELL],
    "sam_id": [vectors.SAM_ID],
    "find": [vectors.FOUND, vectors.NO_NEW_CARD],
    "select": [vectors.SELECTED, vectors.NOT_SELECTED],
    "read": [
        vectors.read_answer(),
        vectors.read_answer(photo=b""),
        vectors.read_answer(vectors.RESIDENT[:200]),
    ],
    "appended": [vectors.APPENDED, vectors.NONE_APPENDED],
}


def only(frame: bytes) -> Answer:
    (answer,) = AnswerDecoder().feed(frame)
    return answer


@pytest.mark.parametrize("asked", COMMANDS)
@pytest.mark.parametrize("answered", COMMANDS)
def test_an_answer_belongs_to_its_own_command_only(asked: str, answered: str) -> None:
    command: Command = COMMANDS[asked]

    for frame in ANSWERS[answered]:
        assert command.is_answered_by(only(frame)) is (asked == answered)


@pytest.mark.parametrize("asked", COMMANDS)
@pytest.mark.parametrize(
    "sw3", [0x10, 0x11, 0x21, 0x23, 0x24, 0x31, 0x32, 0x33, 0x34, 0x40, 0x41, 0x47, 0x60, 0x66]
)
def test_an_error_is_taken_from_any_command_whatever_the_card_said(asked: str, sw3: int) -> None:
    """SW1 SW2 are the card's words and may be anything."""
    answer = only(vectors.frame(sw3, sw1=0x69, sw2=0x85))

    assert COMMANDS[asked].is_answered_by(answer)
    assert status_of(answer.sw3) == sw3


def test_a_sound_frame_of_another_kind_of_device_answers_nothing() -> None:
    foreign = only(vectors.frame(0x05, b"\x05\x05"))

    assert not any(command.is_answered_by(foreign) for command in COMMANDS.values())


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Status.READER_NOT_ACCEPTED, DeviceCode.CARD_UNREADABLE),
        (Status.READ_FAILED, DeviceCode.CARD_UNREADABLE),
        (Status.NO_RANDOM_NUMBER, DeviceCode.CARD_UNREADABLE),
        (Status.CARD_NOT_ACCEPTED, DeviceCode.CARD_NOT_GENUINE),
        (Status.CONTENT_NOT_ACCEPTED, DeviceCode.CARD_NOT_GENUINE),
        (Status.CARD_TYPE_WRONG, DeviceCode.CARD_NOT_ID),
    ],
)
def test_a_card_that_gives_nothing_has_a_code(status: Status, code: DeviceCode) -> None:
    assert REJECTIONS[status] is code


def test_a_reader_that_cannot_work_has_a_code() -> None:
    assert REFUSALS == {
        Status.SELF_TEST_FAILED: DeviceCode.READER_SELF_TEST,
        Status.NOT_LICENSED: DeviceCode.READER_UNLICENSED,
    }


def test_every_byte_is_some_status() -> None:
    assert {status_of(sw3) for sw3 in range(256)} == set(Status)


def test_the_sam_id_is_printed_as_on_the_label() -> None:
    assert sam_text(only(vectors.SAM_ID).data) == "05.01-20250101-0001234567-3456789012"
