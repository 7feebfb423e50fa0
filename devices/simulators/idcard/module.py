"""The security module of a reader and the card above it: commands in, answers out, no line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.simulators.idcard.blocks import FINGERPRINTS, PHOTO, appended_block, text_block
from devices.simulators.idcard.faults import FaultName
from devices.simulators.idcard.wire import Order, answer_frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.simulators.idcard.card import Card

SAM_ID = bytes.fromhex("05000100F5FD340187D61200146A0ACE")
BAUD_ORDERS = {"6000": 115200, "6001": 57600, "6002": 38400, "6003": 19200, "6004": 9600}
SLEEP, WAKE = "00", "01"
STATUS_OF_FAULT = {
    FaultName.CARD_UNREADABLE: 0x41,
    FaultName.NOT_ID: 0x40,
    FaultName.NOT_GENUINE: 0x32,
    FaultName.SELF_TEST_FAILED: 0x60,
    FaultName.UNLICENSED: 0x66,
}


class SamModule:
    """Answers every command of the protocol. `after_read` is what find says of a card that was read."""

    def __init__(self, baud: int, after_read: int = 0x80) -> None:
        self.baud = baud
        self.card: Card | None = None
        self._after_read = after_read
        self._is_found = False
        self._is_selected = False
        self._was_read = False
        self._is_asleep = False
        self._answers: dict[str, Callable[[], bytes]] = {
            "10ff": self._reset,
            "11ff": lambda: answer_frame(0x90),
            "12ff": lambda: answer_frame(0x90, SAM_ID),
            "2001": self._find,
            "2002": self._select,
            "3001": self._read,
            "3003": self._read_appended,
            "3005": self._read_chip_number,
            "3010": self._read_with_fingerprints,
            "61ff": lambda: answer_frame(0x90),
        }

    def lay(self, card: Card | None) -> None:
        """Put a card down, or take it away."""
        self.card = card
        self._is_found = self._is_selected = self._was_read = False

    def answer(self, order: Order, fault: FaultName | None) -> bytes | None:
        """The frame to send, None where a module says nothing (asleep)."""
        if order.code in {SLEEP, WAKE}:
            self._is_asleep = order.code == SLEEP
        if self._is_asleep or order.code == WAKE:
            return None
        if not order.is_intact:
            return answer_frame(0x10)
        if fault in STATUS_OF_FAULT:
            return answer_frame(STATUS_OF_FAULT[fault])
        if fault is FaultName.LIFTED_WHILE_READING:
            self.lay(None)
        if fault is FaultName.DAMAGED_TEXT:
            return answer_frame(0x90, _lengths(256, 1024) + bytes(range(256)) + PHOTO)
        if fault is FaultName.FIND_STUCK:
            self._is_found = self.card is not None
            return answer_frame(0x80)
        if order.code in BAUD_ORDERS:
            self.baud = BAUD_ORDERS[order.code]
            return answer_frame(0x90)
        return self._answers.get(order.code, lambda: answer_frame(0x21))()

    def _reset(self) -> bytes:
        self.lay(self.card)
        return answer_frame(0x90)

    def _find(self) -> bytes:
        self._is_found = self._is_selected = False
        if self.card is None or (self._was_read and self._after_read == 0x80):  # noqa: PLR2004 - SW3 80
            return answer_frame(0x80)
        self._is_found = True
        return answer_frame(0x9F, bytes(4))

    def _select(self) -> bytes:
        if self.card is None or not self._is_found:
            return answer_frame(0x81)
        self._is_selected = True
        return answer_frame(0x90, bytes(8))

    def _read(self) -> bytes:
        if self.card is None or not self._is_selected:
            return answer_frame(0x41)
        self._was_read = True
        return answer_frame(0x90, _lengths(256, 1024) + text_block(self.card) + PHOTO)

    def _read_with_fingerprints(self) -> bytes:
        if self.card is None or not self._is_selected:
            return answer_frame(0x41)
        self._was_read = True
        memory = text_block(self.card) + PHOTO + FINGERPRINTS
        return answer_frame(0x90, _lengths(256, 1024, 1024) + memory)

    def _read_appended(self) -> bytes:
        if self.card is None or not self._is_selected:
            return answer_frame(0x41)
        block = appended_block(self.card)
        return answer_frame(0x91) if block is None else answer_frame(0x90, block)

    def _read_chip_number(self) -> bytes:
        if self.card is None or not self._is_selected:
            return answer_frame(0x41)
        return answer_frame(0x90, bytes(28))


def _lengths(*counts: int) -> bytes:
    return b"".join(count.to_bytes(2, "big") for count in counts)
