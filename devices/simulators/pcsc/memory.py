"""What a social security card's memory looks like: its files, record by record (LD/T 32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.simulators.pcsc.card import CardFileError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from devices.simulators.pcsc.card import Card

EF05 = "ef05"
EF06 = "ef06"
NAME_BYTES = 30
MORE_BYTES = 20


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it lies in the chip."""

    tag: int
    value: bytes

    @property
    def content(self) -> bytes:
        """Tag, length, value."""
        return bytes((self.tag, len(self.value))) + self.value


def files_of(card: Card) -> Mapping[str, list[Record]]:
    """The two open files, their records in order of number; CardFileError if something does not fit."""
    name, more = _split(card.name.encode("gb18030"))
    issuer = [
        Record(0x01, bytes.fromhex(f"{card.region}00D15600000500000000FFFFFF")),
        Record(0x02, b"3"),
        Record(0x03, _text(card.version, 4)),
        Record(0x04, bytes.fromhex(f"{card.region}FFFFFFFFFFFFFFFFFF")),
        Record(0x05, _day(card.issued)),
        Record(0x06, _day(card.expires)),
        Record(0x07, _text(card.card_number, 9)),
    ]
    holder = [
        Record(0x08, _text(card.number, 18)),
        Record(0x09, name.ljust(NAME_BYTES, b"\x00")),
        Record(0x4E, more.ljust(MORE_BYTES, b"\x00")),
        Record(0x0A, _text(card.sex, 1)),
        Record(0x0B, bytes.fromhex(card.nation)),
        Record(0x0C, bytes.fromhex(card.region)),
        Record(0x0D, _day(card.birth)),
    ]
    return {EF05: issuer, EF06: holder}


def _split(name: bytes) -> tuple[bytes, bytes]:
    if len(name) > NAME_BYTES + MORE_BYTES:
        raise CardFileError(f"a name of {len(name)} bytes does not fit on the card")
    return name[:NAME_BYTES], name[NAME_BYTES:]


def _text(text: str, length: int) -> bytes:
    if len(text) > length:
        raise CardFileError(f"a field of {length} characters cannot hold {len(text)}")
    return text.encode("ascii").ljust(length, b"\x00")


def _day(day: date | None) -> bytes:
    return bytes.fromhex(f"{day:%Y%m%d}") if day else b"\xff" * 4
