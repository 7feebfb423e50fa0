"""The four kinds of cards, and what is strange about real ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.contract import CardKind, Identity, IdentityDoubt
from devices.idcard.textblock import decode_appended_address, decode_identity
from devices.simulators.idcard.blocks import appended_block, text_block
from tests.devices.idcard import vectors
from tests.devices.idcard.cards import FOREIGNER_2017, FOREIGNER_2023, PERMIT, RESIDENT, numbered

if TYPE_CHECKING:
    from devices.simulators.idcard.card import Card

NAME, SEX, NATION, BIRTH, ADDRESS, NUMBER, UNTIL, TYPE = 0, 30, 32, 36, 52, 122, 204, 248


def decoded(block: bytes) -> Identity:
    identity = decode_identity(block)
    assert identity is not None
    return identity


def test_the_resident_of_the_published_vector() -> None:
    assert decoded(vectors.RESIDENT) == Identity(
        kind=CardKind.RESIDENT,
        name="张三",
        number="110101190001010014",
        sex="1",
        birth=date(1900, 1, 1),
        nation="汉",
        address="北京市东城区测试街道1号",
        authority="北京市公安局东城分局",
        valid_from=date(2020, 1, 1),
        long_term=True,
    )


def test_the_permit_of_the_published_vector() -> None:
    assert decoded(vectors.PERMIT) == Identity(
        kind=CardKind.PERMIT_HMT,
        name="陈测试",
        number="810000190001010026",
        sex="2",
        birth=date(1900, 1, 1),
        address="广东省深圳市南山区测试路2号",
        authority="深圳市公安局",
        valid_from=date(2019, 1, 1),
        valid_until=date(2024, 1, 1),
        permit_number="H00000000",
    )


def test_a_foreigner_card_of_2017() -> None:
    assert decoded(text_block(FOREIGNER_2017)) == Identity(
        kind=CardKind.FOREIGNER_2017,
        name="测试人",
        number="KAZ110090123105",
        sex="1",
        birth=date(1990, 12, 31),
        authority="1100",
        valid_from=date(2018, 1, 1),
        valid_until=date(2028, 1, 1),
        latin_name="TEST, PERSON OF NOWHERE",
        nationality="KAZ",
    )


def test_a_foreigner_card_of_2023_joins_its_two_pieces_of_name() -> None:
    """The first piece ends with a blank that belongs to the name."""
    identity = decoded(text_block(FOREIGNER_2023))

    assert identity == Identity(
        kind=CardKind.FOREIGNER_2023,
        name="测试人",
        number="911398199012310021",
        sex="2",
        birth=date(1990, 12, 31),
        valid_from=date(2024, 1, 1),
        valid_until=date(2034, 1, 1),
        latin_name="TESTPERSON, WITH A RATHER LONG NAM E BEHIND",
        nationality="KAZ",
    )


@pytest.mark.parametrize("card", [FOREIGNER_2017, FOREIGNER_2023], ids=["2017", "2023"])
def test_a_foreigner_without_a_chinese_name_goes_by_the_latin_one(card: Card) -> None:
    identity = decoded(text_block(numbered(card, name="")))

    assert identity.name == identity.latin_name != ""


def test_an_unknown_kind_of_card_gives_name_and_number_only() -> None:
    block = vectors.with_field(vectors.RESIDENT, TYPE, "Q", 1)

    assert decoded(block) == Identity(
        kind=CardKind.RESIDENT,
        name="张三",
        number="110101190001010014",
        sex="0",
        birth=None,
        doubts=(IdentityDoubt.UNKNOWN_TYPE,),
    )


@pytest.mark.parametrize("blank", [" ", "\x00", "\u3000"])
def test_any_kind_of_blank_marks_a_resident(blank: str) -> None:
    block = vectors.with_field(vectors.RESIDENT, TYPE, blank, 1)

    assert decoded(block).kind is CardKind.RESIDENT


@pytest.mark.parametrize(
    "name",
    [
        "阿卜杜热西提·买买提艾力江尔",
        "测试一二三四五六七八九十甲乙丙",
        "欧 阳测试",
        "𬱖测试",
        "测\ue863试",
        "買買提\u30fb測試",
    ],
)
def test_a_name_is_kept_as_it_is_stored(name: str) -> None:
    """Dots, blanks inside, no padding at all, characters of two units, private-use characters."""
    identity = decoded(vectors.with_field(vectors.RESIDENT, NAME, name, 15))

    assert identity.name == name


@pytest.mark.parametrize(
    ("code", "nation"), [("81", "穿青人"), ("83", "83"), ("  ", ""), ("46", "德昂"), ("56", "基诺")]
)
def test_a_nation_outside_the_table_shows_as_its_code(code: str, nation: str) -> None:
    assert decoded(vectors.with_field(vectors.RESIDENT, NATION, code, 2)).nation == nation


def test_a_lower_case_x_is_the_same_number() -> None:
    block = vectors.with_field(vectors.RESIDENT, NUMBER, "11010519491231002x", 18)
    block = vectors.with_field(vectors.with_field(block, BIRTH, "19491231", 8), SEX, "2", 1)

    identity = decoded(block)

    assert identity.number == "11010519491231002X"
    assert identity.doubts == ()


@pytest.mark.parametrize(
    ("until", "day", "long_term"),
    [
        ("20400101", date(2040, 1, 1), False),
        ("长期", None, True),
        ("20240230", None, False),
        ("", None, False),
    ],
)
def test_the_end_of_validity(until: str, day: date | None, long_term: bool) -> None:  # noqa: FBT001 - a column
    identity = decoded(vectors.with_field(vectors.RESIDENT, UNTIL, until, 8))

    assert (identity.valid_until, identity.long_term) == (day, long_term)


@pytest.mark.parametrize(
    ("offset", "text", "units", "doubt"),
    [
        (NUMBER, "110101190001010013", 18, IdentityDoubt.NUMBER_CHECK),
        (NUMBER, "990101190001010015", 18, IdentityDoubt.NUMBER_PROVINCE),
        (BIRTH, "19000102", 8, IdentityDoubt.BIRTH_DIFFERS),
        (BIRTH, "19001399", 8, IdentityDoubt.BIRTH_DIFFERS),
        (SEX, "2", 1, IdentityDoubt.SEX_DIFFERS),
    ],
)
def test_a_cross_check_that_fails_is_a_doubt_and_no_rejection(
    offset: int, text: str, units: int, doubt: IdentityDoubt
) -> None:
    assert doubt in decoded(vectors.with_field(vectors.RESIDENT, offset, text, units)).doubts


@pytest.mark.parametrize("sex", ["0", "9"])
def test_a_sex_that_is_not_stated_contradicts_nothing(sex: str) -> None:
    identity = decoded(vectors.with_field(vectors.RESIDENT, SEX, sex, 1))

    assert (identity.sex, identity.doubts) == (sex, ())


@pytest.mark.parametrize(
    "block",
    [
        b"",
        vectors.RESIDENT[:255],
        vectors.RESIDENT + b"\x20",
        bytes(256),
        b"\x20\x00" * 128,
        bytes(range(256)),
        b"\xff" * 256,
        vectors.with_field(vectors.RESIDENT, NAME, "", 15),
        vectors.with_field(vectors.RESIDENT, NAME, "张\x07三", 15),
        vectors.with_field(vectors.RESIDENT, NAME, "张\ud840", 15),
        vectors.with_field(vectors.RESIDENT, NUMBER, "11010119000101001", 18),
        vectors.with_field(vectors.RESIDENT, NUMBER, "1101011900010100A4", 18),
    ],
)
def test_a_block_without_a_possible_name_and_number_is_no_identity(block: bytes) -> None:
    assert decode_identity(block) is None


def test_no_repr_shows_the_person() -> None:
    shown = repr(decoded(vectors.RESIDENT))

    assert not any(word in shown for word in ("张三", "110101190001010014", "东城", "1900"))


def test_the_appended_address_of_the_published_vector() -> None:
    assert decode_appended_address(vectors.APPENDED[10:-1]) == "北京市东城区新住址3号"


@given(block=st.binary(min_size=256, max_size=256))
@settings(max_examples=1000)
def test_any_block_is_an_identity_or_none(block: bytes) -> None:
    decode_identity(block)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x2FFFF), max_size=15).filter(
    lambda text: (
        len(text.encode("utf-16-le")) <= 30 and text == text.rstrip(" \u3000\x00") and "\ufffd" not in text
    )
)


@given(name=TEXT.filter(bool), address=TEXT, appended=TEXT.filter(bool), birth=st.dates(date(1900, 1, 1)))
@settings(max_examples=300)
@pytest.mark.parametrize("card", [RESIDENT, PERMIT], ids=["resident", "permit"])
def test_what_is_written_on_a_card_is_read_from_it(
    card: Card, name: str, address: str, appended: str, birth: date
) -> None:
    written = numbered(card, name=name, address=address, appended_address=appended, birth=birth)

    identity = decoded(text_block(written))

    assert (identity.name, identity.address, identity.number) == (name, address, written.number)
    assert (identity.valid_from, identity.valid_until) == (written.valid_from, written.valid_until)
    assert decode_appended_address(appended_block(written) or b"") == appended
