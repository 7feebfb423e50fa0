"""SW3, the reader's own status byte: the only one of the three that decides (SW1 SW2 are the card's)."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from devices.contract import DeviceCode

if TYPE_CHECKING:
    from collections.abc import Mapping


class Status(IntEnum):
    """Every SW3 known for SAM_V readers."""

    CHECKSUM_WRONG = 0x10  # of the command, as the reader saw it
    LENGTH_WRONG = 0x11
    COMMAND_WRONG = 0x21
    NOT_PERMITTED = 0x23
    UNRECOGNISED = 0x24
    READER_NOT_ACCEPTED = 0x31  # the card did not authenticate the reader
    CARD_NOT_ACCEPTED = 0x32  # the reader did not authenticate the card
    CONTENT_NOT_ACCEPTED = 0x33  # MAC or signature of the content is wrong
    FIND_FIRST = 0x34
    CARD_TYPE_WRONG = 0x40
    READ_FAILED = 0x41
    NO_RANDOM_NUMBER = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_LICENSED = 0x66
    NO_NEW_CARD = 0x80  # none, or the one that was read still lies there
    SELECT_FAILED = 0x81
    SUCCESS = 0x90
    NO_SUCH_ITEM = 0x91
    CARD_FOUND = 0x9F


REJECTIONS: Mapping[Status, DeviceCode] = {
    Status.READER_NOT_ACCEPTED: DeviceCode.CARD_UNREADABLE,
    Status.CARD_NOT_ACCEPTED: DeviceCode.CARD_NOT_GENUINE,
    Status.CONTENT_NOT_ACCEPTED: DeviceCode.CARD_NOT_GENUINE,
    Status.CARD_TYPE_WRONG: DeviceCode.CARD_NOT_ID,
    Status.READ_FAILED: DeviceCode.CARD_UNREADABLE,
    Status.NO_RANDOM_NUMBER: DeviceCode.CARD_UNREADABLE,
}
REFUSALS: Mapping[Status, DeviceCode] = {
    Status.SELF_TEST_FAILED: DeviceCode.READER_SELF_TEST,
    Status.NOT_LICENSED: DeviceCode.READER_UNLICENSED,
}
RESEND_ONCE = frozenset({Status.CHECKSUM_WRONG, Status.LENGTH_WRONG})
START_OVER = frozenset({Status.FIND_FIRST, Status.UNRECOGNISED})


def status_of(sw3: int) -> Status:
    """The status a byte stands for; a byte in no table is UNRECOGNISED, as the reader's own 24 is."""
    try:
        return Status(sw3)
    except ValueError:
        return Status.UNRECOGNISED
