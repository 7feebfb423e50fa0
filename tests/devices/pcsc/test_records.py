"""Records as published, names of every length, and damage of every kind."""

from __future__ import annotations

from datetime import date

import pytest

from devices.contract import CardKind, DeviceCode, IdentityDoubt
from devices.errors import LinkError, PortError
from devices.pcsc.records import Record, Values, identity_of, may_continue, name_in, value_in
from devices.pcsc.status import CardError, CardResetError, CardSilentError, ReaderState, error_of
from devices.simulators.pcsc.memory import files_of
from tests.devices.pcsc.cards import HOLDER, OTHER

WHOLE = {
    Record.VALID_FROM: bytes.fromhex("20200101"),
    Record.VALID_UNTIL: bytes.fromhex("20400101"),
    Record.CARD_NUMBER: b"A00000001",
    Record.CITIZEN_NUMBER: b"110101190001010014",
    Record.NAME: "张三".encode("gbk").ljust(30, b"\x00"),
    Record.SEX: b"1",
    Record.NATION: b"\x01",
    Record.BIRTH: bytes.fromhex("19000101"),
}


@pytest.mark.parametrize(
    ("published", "tag", "value"),
    [
        ("0709413030303030303031", 0x07, b"A00000001"),
        ("0304332E3030", 0x03, b"3.00"),
        ("0110110100D15600000500000000FFFFFFFF", 0x01, bytes.fromhex("110100D15600000500000000FFFFFFFF")),
        ("0812313130313031313930303031303130303134", 0x08, b"110101190001010014"),
        ("0A0131", 0x0A, b"1"),
    ],
)
def test_published_records_are_taken_apart(published: str, tag: int, value: bytes) -> None:
    assert value_in(bytes.fromhex(published), tag) == value


@pytest.mark.parametrize("damaged", ["", "07", "070941", "0809413030303030303031"])
def test_half_a_record_or_another_one_has_no_value(damaged: str) -> None:
    assert value_in(bytes.fromhex(damaged), 0x07) is None


def test_a_whole_card_becomes_an_identity() -> None:
    identity = identity_of(Values(WHOLE))

    assert identity is not None
    assert identity.kind is CardKind.SOCIAL_SECURITY
    assert (identity.name, identity.number, identity.sex) == ("张三", "110101190001010014", "1")
    assert (identity.nation, identity.birth) == ("汉", date(1900, 1, 1))
    assert identity.social_card_number == "A00000001"
    assert (identity.valid_from, identity.valid_until) == (date(2020, 1, 1), date(2040, 1, 1))
    assert identity.doubts == ()


@pytest.mark.parametrize(
    ("record", "value", "doubt"),
    [
        (Record.CITIZEN_NUMBER, b"110101190001010013", IdentityDoubt.NUMBER_CHECK),
        (Record.BIRTH, bytes.fromhex("19000102"), IdentityDoubt.BIRTH_DIFFERS),
        (Record.BIRTH, b"\xff" * 4, IdentityDoubt.BIRTH_DIFFERS),
        (Record.SEX, b"2", IdentityDoubt.SEX_DIFFERS),
    ],
)
def test_fields_that_contradict_each_other_are_a_doubt(
    record: Record, value: bytes, doubt: IdentityDoubt
) -> None:
    identity = identity_of(Values(WHOLE | {record: value}))

    assert identity is not None
    assert doubt in identity.doubts


@pytest.mark.parametrize(
    ("record", "value"),
    [
        (Record.CITIZEN_NUMBER, b"11010119000101001"),
        (Record.CITIZEN_NUMBER, b"11010119000101001?"),
        (Record.CITIZEN_NUMBER, b"\xb2" * 18),
        (Record.CARD_NUMBER, b"\x00" * 9),
        (Record.CARD_NUMBER, b"A 0000001"),
        (Record.NAME, b"\x00" * 30),
        (Record.NAME, b"\xff" * 30),
        (Record.NAME, b"\xd5\xc5\x07".ljust(30, b"\x00")),
    ],
)
def test_a_card_whose_name_or_number_makes_no_sense_gives_no_identity(record: Record, value: bytes) -> None:
    assert identity_of(Values(WHOLE | {record: value})) is None


