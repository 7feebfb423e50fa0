"""Commands as published, and that every possible answer means something."""

from __future__ import annotations

import pytest

from devices.errors import AddressError
from devices.pcsc.address import parse_pcsc_address
from devices.pcsc.apdu import (
    Answer,
    FileForm,
    RecordForm,
    Verdict,
    get_response,
    parse_answer,
    read_record,
    select_application,
    select_file,
    with_length,
)


@pytest.mark.parametrize(
    ("command", "published"),
    [
        (select_application(), "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"),
        (select_file(0xEF05, FileForm.BY_IDENTIFIER), "00A4000002EF05"),
        (select_file(0xEF06, FileForm.BELOW_CURRENT), "00A4020002EF06"),
        (read_record(7, RecordForm.BY_NUMBER, 11), "00B207040B"),
        (read_record(0x4E, RecordForm.BY_TAG, 22), "00B24E0016"),
        (read_record(1, RecordForm.BY_NUMBER, 256), "00B2010400"),
        (get_response(0x1A), "00C000001A"),
        (with_length(read_record(2, RecordForm.BY_NUMBER, 0), 0x20), "00B2020420"),
    ],
)
def test_commands_are_byte_for_byte_as_published(command: bytes, published: str) -> None:
    assert command.hex().upper() == published


@pytest.mark.parametrize("raw", [b"", b"\x90"])
def test_an_answer_too_short_for_a_status_is_a_card_taken_away(raw: bytes) -> None:
    assert parse_answer(raw) is None


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("9000", Verdict.DONE),
        ("611A", Verdict.FETCH),
        ("6C20", Verdict.REPEAT),
        ("6A82", Verdict.REFUSED),
        ("6F00", Verdict.REFUSED),
        ("9302", Verdict.REFUSED),
        ("6000", Verdict.SENSELESS),
        ("0000", Verdict.SENSELESS),
        ("FFFF", Verdict.SENSELESS),
    ],
)
def test_what_a_status_asks_for(status: str, verdict: Verdict) -> None:
    answer = parse_answer(b"\x01\x02" + bytes.fromhex(status))

    assert answer is not None
    assert answer.verdict is verdict
    assert answer.data == b"\x01\x02"
    assert answer.length == bytes.fromhex(status)[1]


def test_every_status_has_exactly_one_verdict() -> None:
    verdicts = {Answer(b"", status).verdict for status in range(0x10000)}

    assert verdicts == set(Verdict)


def test_the_data_of_an_answer_is_not_shown() -> None:
    assert repr(parse_answer(b"A00000001\x90\x00")) == "Answer(status=36864)"


@pytest.mark.parametrize(
    ("address", "reader", "is_meant"),
    [
        ("pcsc:///", "ACS ACR39U ICC Reader 00 00", True),
        ("pcsc:///?reader=acr39u", "ACS ACR39U ICC Reader 00 00", True),
        ("pcsc:///?reader=ICC%20Reader", "ACS ACR39U ICC Reader 00 00", True),
        ("pcsc:///?reader=PICC", "ACS ACR39U ICC Reader 00 00", False),
    ],
)
def test_a_reader_is_meant_by_a_part_of_its_name(address: str, reader: str, is_meant: bool) -> None:  # noqa: FBT001
    assert parse_pcsc_address(address).names(reader) is is_meant


@pytest.mark.parametrize(
    "address",
    [
        "serial:///dev/x",
        "pcsc://host/",
        "pcsc:///slot0",
        "pcsc:///?reader=",
        "pcsc:///?baud=9600",
        "pcsc:///#a",
    ],
)
def test_an_address_that_makes_no_sense_is_refused_in_words(address: str) -> None:
    with pytest.raises(AddressError, match="reader"):
        parse_pcsc_address(address)
