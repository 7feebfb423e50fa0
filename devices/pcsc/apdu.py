"""Commands to a chip card and what its answers mean (ISO 7816-4); pure bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum

# The environment of social security applications: "sx1.sh.社会保障" in GBK (LD/T 32).
APPLICATION = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
STATUS_BYTES = 2
DONE = 0x9000
MORE_IS_THERE = 0x61  # SW2 more bytes can be fetched
LENGTH_IS = 0x6C  # ask again for SW2 bytes
REFUSALS = frozenset({*range(0x61, 0x70), *range(0x90, 0xA0)})  # 60 asks for patience at a lower level
ANY_LENGTH = 0  # 256 as an expected length


class FileForm(IntEnum):
    """P1 of SELECT: cards are in use that know one of them only."""

    BY_IDENTIFIER = 0x00
    BELOW_CURRENT = 0x02


class RecordForm(IntEnum):
    """P2 of READ RECORD: whether P1 is the number of the record or its tag."""

    BY_NUMBER = 0x04
    BY_TAG = 0x00


class Verdict(Enum):
    """What the two status bytes of an answer come to."""

    DONE = "done"
    FETCH = "fetch"  # 61xx: GET RESPONSE
    REPEAT = "repeat"  # 6Cxx: the same with another length
    REFUSED = "refused"  # any other status that ISO 7816 knows
    SENSELESS = "senseless"  # no card answers this


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the card, its data kept out of every repr."""

    data: bytes = field(repr=False)
    status: int  # SW1 SW2

    @property
    def verdict(self) -> Verdict:
        """What the status asks for."""
        first = self.status >> 8
        if self.status == DONE:
            return Verdict.DONE
        if first == MORE_IS_THERE:
            return Verdict.FETCH
        if first == LENGTH_IS:
            return Verdict.REPEAT
        return Verdict.REFUSED if first in REFUSALS else Verdict.SENSELESS

    @property
    def length(self) -> int:
        """How much there is to be fetched or asked for: SW2 of 61xx and 6Cxx."""
        return self.status & 0xFF


def select_application(name: bytes = APPLICATION) -> bytes:
    """SELECT by name, without an expected length: T=0 offers what there is by 61xx."""
    return bytes((0x00, 0xA4, 0x04, 0x00, len(name))) + name


def select_file(identifier: int, form: FileForm) -> bytes:
    """SELECT of an elementary file below the application."""
    return bytes((0x00, 0xA4, form, 0x00, 2)) + identifier.to_bytes(2, "big")


def read_record(place: int, form: RecordForm, expected: int) -> bytes:
    """READ RECORD by number or by tag; `expected` counts tag, length and value, ANY_LENGTH if unknown."""
    return bytes((0x00, 0xB2, place, form, expected & 0xFF))


def get_response(length: int) -> bytes:
    """GET RESPONSE, for what a 61xx announced."""
    return bytes((0x00, 0xC0, 0x00, 0x00, length & 0xFF))


def with_length(command: bytes, length: int) -> bytes:
    """The same command with the length that a 6Cxx asked for."""
    return command[:4] + bytes((length,))


def parse_answer(raw: bytes) -> Answer | None:
    """Data and status; None for fewer than two bytes, which is how a card that was pulled out looks."""
    if len(raw) < STATUS_BYTES:
        return None
    return Answer(raw[:-STATUS_BYTES], int.from_bytes(raw[-STATUS_BYTES:], "big"))
