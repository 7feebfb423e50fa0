"""Rows of the two card readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.contract import CardRead, CardRejected, DeviceCode, DeviceFault, NoNewCard
from devices.simulators.idcard.faults import FaultName as Idcard
from devices.simulators.pcsc.faults import FaultName as Chip
from tests.devices.matrix.rows import Cells, Said, always

if TYPE_CHECKING:
    from collections.abc import Mapping

_READ = Said(CardRead)
_SILENT = Said(DeviceFault, DeviceCode.READER_SILENT)
_GARBLED = Said(DeviceFault, DeviceCode.READER_GARBLED)
_GONE = Said(DeviceFault, DeviceCode.READER_NOT_FOUND)

IDCARD: Mapping[str, Cells] = {
    Idcard.SILENT: always(_SILENT),
    Idcard.SLOW: always(_READ),
    Idcard.HALF_ANSWER: always(_GARBLED),
    Idcard.GARBAGE_BEFORE: always(_READ),
    Idcard.WRONG_CHECKSUM: always(_GARBLED),
    Idcard.LATE_ANSWER: always(_SILENT),
    Idcard.FOREIGN_FRAME: always(_GARBLED),
    Idcard.DISCONNECT: always(_GONE),
    Idcard.COMES_BACK_NEW: always(_GONE, is_new_node=True),
    Idcard.CARD_UNREADABLE: always(Said(CardRejected, DeviceCode.CARD_UNREADABLE)),
    Idcard.NOT_ID: always(Said(CardRejected, DeviceCode.CARD_NOT_ID)),
    Idcard.NOT_GENUINE: always(Said(CardRejected, DeviceCode.CARD_NOT_GENUINE)),
    Idcard.DAMAGED_TEXT: always(Said(CardRejected, DeviceCode.CARD_DAMAGED_TEXT)),
    Idcard.LIFTED_WHILE_READING: always(Said(CardRejected, DeviceCode.CARD_TAKEN_AWAY)),
    Idcard.FIND_STUCK: Cells(
        (Said(NoNewCard),), (), (Said(NoNewCard),), no_sense="a card that was found is not looked for again"
    ),
    Idcard.SELF_TEST_FAILED: always(Said(DeviceFault, DeviceCode.READER_SELF_TEST)),
    Idcard.UNLICENSED: always(Said(DeviceFault, DeviceCode.READER_UNLICENSED)),
}

_MUTE = Said(DeviceFault, DeviceCode.SOCIAL_READER_SILENT)
_UNREADABLE = Said(CardRejected, DeviceCode.SOCIAL_CARD_UNREADABLE)
_DAMAGED = Said(CardRejected, DeviceCode.SOCIAL_CARD_DAMAGED_TEXT)
_TAKEN_AWAY = Said(CardRejected, DeviceCode.SOCIAL_CARD_TAKEN_AWAY)
_OTHER_CARD = Said(CardRejected, DeviceCode.SOCIAL_NOT_THIS_CARD)

PCSC: Mapping[str, Cells] = {
    Chip.SILENT: always(_MUTE),
    Chip.SLOW: always(_READ),
    Chip.LATE_ANSWER: always(_MUTE),
    # Half of a bare status is one byte, which is how a card that was pulled out looks.
    Chip.HALF_ANSWER: Cells((_TAKEN_AWAY,), (_UNREADABLE,), (_TAKEN_AWAY,)),
    Chip.ONE_BYTE: always(_TAKEN_AWAY),
    Chip.GARBAGE: always(_UNREADABLE),
    # Whatever refuses the application is no social security card.
    Chip.REFUSED: Cells((_OTHER_CARD,), (_UNREADABLE,), (_OTHER_CARD,)),
    Chip.WRONG_RECORD: always(_DAMAGED),
    Chip.WRONG_TAG: always(_DAMAGED),
    Chip.DAMAGED_TEXT: always(_DAMAGED),
    Chip.ENDLESS_61: always(_UNREADABLE),
    Chip.ENDLESS_6C: Cells((_OTHER_CARD,), (_UNREADABLE,), (_OTHER_CARD,)),
    Chip.TAKEN_AWAY: always(_TAKEN_AWAY),
}
