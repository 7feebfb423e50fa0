"""The steps of one card: find, select, read text, read appended address. Always in this order."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from devices.contract import CardKind, DeviceCode, Identity
from devices.errors import GarbledError
from devices.idcard.commands import FIND, LENGTHS_BYTES, READ_APPENDED, READ_BASE, SELECT
from devices.idcard.status import REJECTIONS, START_OVER, Status, status_of
from devices.idcard.textblock import decode_appended_address, decode_identity

if TYPE_CHECKING:
    from devices.idcard.conversation import Conversation
    from devices.idcard.frames import Answer

# A card caught while it still moves is found but cannot be selected yet.
SETTLE_S = 0.05
WITH_APPENDED_ADDRESS = frozenset({CardKind.RESIDENT, CardKind.PERMIT_HMT})
NOT_OFFERED = frozenset({Status.NO_SUCH_ITEM, Status.COMMAND_WRONG, Status.NOT_PERMITTED})


def find_card(talk: Conversation, limit: float) -> Status:
    """CARD_FOUND, NO_NEW_CARD or why neither can be said."""
    return status_of(talk.ask(FIND, limit).sw3)


def select_card(talk: Conversation, limit: float) -> Status:
    """SUCCESS, or why the card just found cannot be selected; a moving card gets a second chance."""
    status = status_of(talk.ask(SELECT, limit).sw3)
    if status is Status.SELECT_FAILED and time.monotonic() + SETTLE_S < limit:
        time.sleep(SETTLE_S)
        status = status_of(talk.ask(SELECT, limit).sw3)
    return status


def read_card(talk: Conversation, limit: float) -> Identity | DeviceCode:
    """All that the selected card says, or why it gives no identity."""
    identity = read_identity(talk, limit)
    if identity is DeviceCode.CARD_UNREADABLE and find_card(talk, limit) is Status.NO_NEW_CARD:
        return DeviceCode.CARD_TAKEN_AWAY
    if isinstance(identity, DeviceCode) or identity.kind not in WITH_APPENDED_ADDRESS:
        return identity
    appended = _read_appended_address(talk, limit)
    if appended is None:
        return DeviceCode.CARD_TAKEN_AWAY
    return replace(identity, appended_address=appended)


def read_identity(talk: Conversation, limit: float) -> Identity | DeviceCode:
    """What the text block of the selected card says, without appended address; the photo is dropped."""
    answer = talk.ask(READ_BASE, limit)
    if status_of(answer.sw3) in START_OVER:
        find_card(talk, limit)
        select_card(talk, limit)
        answer = talk.ask(READ_BASE, limit)
    status = status_of(answer.sw3)
    if status is Status.SUCCESS:
        return _identity_in(answer) or DeviceCode.CARD_DAMAGED_TEXT
    return rejection(status)


def rejection(status: Status) -> DeviceCode:
    """Why the card gives no identity; GarbledError where the status does not speak of the card."""
    code = REJECTIONS.get(status)
    if code is None:
        raise GarbledError(DeviceCode.READER_GARBLED, f"unexpected SW3 {status:02X}")
    return code


def _identity_in(answer: Answer) -> Identity | None:
    text_length = int.from_bytes(answer.data[:2], "big")
    text = bytes(answer.data[LENGTHS_BYTES : LENGTHS_BYTES + text_length])
    answer.wipe()
    return decode_identity(text)


def _read_appended_address(talk: Conversation, limit: float) -> str | None:
    """Empty where the card holds none or the reader offers none; None where the card no longer answers."""
    answer = talk.ask(READ_APPENDED, limit)
    status = status_of(answer.sw3)
    if status is Status.SUCCESS:
        appended = decode_appended_address(bytes(answer.data))
        answer.wipe()
        return appended
    return "" if status in NOT_OFFERED else None
