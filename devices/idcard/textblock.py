"""The 256-byte text block of a card (GA/T 490 and its successors for permits and foreigners).

All strings are UTF-16LE padded with blanks; the character at offset 248 says which layout it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from devices.citizen_number import doubts_about, is_shaped, parse_date
from devices.contract import CardKind, Identity, IdentityDoubt
from devices.idcard.commands import TEXT_BYTES
from devices.person_codes import nation_name, sex_code

PADDING = "\u0020\u3000\u0000"
LONG_TERM = "长期"
REPLACEMENT = "\ufffd"


class Place(NamedTuple):
    """Where a field lies: offset and length in bytes."""

    offset: int
    length: int


class FieldBlock:
    """The text block with its fields by place."""

    def __init__(self, block: bytes) -> None:
        self._block = block
        whole = block.decode("utf-16-le", errors="replace")
        # Where each character has two bytes, as nearly everywhere, all fields lie in one text.
        self._whole = whole if len(whole) == len(block) // 2 and REPLACEMENT not in whole else None

    def text(self, place: Place) -> str:
        """The field without its padding; blanks inside belong to it, unpaired halves become U+FFFD."""
        start, end = place.offset, place.offset + place.length
        if self._whole is not None:
            return self._whole[start // 2 : end // 2].rstrip(PADDING)
        return self._block[start:end].decode("utf-16-le", errors="replace").rstrip(PADDING)

    def joined_text(self, first: Place, rest: Place) -> str:
        """A field stored in two pieces; a blank at the seam belongs to it."""
        whole = b"".join(self._block[place.offset : place.offset + place.length] for place in (first, rest))
        return whole.decode("utf-16-le", errors="replace").rstrip(PADDING)


TYPE_LETTER = Place(248, 2)
# Resident cards; permits and the foreigner cards of 2023 keep most of it.
NAME = Place(0, 30)
SEX = Place(30, 2)
NATION = Place(32, 4)
BIRTH = Place(36, 16)
ADDRESS = Place(52, 70)
NUMBER = Place(122, 36)
AUTHORITY = Place(158, 30)
VALID_FROM = Place(188, 16)
VALID_UNTIL = Place(204, 16)
PERMIT_NUMBER = Place(220, 18)
LATIN_NAME_2023 = (Place(52, 70), Place(220, 22))
NATIONALITY_2023 = Place(242, 6)
# Foreigner cards of 2017 have a layout of their own.
LATIN_NAME_2017 = Place(0, 120)
SEX_2017 = Place(120, 2)
NUMBER_2017 = Place(122, 30)
NATIONALITY_2017 = Place(152, 6)
NAME_2017 = Place(158, 30)
BIRTH_2017 = Place(220, 16)
AUTHORITY_2017 = Place(240, 8)


def decode_identity(block: bytes) -> Identity | None:
    """What a text block says; None where it makes no sense (length, name or number impossible)."""
    if len(block) != TEXT_BYTES:
        return None
    fields = FieldBlock(block)
    match fields.text(TYPE_LETTER):
        case "":
            identity = _resident(fields)
        case "J":
            identity = _permit(fields)
        case "I":
            identity = _foreigner_2017(fields)
        case "Y":
            identity = _foreigner_2023(fields)
        case _:
            identity = _unknown(fields)
    return identity if _makes_sense(identity) else None


def decode_appended_address(data: bytes) -> str:
    """The newest appended address (70 bytes), "" if blank."""
    return FieldBlock(data).text(Place(0, len(data)))


def _makes_sense(identity: Identity) -> bool:
    """A name without control characters and without lost halves, a number of the right shape."""
    is_clean = all(sign >= " " and sign != REPLACEMENT for sign in identity.name)
    return bool(identity.name) and is_clean and is_shaped(identity.kind, identity.number)


def _number(fields: FieldBlock, place: Place) -> str:
    return fields.text(place).upper()  # some early cards hold a lower-case x


def _resident(fields: FieldBlock) -> Identity:
    nation = nation_name(fields.text(NATION))
    address, authority = fields.text(ADDRESS), fields.text(AUTHORITY)
    return _present_layout(fields, CardKind.RESIDENT, nation=nation, address=address, authority=authority)


def _permit(fields: FieldBlock) -> Identity:
    return _present_layout(
        fields,
        CardKind.PERMIT_HMT,
        address=fields.text(ADDRESS),
        authority=fields.text(AUTHORITY),
        permit_number=fields.text(PERMIT_NUMBER),
    )


def _foreigner_2023(fields: FieldBlock) -> Identity:
    identity = _present_layout(fields, CardKind.FOREIGNER_2023)
    latin_name = fields.joined_text(*LATIN_NAME_2023)
    return replace(
        identity,
        name=identity.name or latin_name,
        latin_name=latin_name,
        nationality=fields.text(NATIONALITY_2023),
    )


def _present_layout(fields: FieldBlock, kind: CardKind, **more: str) -> Identity:
    """What resident cards, permits and the foreigner cards of 2023 keep at the same places, and `more`."""
    birth = parse_date(fields.text(BIRTH))
    sex = sex_code(fields.text(SEX))
    number = _number(fields, NUMBER)
    return Identity(
        kind=kind,
        name=fields.text(NAME),
        number=number,
        sex=sex,
        birth=birth,
        valid_from=parse_date(fields.text(VALID_FROM)),
        valid_until=parse_date(fields.text(VALID_UNTIL)),
        long_term=fields.text(VALID_UNTIL) == LONG_TERM,
        doubts=doubts_about(kind, number, birth, sex) if is_shaped(kind, number) else (),
        **more,
    )


def _foreigner_2017(fields: FieldBlock) -> Identity:
    kind = CardKind.FOREIGNER_2017
    birth = parse_date(fields.text(BIRTH_2017))
    sex = sex_code(fields.text(SEX_2017))
    number = _number(fields, NUMBER_2017)
    latin_name = fields.text(LATIN_NAME_2017)
    return Identity(
        kind=kind,
        name=fields.text(NAME_2017) or latin_name,
        number=number,
        sex=sex,
        birth=birth,
        authority=fields.text(AUTHORITY_2017),
        valid_from=parse_date(fields.text(VALID_FROM)),
        valid_until=parse_date(fields.text(VALID_UNTIL)),
        long_term=fields.text(VALID_UNTIL) == LONG_TERM,
        latin_name=latin_name,
        nationality=fields.text(NATIONALITY_2017),
        doubts=doubts_about(kind, number, birth, sex) if is_shaped(kind, number) else (),
    )


def _unknown(fields: FieldBlock) -> Identity:
    """A kind of card that was not known when this was written: nothing but name and number is trusted."""
    return Identity(
        kind=CardKind.RESIDENT,
        name=fields.text(NAME),
        number=_number(fields, NUMBER),
        sex=sex_code(""),
        birth=None,
        doubts=(IdentityDoubt.UNKNOWN_TYPE,),
    )
