"""The IPP codec: what it says it reads again, and no bytes whatever can make it stumble."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.page.errors import NotIppError
from devices.page.frames import decode, encode
from devices.page.message import (
    Attribute,
    Content,
    Group,
    Localized,
    Message,
    Range,
    Resolution,
    Value,
    attribute,
)
from devices.page.tags import GroupTag, JobState, Operation, ValueTag

# RFC 8010 appendix A.2, the Print-Job response (successful), as far as its group of the job.
RFC_PRINT_JOB_RESPONSE = (
    b"\x01\x01\x00\x00\x00\x00\x00\x01"
    b"\x01"
    b"\x47\x00\x12attributes-charset\x00\x05utf-8"
    b"\x48\x00\x1battributes-natural-language\x00\x05en-us"
    b"\x41\x00\x0estatus-message\x00\x0dsuccessful-ok"
    b"\x02"
    b"\x21\x00\x06job-id\x00\x04\x00\x00\x00\x93"
    b"\x45\x00\x07job-uri\x00\x2cipp://printer.example.com/ipp/print/pinetree"
)

_I32 = st.integers(-(2**31), 2**31 - 1)
_NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)
_TEXTS = st.text(max_size=20).filter(lambda text: "\ud800" not in text)


def _scalars() -> st.SearchStrategy[Value]:
    return st.one_of(
        st.builds(Value, st.sampled_from([ValueTag.INTEGER, ValueTag.ENUM]), _I32),
        st.builds(Value, st.just(ValueTag.BOOLEAN), st.booleans()),
        st.builds(Value, st.sampled_from([ValueTag.TEXT, ValueTag.NAME, ValueTag.URI]), _TEXTS),
        st.builds(Value, st.sampled_from([ValueTag.KEYWORD, ValueTag.MIME_TYPE]), _NAMES),
        st.builds(Value, st.sampled_from([ValueTag.OCTETS, 0x7E]), st.binary(max_size=20)),
        st.builds(Value, st.just(ValueTag.RANGE), st.builds(Range, _I32, _I32)),
        st.builds(Value, st.just(ValueTag.RESOLUTION), st.builds(Resolution, _I32, _I32, st.integers(3, 4))),
        st.builds(Value, st.just(ValueTag.TEXT_WITH_LANGUAGE), st.builds(Localized, _NAMES, _TEXTS)),
        st.builds(Value, st.sampled_from([ValueTag.NO_VALUE, ValueTag.UNKNOWN]), st.none()),
    )


def _attributes(values: st.SearchStrategy[Value]) -> st.SearchStrategy[tuple[Attribute, ...]]:
    sets = st.lists(values, min_size=1, max_size=3).map(tuple)
    return st.lists(st.builds(Attribute, _NAMES, sets), max_size=4).map(tuple)


_VALUES = st.recursive(
    _scalars(),
    lambda inner: st.builds(Value, st.just(ValueTag.COLLECTION), _attributes(inner)),
    max_leaves=6,
)
_MESSAGES = st.builds(
    Message,
    code=st.integers(0, 0xFFFF),
    request_id=_I32,
    groups=st.lists(
        st.builds(Group, st.sampled_from([GroupTag.OPERATION, GroupTag.JOB, 0x07]), _attributes(_VALUES)),
        max_size=3,
    ).map(tuple),
    version=st.sampled_from([(1, 0), (1, 1), (2, 0), (2, 2)]),
    document=st.binary(max_size=30),
)


@settings(max_examples=200, deadline=None)
@given(_MESSAGES)
def test_what_is_encoded_decodes_to_the_same_message(message: Message) -> None:
    assert decode(encode(message)) == message


def test_the_response_of_the_rfc_is_understood() -> None:
    data = RFC_PRINT_JOB_RESPONSE + b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x03\x03"

    message = decode(data)

    job = message.group(GroupTag.JOB)
    assert message.version == (1, 1)
    assert message.group(GroupTag.OPERATION).text("status-message") == "successful-ok"
    assert (job.integer("job-id"), job.integer("job-state")) == (147, JobState.PENDING)
    assert encode(message) == data


def test_a_request_is_encoded_to_the_very_bytes_of_the_rfc() -> None:
    """RFC 8010 appendix A.1 and A.7, cut to their mandatory attributes."""
    operation = Group(
        GroupTag.OPERATION,
        (
            attribute(ValueTag.CHARSET, "attributes-charset", "utf-8"),
            attribute(ValueTag.LANGUAGE, "attributes-natural-language", "en-us"),
            attribute(ValueTag.URI, "printer-uri", "ipp://printer.example.com/ipp/print/pinetree"),
            attribute(ValueTag.KEYWORD, "requested-attributes", "job-id", "job-name", "document-format"),
        ),
    )

    data = encode(Message(Operation.GET_JOBS, 0x7B, (operation,)))

    assert data == (
        b"\x01\x01\x00\x0a\x00\x00\x00\x7b\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x48\x00\x1battributes-natural-language\x00\x05en-us"
        b"\x45\x00\x0bprinter-uri\x00\x2cipp://printer.example.com/ipp/print/pinetree"
        b"\x44\x00\x14requested-attributes\x00\x06job-id"
        b"\x44\x00\x00\x00\x08job-name"
        b"\x44\x00\x00\x00\x0fdocument-format"
        b"\x03"
    )


@pytest.mark.parametrize(
    "content",
    [2**31, -(2**31) - 1, "x" * 0x8000, b"x" * 0x8000, Range(0, 2**40)],
    ids=["too-high", "too-low", "long-text", "long-octets", "long-range"],
)
def test_a_value_that_ipp_cannot_say_is_refused_by_the_encoder(content: Content) -> None:
    group = Group(GroupTag.JOB, (Attribute("a", (Value(ValueTag.OCTETS, content),)),))

    with pytest.raises((ValueError, OverflowError)):
        encode(Message(0, 1, (group,)))


def test_an_attribute_without_values_is_refused_by_the_encoder() -> None:
    with pytest.raises(ValueError, match="no value"):
        encode(Message(0, 1, (Group(GroupTag.JOB, (Attribute("a", ()),)),)))


_HEAD = b"\x01\x01\x00\x00\x00\x00\x00\x01"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>busy</html>",
        _HEAD,
        _HEAD + b"\x01",
        _HEAD + b"\x21\x00\x01a\x00\x04\x00\x00\x00\x01\x03",
        _HEAD + b"\x01\x21\x00\x00\x00\x04\x00\x00\x00\x01\x03",
        _HEAD + b"\x01\x21\x00\x01a\x00\x03\x00\x00\x01\x03",
        _HEAD + b"\x01\x21\x00\x01a\x00\x05\x00\x00\x00\x01\x01\x03",
        _HEAD + b"\x01\x21\xff\xffa\x00\x04\x00\x00\x00\x01\x03",
        _HEAD + b"\x01\x22\x00\x01a\x00\x01\x02\x03",
        _HEAD + b"\x01\x34\x00\x01a\x00\x00\x03",
        _HEAD + b"\x01\x34\x00\x01a\x00\x00" + b"\x4a\x00\x00\x00\x01b\x34\x00\x00\x00\x00" * 2000,
        _HEAD + b"\x01\x34\x00\x01a\x00\x00\x4a\x00\x00\x00\x01b\x37\x00\x00\x00\x00\x03",
        _HEAD + b"\x01\x41\x00\x01\xff\x00\x00\x03",
    ],
    ids=[
        "empty",
        "html",
        "header-only",
        "open-group",
        "value-outside-group",
        "further-value-first",
        "short-integer",
        "long-integer",
        "negative-length",
        "boolean-2",
        "open-collection",
        "bottomless-collection",
        "member-without-value",
        "name-not-ascii",
    ],
)
def test_bytes_that_are_no_ipp_are_one_error(data: bytes) -> None:
    with pytest.raises(NotIppError):
        decode(data)


def test_text_that_is_not_utf_8_costs_its_characters_but_not_the_answer() -> None:
    data = _HEAD + b"\x01\x41\x00\x0estatus-message\x00\x04\xcd\xea\xb3\xc9\x03"

    message = decode(data)

    assert "�" in message.group(GroupTag.OPERATION).text("status-message")


def _rich_message() -> bytes:
    size = attribute(ValueTag.INTEGER, "x-dimension", 21000)
    media = attribute(ValueTag.COLLECTION, "media-col", (attribute(ValueTag.COLLECTION, "size", (size,)),))
    groups = (
        Group(GroupTag.OPERATION, (attribute(ValueTag.CHARSET, "attributes-charset", "utf-8"),)),
        Group(
            GroupTag.PRINTER,
            (
                media,
                attribute(ValueTag.KEYWORD, "printer-state-reasons", "none", "media-low-report"),
                attribute(ValueTag.RESOLUTION, "printer-resolution-default", Resolution(600, 600, 3)),
                attribute(ValueTag.RANGE, "copies-supported", Range(1, 99)),
                attribute(ValueTag.NAME_WITH_LANGUAGE, "printer-name", Localized("zh", "打印机")),
                attribute(ValueTag.BOOLEAN, "printer-is-accepting-jobs", True),
            ),
        ),
    )
    return encode(Message(0, 1, groups))


def _mutated(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(changed) + 1)
        match dice.randrange(4):
            case 0:
                changed[at : at + 1] = dice.randbytes(1)
            case 1:
                del changed[at : at + dice.randint(1, 4)]
            case 2:
                changed[at:at] = dice.randbytes(dice.randint(1, 4))
            case _:
                del changed[at + 1 :]
    return bytes(changed)


def _survives(data: bytes) -> bool:
    """True where the bytes were a message, False where they were refused; anything else is raised."""
    try:
        message = decode(data)
    except NotIppError:
        return False
    return message.version[0] in {1, 2}


@pytest.mark.parametrize("seed", range(4))
def test_ten_thousand_damaged_messages_are_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # repeatable damage, no secret
    whole = _rich_message()

    verdicts = [_survives(_mutated(whole, dice)) for _ in range(10_000)]

    assert True in verdicts
    assert False in verdicts


def test_ten_thousand_random_bodies_are_read_or_refused() -> None:
    dice = random.Random(5)  # noqa: S311  # repeatable noise, no secret

    verdicts = [_survives(_HEAD + dice.randbytes(dice.randrange(80))) for _ in range(10_000)]

    assert False in verdicts


def test_every_cut_of_a_message_is_refused() -> None:
    whole = _rich_message()

    verdicts = {_survives(whole[:length]) for length in range(len(whole))}

    assert verdicts == {False}
