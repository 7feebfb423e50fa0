"""Rows of the I/O board, the UPS and the code scanner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.contract import (
    BoardReading,
    CodeRejected,
    CodeScanned,
    DeviceCode,
    DeviceFault,
    NoCode,
    UpsReading,
)
from devices.simulators.mishaps import Mishap
from tests.devices.matrix.rows import Cells, Said, always

if TYPE_CHECKING:
    from collections.abc import Mapping

_READING = Said(BoardReading)
_BOARD_GONE = Said(DeviceFault, DeviceCode.BOARD_NOT_FOUND)
_BOARD_SILENT = Said(DeviceFault, DeviceCode.BOARD_SILENT)
_BOARD_GARBLED = Said(DeviceFault, DeviceCode.BOARD_GARBLED)

BOARD: Mapping[str, Cells] = {
    Mishap.SILENT: always(_BOARD_SILENT),
    Mishap.SLOW: always(_BOARD_SILENT),  # than a board may be
    Mishap.HALF_ANSWER: always(_BOARD_SILENT),
    Mishap.GARBAGE: always(_READING),
    Mishap.WRONG_CHECKSUM: always(_BOARD_GARBLED),
    Mishap.LATE_ANSWER: always(_READING),  # the numbers of questions and answers tell them apart
    Mishap.DISCONNECT: always(_BOARD_GONE),
    Mishap.NEW_NODE: always(_BOARD_GONE, is_new_node=True),
}

_POWER = Said(UpsReading)
_NO_UPS = Said(DeviceFault, DeviceCode.UPS_UNREACHABLE)
_NOT_UPSD = Said(DeviceFault, DeviceCode.UPS_PROTOCOL)

UPS: Mapping[str, Cells] = {
    Mishap.SILENT: always(_NO_UPS),
    Mishap.SLOW: always(_POWER),
    Mishap.HALF_ANSWER: always(_NO_UPS),
    Mishap.GARBAGE: always(_NOT_UPSD),
    Mishap.WRONG_CHECKSUM: always(_NOT_UPSD),
    Mishap.LATE_ANSWER: always(_POWER),  # the protocol has no numbers, and a reading of before is a reading
    Mishap.DISCONNECT: always(_NO_UPS),
    # A connection that was open before is opened once more at once; a new one is not.
    Mishap.NEW_NODE: Cells((_NO_UPS,), (_POWER,), (_POWER,)),
}

_CODE = Said(CodeScanned)
_NO_TEXT = Said(CodeRejected, DeviceCode.CODE_NO_TEXT)
_SCANNER_GONE = Said(DeviceFault, DeviceCode.SCANNER_GONE)

SCANNER: Mapping[str, Cells] = {
    Mishap.SILENT: always(Said(NoCode)),
    Mishap.SLOW: always(_CODE),
    Mishap.HALF_ANSWER: always(Said(NoCode)),
    Mishap.GARBAGE: always(_NO_TEXT),
    Mishap.WRONG_CHECKSUM: always(_NO_TEXT),
    Mishap.LATE_ANSWER: Cells(
        (_CODE,), (), (_CODE,), no_sense="a code inside another code: codes have no sign to tell them apart"
    ),
    Mishap.DISCONNECT: always(_SCANNER_GONE),
    Mishap.NEW_NODE: always(_SCANNER_GONE, is_new_node=True),
}
