"""What a card's memory looks like: the 256-byte text block, the photo, the appended address."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from devices.simulators.idcard.card import CardFileError

if TYPE_CHECKING:
    from devices.simulators.idcard.card import Card

# The header every stored photo begins with, and nothing after it: no face.
PHOTO = bytes.fromhex("574C66007E00320000FF85").ljust(1024, b"\x00")
FINGERPRINTS = bytes(1024)


def text_block(card: Card) -> bytes:
    """The 256 bytes of text that 30 01 answers; CardFileError if something does not fit."""
    layouts = {
        "resident": _resident,
        "permit_hmt": _permit,
        "foreigner_2017": _foreigner_2017,
        "foreigner_2023": _foreigner_2023,
    }
    return b"".join(_padded(text, units) for text, units in layouts[card.kind](card))


def appended_block(card: Card) -> bytes | None:
    """The 70 bytes that 30 03 answers, None if the card holds no appended address."""
    return _padded(card.appended_address, 35) if card.appended_address else None


def _padded(text: str, units: int) -> bytes:
    encoded = text.encode("utf-16-le")
    if len(encoded) > 2 * units:
        raise CardFileError(f"a field of {units} units cannot hold {len(encoded) // 2}")
    return encoded + b"\x20\x00" * (units - len(encoded) // 2)


def _day(value: date | str) -> str:
    return f"{value:%Y%m%d}" if isinstance(value, date) else value


def _resident(card: Card) -> list[tuple[str, int]]:
    return [
        (card.name, 15),
        (card.sex, 1),
        (card.nation, 2),
        (_day(card.birth), 8),
        (card.address, 35),
        (card.number, 18),
        (card.authority, 15),
        (_day(card.valid_from), 8),
        (_day(card.valid_until), 8),
        ("", 18),
    ]


def _permit(card: Card) -> list[tuple[str, int]]:
    return [
        (card.name, 15),
        (card.sex, 1),
        ("", 2),
        (_day(card.birth), 8),
        (card.address, 35),
        (card.number, 18),
        (card.authority, 15),
        (_day(card.valid_from), 8),
        (_day(card.valid_until), 8),
        (card.permit_number, 9),
        (card.issue_count, 2),
        ("", 3),
        ("J", 1),
        ("", 3),
    ]


def _foreigner_2017(card: Card) -> list[tuple[str, int]]:
    return [
        (card.latin_name, 60),
        (card.sex, 1),
        (card.number, 15),
        (card.nationality, 3),
        (card.name, 15),
        (_day(card.valid_from), 8),
        (_day(card.valid_until), 8),
        (_day(card.birth), 8),
        (card.issue_count, 2),
        (card.authority, 4),
        ("I", 1),
        ("", 3),
    ]


def _foreigner_2023(card: Card) -> list[tuple[str, int]]:
    return [
        (card.name, 15),
        (card.sex, 1),
        (card.issue_count, 2),
        (_day(card.birth), 8),
        (card.latin_name[:35], 35),
        (card.number, 18),
        ("", 15),
        (_day(card.valid_from), 8),
        (_day(card.valid_until), 8),
        (card.latin_name[35:], 11),
        (card.nationality, 3),
        ("Y", 1),
        ("", 3),
    ]
