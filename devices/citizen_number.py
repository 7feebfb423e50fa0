"""Citizen numbers (GB 11643, ISO 7064 MOD 11-2) and the two kinds of foreigner numbers."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from operator import mul
from typing import TYPE_CHECKING

from devices.contract import CardKind, IdentityDoubt
from devices.person_codes import PROVINCES

if TYPE_CHECKING:
    from collections.abc import Iterator

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
MRZ_WEIGHTS = (7, 3, 1)
_EIGHT_DIGITS = re.compile(r"[0-9]{8}")
SHAPES = {
    CardKind.RESIDENT: re.compile(r"[0-9]{17}[0-9X]"),
    CardKind.PERMIT_HMT: re.compile(r"[0-9]{17}[0-9X]"),
    CardKind.FOREIGNER_2017: re.compile(r"[A-Z]{3}[0-9]{12}"),
    CardKind.FOREIGNER_2023: re.compile(r"9[0-9]{16}[0-9X]"),
    CardKind.SOCIAL_SECURITY: re.compile(r"[0-9]{17}[0-9X]"),
}


def check_character(first17: str) -> str:
    """The 18th character for the first 17 digits."""
    total = sum(map(mul, WEIGHTS, map(int, first17)))
    return CHECK_CHARACTERS[total % len(CHECK_CHARACTERS)]


def mrz_check_digit(first14: str) -> str:
    """The 15th character of a 2017 foreigner number: MRZ weights 7 3 1, A=10 to Z=35, modulo 10."""
    total = sum(int(sign, 36) * MRZ_WEIGHTS[place % 3] for place, sign in enumerate(first14))
    return str(total % 10)


def expand_old_number(number15: str) -> str:
    """The 18 characters for a 15-digit number of before 1999 (births of 19xx)."""
    first17 = f"{number15[:6]}19{number15[6:]}"
    return first17 + check_character(first17)


def is_shaped(kind: CardKind, number: str) -> bool:
    """True if the number has the length and the kinds of characters that this kind of card stores."""
    return SHAPES[kind].fullmatch(number) is not None


def parse_date(text: str) -> date | None:
    """YYYYMMDD as a date, None where it names no day."""
    if _EIGHT_DIGITS.fullmatch(text):
        with suppress(ValueError):  # such as February 30
            return date.fromisoformat(text)
    return None


def doubts_about(kind: CardKind, number: str, birth: date | None, sex: str) -> tuple[IdentityDoubt, ...]:
    """Which cross-checks between a well-shaped number and the fields beside it fail."""
    if kind is CardKind.FOREIGNER_2017:
        return tuple(_doubts_2017(number, birth))
    return tuple(_doubts_18(kind, number, birth, sex))


def _doubts_2017(number: str, birth: date | None) -> Iterator[IdentityDoubt]:
    """Letters of the nationality, region (4), birth (YYMMDD), sequence, check."""
    if mrz_check_digit(number[:14]) != number[14]:
        yield IdentityDoubt.NUMBER_CHECK
    if number[3:5] not in PROVINCES:
        yield IdentityDoubt.NUMBER_PROVINCE
    if birth is None or number[7:13] != f"{birth:%y%m%d}":
        yield IdentityDoubt.BIRTH_DIFFERS


def _doubts_18(kind: CardKind, number: str, birth: date | None, sex: str) -> Iterator[IdentityDoubt]:
    """Region (6; of a foreigner 9, province, country), birth, sequence whose parity is the sex, check."""
    province = number[1:3] if kind is CardKind.FOREIGNER_2023 else number[:2]
    if check_character(number[:17]) != number[17]:
        yield IdentityDoubt.NUMBER_CHECK
    if province not in PROVINCES:
        yield IdentityDoubt.NUMBER_PROVINCE
    if birth is None or parse_date(number[6:14]) != birth:
        yield IdentityDoubt.BIRTH_DIFFERS
    if sex in {"1", "2"} and sex != sex_in(number):
        yield IdentityDoubt.SEX_DIFFERS


def sex_in(number18: str) -> str:
    """The sex that the sequence of an 18-character number stands for: odd is "1", even is "2"."""
    return "1" if int(number18[16]) % 2 else "2"
