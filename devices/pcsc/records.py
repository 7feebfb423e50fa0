"""The records of a social security card (LD/T 32, files EF05 and EF06): what each holds, pure bytes.

A record is tag, length and value, one byte each for the first two. Digits (BCD) are padded with F, texts
with zero bytes; names are GBK, read as GB18030, which holds all of GBK and the rare characters beyond it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from devices.citizen_number import doubts_about, is_shaped, parse_date
from devices.contract import CardKind, Identity
from devices.person_codes import nation_name, sex_code

if TYPE_CHECKING:
    from collections.abc import Mapping

ISSUER_FILE = 0xEF05
HOLDER_FILE = 0xEF06
HEAD_BYTES = 2  # tag and length
LONGEST_CHARACTER = 4  # bytes, GB18030
PADDING = b"\x00\x20"  # neither is ever the second byte of a character
WIDE_BLANK = "\u3000"
LARGEST_CARD_NUMBER = 20
UNWRITABLE = frozenset({"Cc", "Cn", "Cs"})  # controls, no character, half a character
# Characters that had only private places when the codec's edition (2000) was made, with those of 2022.
PLACED_LATER = {
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
}


class Place(NamedTuple):
    """Where a field lies and how long its value is."""

    file: int
    number: int
    tag: int
    length: int


class Record(Enum):
    """The records that are read; no other is ever asked for."""

    VALID_FROM = Place(ISSUER_FILE, 5, 0x05, 4)
    VALID_UNTIL = Place(ISSUER_FILE, 6, 0x06, 4)
    CARD_NUMBER = Place(ISSUER_FILE, 7, 0x07, 9)
    CITIZEN_NUMBER = Place(HOLDER_FILE, 1, 0x08, 18)
    NAME = Place(HOLDER_FILE, 2, 0x09, 30)
    NAME_MORE = Place(HOLDER_FILE, 3, 0x4E, 20)
    SEX = Place(HOLDER_FILE, 4, 0x0A, 1)
    NATION = Place(HOLDER_FILE, 5, 0x0B, 1)
    BIRTH = Place(HOLDER_FILE, 7, 0x0D, 4)


# Without these there is no identity; the others some cards lack.
NEEDED = frozenset({Record.CARD_NUMBER, Record.CITIZEN_NUMBER, Record.NAME})


@dataclass(frozen=True, slots=True)
class Values:
    """What the records hold, as bytes; kept out of every repr."""

    found: Mapping[Record, bytes] = field(repr=False)

    def text(self, record: Record) -> str:
        """A text of ASCII characters; what is none of them becomes U+FFFD."""
        return self.found.get(record, b"").rstrip(PADDING).decode("ascii", errors="replace").strip()

    def digits(self, record: Record) -> str:
        """A number in BCD without its padding; a half byte that is no digit stays as its letter."""
        return self.found.get(record, b"").hex().rstrip("f")


def value_in(data: bytes, tag: int) -> bytes | None:
    """The value of the record with this tag; None where `data` is another record or not a whole one."""
    if len(data) < HEAD_BYTES or data[0] != tag:
        return None
    length = data[1]
    value = data[HEAD_BYTES : HEAD_BYTES + length]
    return value if len(value) == length else None


def may_continue(first: bytes) -> bool:
    """True if a name fills its first record so far that no further character may have fitted in."""
    return len(first.rstrip(PADDING)) > Record.NAME.value.length - LONGEST_CHARACTER


def name_in(first: bytes, more: bytes) -> str | None:
    """A name kept in one record or in two; None where its bytes are no text.

    A character may begin in the first record and end in the second.
    """
    is_full = not first.endswith((b"\x00", b" "))
    whole = first + more if is_full else first.rstrip(PADDING) + more.lstrip(PADDING)
    try:
        name = whole.rstrip(PADDING).decode("gb18030").translate(PLACED_LATER).strip(WIDE_BLANK + " ")
    except UnicodeDecodeError:
        return None
    is_clean = not any(category(sign) in UNWRITABLE for sign in name)
    return name if name and is_clean else None


def identity_of(values: Values) -> Identity | None:
    """What the card says of its holder; None where name or number make no sense."""
    kind = CardKind.SOCIAL_SECURITY
    number = values.text(Record.CITIZEN_NUMBER).upper()
    card_number = values.text(Record.CARD_NUMBER).upper()
    name = name_in(values.found.get(Record.NAME, b""), values.found.get(Record.NAME_MORE, b""))
    if name is None or not is_shaped(kind, number) or not _is_card_number(card_number):
        return None
    sex = sex_code(values.text(Record.SEX))
    birth = parse_date(values.digits(Record.BIRTH))
    return Identity(
        kind=kind,
        name=name,
        number=number,
        sex=sex,
        birth=birth,
        nation=nation_name(values.digits(Record.NATION)),
        valid_from=parse_date(values.digits(Record.VALID_FROM)),
        valid_until=parse_date(values.digits(Record.VALID_UNTIL)),
        social_card_number=card_number,
        doubts=doubts_about(kind, number, birth, sex),
    )


def _is_card_number(text: str) -> bool:
    """Letters and digits; most have a letter before eight digits, but not every place keeps to it."""
    return 0 < len(text) <= LARGEST_CARD_NUMBER and text.isascii() and text.isalnum()
