"""The chip of a card: commands in, answers out, no line. Byte order and manners as real cards have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.simulators.pcsc.faults import FaultName
from devices.simulators.pcsc.memory import Record, files_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from devices.simulators.pcsc.card import Card

SOCIAL = "sx1.sh.社会保障".encode("gbk")
BANK = b"1PAY.SYS.DDF01"
FCI = bytes.fromhex("6F188416") + SOCIAL + bytes.fromhex("A5038801019F08")
BY_NAME = 0x04  # P1 of SELECT
DONE = b"\x90\x00"
NOT_FOUND = b"\x6a\x82"
NO_SUCH_RECORD = b"\x6a\x83"
WRONG_PLACE = b"\x6a\x86"
NO_SUCH_COMMAND = b"\x6d\x00"
ANSWERS_TO_RESET: Mapping[str, bytes] = {
    "social_security": bytes.fromhex("3B6D00000081544C008684610525000001"),
    "bank": bytes.fromhex("3B6D000080318065B08931C7D183009000"),
    "id_card": bytes.fromhex("3B888001D103860C0080800051"),  # what readers make of an ID card, T=1
    "mute": b"\x3b",  # broken off
}


class Chip:
    """One card under power; a reset lets it forget what was selected."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self._files = files_of(card) if card.kind == "social_security" else {}
        self.answer_to_reset = ANSWERS_TO_RESET[card.kind]
        self.reset()

    def reset(self) -> None:
        """Forget what was selected."""
        self._is_selected = False
        self._file: list[Record] = []
        self._waiting = b""

    def answer(self, command: bytes, fault: FaultName | None = None) -> bytes:
        """The answer to one command, distorted by a fault of the content."""
        if len(command) < 5:  # noqa: PLR2004 - CLA INS P1 P2 and one more
            return b"\x67\x00"
        match command[1]:
            case 0xA4 if command[2] == BY_NAME:
                return self._select_application(command[5 : 5 + command[4]])
            case 0xA4:
                return self._select_file(command[2], command[5:7].hex())
            case 0xB2:
                return self._read(command, fault)
            case 0xC0:
                waiting, self._waiting = self._waiting[: command[4] or 256], b""
                return waiting + DONE if waiting else b"\x69\x85"
            case _:
                return NO_SUCH_COMMAND

    def _select_application(self, name: bytes) -> bytes:
        self.reset()
        self._is_selected = bool(self._files) and name == SOCIAL
        if self._is_selected:
            self._waiting = FCI
            return bytes((0x61, len(FCI)))
        return DONE if self._card.kind == "bank" and name == BANK else NOT_FOUND

    def _select_file(self, form: int, identifier: str) -> bytes:
        if self._card.selects_by not in {"both", f"{form:02x}"}:
            return WRONG_PLACE
        if not self._is_selected or identifier not in self._files:
            return NOT_FOUND
        self._file = self._files[identifier]
        return DONE

    def _read(self, command: bytes, fault: FaultName | None) -> bytes:
        form = {0x04: "number", 0x00: "tag"}.get(command[3])
        if form is None or self._card.reads_by not in {"both", form}:
            return WRONG_PLACE
        place = self._place(command[2], form)
        if place is None:
            return NO_SUCH_RECORD
        content = distorted(self._file, place, fault)
        if self._card.corrects_length and command[4] != len(content):
            return bytes((0x6C, len(content)))
        if self._card.announces:
            self._waiting = content
            return bytes((0x61, len(content)))
        return content + DONE

    def _place(self, named: int, form: str) -> int | None:
        if form == "number":
            return named - 1 if 0 < named <= len(self._file) else None
        tags = [record.tag for record in self._file]
        return tags.index(named) if named in tags else None


def distorted(file: list[Record], place: int, fault: FaultName | None) -> bytes:
    """The record at this place, or what a fault makes of it."""
    record = file[place]
    match fault:
        case FaultName.WRONG_RECORD:
            return file[(place + 1) % len(file)].content
        case FaultName.WRONG_TAG:
            return Record(record.tag ^ 0x80, record.value).content
        case FaultName.DAMAGED_TEXT:
            return Record(record.tag, b"\xff\x01" * (len(record.value) // 2) or b"\xff").content
        case _:
            return record.content
