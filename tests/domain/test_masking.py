"""What of a person may be seen over a shoulder."""

from __future__ import annotations

import pytest

from kiosk.domain.masking import mask_name, mask_number
from tests.flow.people import make_identity


@pytest.mark.parametrize(
    ("name", "masked"),
    [("王秀梅", "王××"), ("李明", "李×"), ("欧阳明月", "欧×××"), ("𬱖宁", "𬱖×"), ("", "")],
)
def test_only_the_first_character_of_a_name_shows(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_a_number_shows_its_region_and_last_two_in_groups() -> None:
    assert mask_number("61059019900607452X") == "6105 90** **** **** 2X"


@pytest.mark.parametrize("number", ["FRA110199001015", "61059019900607452X"])
def test_birth_and_sequence_never_show(number: str) -> None:
    shown = mask_number(number).replace(" ", "")

    assert len(shown) == len(number)
    assert shown[6:-2] == "*" * (len(number) - 8)


@pytest.mark.parametrize("number", ["", "6", "61059019"])
def test_of_a_number_too_short_to_hide_nothing_shows(number: str) -> None:
    assert set(mask_number(number)) <= {"*"}


def test_the_full_number_is_never_in_the_masked_one() -> None:
    number = make_identity().number

    assert number[6:14] not in mask_number(number).replace(" ", "")