def test_fields_left_blank_are_unknown() -> None:
    blank = {Record.VALID_UNTIL: b"\xff" * 4, Record.SEX: b"\x00", Record.NATION: b"\xff"}

    identity = identity_of(Values(WHOLE | blank))

    assert identity is not None
    assert (identity.valid_until, identity.sex, identity.nation) == (None, "0", "")


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "王䶮",
        "㛃𠮷",
        "龻小测",
        "古丽扎尔·买买提",
        "阿" * 15,
        "阿" * 14 + "·䶮",
        "a" + "阿" * 20,
        "𠮷" * 12,
    ],
)
def test_a_name_of_any_characters_and_length_comes_back_as_it_was_written(name: str) -> None:
    """Among them characters of four bytes, and one that begins in the first record and ends in the second."""
    written = name.encode("gb18030")
    first, more = written[:30].ljust(30, b"\x00"), written[30:].ljust(20, b"\x00")

    assert name_in(first, more) == name
    assert may_continue(first) or not written[30:]


@pytest.mark.parametrize("padding", [b"\x00", b" ", b"\x00 ", b" \x00"])
def test_a_name_may_be_padded_with_zeros_and_blanks(padding: bytes) -> None:
    assert name_in("张三".encode("gbk") + padding * 10, b"") == "张三"


def test_a_name_whose_issuer_split_no_character_is_joined() -> None:
    assert name_in(("阿" * 14).encode("gbk") + b"\x00\x00", "𠮷".encode("gb18030")) == "阿" * 14 + "𠮷"


def test_a_character_that_lay_in_a_private_place_gets_its_own() -> None:
    assert name_in(b"\xcd\xf5\xfe\x59", b"") == "王\u9fb4"


def test_the_simulated_card_and_the_published_layout_agree() -> None:
    files = files_of(HOLDER)

    assert [record.tag for record in files["ef06"]] == [0x08, 0x09, 0x4E, 0x0A, 0x0B, 0x0C, 0x0D]
    assert files["ef05"][6].content.hex() == "0709413030303030303031"
    assert files_of(OTHER)["ef06"][3].content.hex() == "0a0131"


@pytest.mark.parametrize(
    ("code", "kind", "meaning"),
    [
        (0x8010001D, LinkError, DeviceCode.SOCIAL_SERVICE_DOWN),
        (0x8010001E, LinkError, DeviceCode.SOCIAL_SERVICE_DOWN),
        (0x80100003, LinkError, DeviceCode.SOCIAL_READER_FAULT),
        (0x80100009, LinkError, DeviceCode.SOCIAL_NO_READER),
        (0x8010002E, PortError, DeviceCode.SOCIAL_NO_READER),
        (0x8010006A, PortError, DeviceCode.SOCIAL_NO_PERMISSION),  # what polkit's refusal becomes
        (0x8010000B, PortError, DeviceCode.SOCIAL_READER_BUSY),
        (0x80100001, PortError, DeviceCode.SOCIAL_READER_FAULT),
        (0x8BADF00D, PortError, DeviceCode.SOCIAL_READER_FAULT),
        (0x8010000C, CardError, DeviceCode.SOCIAL_CARD_TAKEN_AWAY),
        (0x80100069, CardError, DeviceCode.SOCIAL_CARD_TAKEN_AWAY),
        (0x80100066, CardError, DeviceCode.SOCIAL_CARD_MUTE),
        (0x8010000F, CardError, DeviceCode.SOCIAL_CARD_MUTE),
        (0x80100016, CardSilentError, DeviceCode.SOCIAL_CARD_UNREADABLE),
        (0x80100068, CardResetError, DeviceCode.SOCIAL_CARD_UNREADABLE),
    ],
)
@pytest.mark.parametrize("sign", [0, 1 << 32])
def test_each_result_code_has_its_meaning_with_and_without_a_sign(
    code: int, kind: type, meaning: DeviceCode, sign: int
) -> None:
    error = error_of(code - sign, "try")

    assert type(error) is kind
    assert (error.code, error.detail) == (meaning, f"try: {code:08X}")


def test_the_state_of_a_reader_has_flags_below_and_a_counter_above() -> None:
    state = ReaderState("reader", 0x0003_0222)

    assert (state.is_there, state.has_card, state.is_mute, state.counter) == (True, True, True, 3)
    assert not ReaderState("reader", 0x0000_000E).is_there
