"""The faults that every simulator must offer (architecture, section 6), and what each one calls them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from devices.simulators.escpos.printer import MachineFault
from devices.simulators.idcard.faults import FaultName as Idcard
from devices.simulators.mishaps import Mishap
from devices.simulators.page.faults import FaultName as Page
from devices.simulators.pcsc.faults import FaultName as Chip

if TYPE_CHECKING:
    from collections.abc import Mapping


class Demanded(StrEnum):
    """In the words of section 6."""

    SILENT = "silent"
    SLOW = "slow"
    HALF_ANSWER = "half answer"
    GARBAGE = "garbage before the frame"
    WRONG_CHECKSUM = "wrong checksum"
    LATE_ANSWER = "late answer to the previous command"
    DISCONNECT = "disconnect in mid-job"
    NEW_DEVICE = "comes back as a new device"
    PAPER_OUT = "paper out in mid-job"
    PRINTS_NOTHING = "says ready but prints nothing"


class NotPossible(NamedTuple):
    """Why a device of this kind cannot have it."""

    reason: str


_NO_PAPER = NotPossible("it prints nothing")
_PAPERLESS = {Demanded.PAPER_OUT: _NO_PAPER, Demanded.PRINTS_NOTHING: _NO_PAPER}
_LINE: Mapping[Demanded, str | NotPossible] = {
    Demanded.SILENT: Mishap.SILENT,
    Demanded.SLOW: Mishap.SLOW,
    Demanded.HALF_ANSWER: Mishap.HALF_ANSWER,
    Demanded.GARBAGE: Mishap.GARBAGE,
    Demanded.WRONG_CHECKSUM: Mishap.WRONG_CHECKSUM,
    Demanded.LATE_ANSWER: Mishap.LATE_ANSWER,
    Demanded.DISCONNECT: Mishap.DISCONNECT,
    Demanded.NEW_DEVICE: Mishap.NEW_NODE,
}

OFFERED_AS: Mapping[str, Mapping[Demanded, str | NotPossible]] = {
    "idcard": {
        Demanded.SILENT: Idcard.SILENT,
        Demanded.SLOW: Idcard.SLOW,
        Demanded.HALF_ANSWER: Idcard.HALF_ANSWER,
        Demanded.GARBAGE: Idcard.GARBAGE_BEFORE,
        Demanded.WRONG_CHECKSUM: Idcard.WRONG_CHECKSUM,
        Demanded.LATE_ANSWER: Idcard.LATE_ANSWER,
        Demanded.DISCONNECT: Idcard.DISCONNECT,
        Demanded.NEW_DEVICE: Idcard.COMES_BACK_NEW,
        **_PAPERLESS,
    },
    "board": {**_LINE, **_PAPERLESS},
    "scanner": {**_LINE, **_PAPERLESS},
    "ups": {**_LINE, **_PAPERLESS},
    "escpos": {
        **_LINE,
        Demanded.PAPER_OUT: MachineFault.PAPER_OUT,
        Demanded.PRINTS_NOTHING: MachineFault.PRINTS_NOTHING,
    },
    "page": {
        Demanded.SILENT: Page.SILENT,
        Demanded.SLOW: Page.SLOW,
        Demanded.HALF_ANSWER: Page.HALF_ANSWER,
        Demanded.GARBAGE: Page.GARBAGE,
        Demanded.WRONG_CHECKSUM: NotPossible("neither HTTP nor IPP has one; a wrong byte is garbage"),
        Demanded.LATE_ANSWER: Page.LATE_ANSWER,
        Demanded.DISCONNECT: Page.DISCONNECT_WHILE_SENDING,
        Demanded.NEW_DEVICE: NotPossible("a network address has no device node; the port closes and opens"),
        Demanded.PAPER_OUT: Page.PAPER_OUT,
        Demanded.PRINTS_NOTHING: Page.SAYS_COMPLETED,
    },
    "pcsc": {
        Demanded.SILENT: Chip.SILENT,
        Demanded.SLOW: Chip.SLOW,
        Demanded.HALF_ANSWER: Chip.HALF_ANSWER,
        Demanded.GARBAGE: Chip.GARBAGE,
        Demanded.WRONG_CHECKSUM: NotPossible("the reader checks it and hands over no such answer"),
        Demanded.LATE_ANSWER: Chip.LATE_ANSWER,
        Demanded.DISCONNECT: Chip.TAKEN_AWAY,
        Demanded.NEW_DEVICE: NotPossible("the service keeps the readers; tests/devices/pcsc restarts it"),
        **_PAPERLESS,
    },
}
