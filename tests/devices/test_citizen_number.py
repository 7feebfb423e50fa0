"""Numbers: the samples of the standard, and that each wrong digit is noticed."""

from __future__ import annotations

from datetime import date

import pytest

from devices.citizen_number import (
    check_character,
    doubts_about,
    expand_old_number,
    is_shaped,
    mrz_check_digit,
    parse_date,
    sex_in,
)
from devices.contract import CardKind, IdentityDoubt


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "610590199001020027"])
def test_the_check_character_of_known_numbers(number: str) -> None:
    assert check_character(number[:17]) == number[17]


def test_any_single_wrong_digit_changes_the_check_character() -> None:
    number = "11010519491231002X"

    for place in range(17):
        for digit in "0123456789":
            if digit != number[place]:
                assert check_character(number[:place] + digit + number[place + 1 : 17]) != "X"


def test_an_old_number_gets_its_century_and_check_character() -> None:
    assert expand_old_number("110105491231002") == "11010519491231002X"


def test_the_check_digit_of_a_foreigner_number_of_2017() -> None:
    assert mrz_check_digit("KAZ11009012310") == "5"


@pytest.mark.parametrize(
    ("kind", "number", "birth", "sex"),
    [
        (CardKind.RESIDENT, "11010519491231002X", date(1949, 12, 31), "2"),
        (CardKind.PERMIT_HMT, "810000190001010026", date(1900, 1, 1), "2"),
        (CardKind.FOREIGNER_2017, "KAZ110090123105", date(1990, 12, 31), "1"),
        (CardKind.FOREIGNER_2023, "911398199012310021", date(1990, 12, 31), "2"),
    ],
)
def test_a_sound_number_of_each_kind_raises_no_doubt(
    kind: CardKind, number: str, birth: date, sex: str
) -> None:
    assert is_shaped(kind, number)
    assert doubts_about(kind, number, birth, sex) == ()


@pytest.mark.parametrize(
    ("number", "birth", "doubt"),
    [
        ("KAZ110090123106", date(1990, 12, 31), IdentityDoubt.NUMBER_CHECK),
        ("KAZ990090123105", date(1990, 12, 31), IdentityDoubt.NUMBER_PROVINCE),
        ("KAZ110090123105", date(1990, 12, 30), IdentityDoubt.BIRTH_DIFFERS),
        ("KAZ110090123105", None, IdentityDoubt.BIRTH_DIFFERS),
    ],
)
def test_doubts_about_a_foreigner_number_of_2017(
    number: str, birth: date | None, doubt: IdentityDoubt
) -> None:
    assert doubt in doubts_about(CardKind.FOREIGNER_2017, number, birth, "1")


def test_a_foreigner_number_of_2023_holds_its_province_behind_the_nine() -> None:
    doubts = doubts_about(CardKind.FOREIGNER_2023, "999398199012310021", date(1990, 12, 31), "2")

    assert IdentityDoubt.NUMBER_PROVINCE in doubts


@pytest.mark.parametrize(("number", "sex"), [("110101190001010014", "1"), ("810000190001010026", "2")])
def test_the_sequence_tells_the_sex(number: str, sex: str) -> None:
    assert sex_in(number) == sex


@pytest.mark.parametrize("text", ["", "2020", "2020010a", "20200230", "２０２００１０１", "00000101"])
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert parse_date(text) is None
