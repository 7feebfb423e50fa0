"""Nothing of a reply counts before it is whole, valid, ours and, for receipts, rightly signed."""

from __future__ import annotations

import json
import uuid
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import (
    MAX_PICTURE_BYTES,
    Accepted,
    Found,
    Pickup,
    PlatformCode,
    PlatformFault,
    UnknownPerson,
    pickup_number,
)
from tests.backend_client.forged_platform import (
    DEADLINE,
    MOMENT,
    NAME,
    NUMBER,
    answer_lookup,
    client_of,
    household,
    member,
)
from tests.backend_client.raw_server import RawServer, always, reply_bytes

if TYPE_CHECKING:
    from backend_client.contract import LookupOutcome
    from tests.backend_client.raw_server import Answer


def look_up(answer: Answer) -> LookupOutcome:
    with RawServer(answer) as server:
        return client_of(server.url).look_up(NUMBER, NAME, DEADLINE)


def code_of(outcome: object) -> PlatformCode:
    assert isinstance(outcome, PlatformFault), outcome
    return outcome.code


def test_a_whole_reply_that_is_ours_is_found() -> None:
    outcome = look_up(answer_lookup(household(member())))

    assert outcome == Found(household(member()), member(), name_matches=True)


def test_nobody_registered_is_an_answer_and_no_fault() -> None:
    assert look_up(answer_lookup(None)) == UnknownPerson()


def test_a_household_without_members_is_found_without_applicant() -> None:
    assert look_up(answer_lookup(household())) == Found(household(), None, name_matches=False)


def test_another_name_does_not_match() -> None:
    outcome = look_up(answer_lookup(household(member(name="王样板"))))

    assert isinstance(outcome, Found)
    assert not outcome.name_matches


PICKUP = Pickup(number=pickup_number(bytes(5)), kind="JZ", purpose="school", copies=1, requested_at=MOMENT)


def test_what_waits_for_this_person_comes_with_an_own_reply() -> None:
    outcome = look_up(answer_lookup(household(member()), pickups=(PICKUP,)))

    assert isinstance(outcome, Found)
    assert outcome.pickups == (PICKUP,)
    assert PICKUP.number not in repr(outcome)


@pytest.mark.parametrize(
    "answer",
    [
        answer_lookup(household(member()), citizen_key="f" * 64, pickups=(PICKUP,)),
        answer_lookup(household(member(number="610590199003070048")), pickups=(PICKUP,)),
    ],
    ids=["another person asked", "another household"],
)
def test_what_waits_for_somebody_else_is_not_passed_on(answer: Answer) -> None:
    assert code_of(look_up(answer)) == PlatformCode.NOT_OURS


def test_neither_number_nor_name_leaves_the_kiosk() -> None:
    with RawServer(answer_lookup(None)) as server:
        client_of(server.url).look_up(NUMBER, NAME, DEADLINE)

    sent = server.requests[0].head + server.requests[0].body.decode()
    assert NUMBER not in sent
    assert NAME not in sent


@pytest.mark.parametrize(
    "answer",
    [
        answer_lookup(household(member()), request_id=uuid.uuid4().hex),
        answer_lookup(household(member()), kiosk="CG-KSK-04"),
        answer_lookup(household(member()), citizen_key="f" * 64),
        answer_lookup(household(member(number="610590199003070048"))),
        answer_lookup(None, citizen_key="f" * 64),
    ],
    ids=["another request", "another kiosk", "another person asked", "another household", "another unknown"],
)
def test_a_reply_about_somebody_else_is_not_shown(answer: Answer) -> None:
    assert code_of(look_up(answer)) == PlatformCode.NOT_OURS


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (reply_bytes(b"{}", "500 Internal Server Error"), PlatformCode.SERVER_ERROR),
        (reply_bytes(b"<html>", "502 Bad Gateway"), PlatformCode.SERVER_ERROR),
        (reply_bytes(b"{}", "401 Unauthorized"), PlatformCode.CREDENTIAL),
        (reply_bytes(b"{}", "403 Forbidden"), PlatformCode.CREDENTIAL),
        (reply_bytes(b"{}", "422 Unprocessable Content"), PlatformCode.REFUSED),
        (reply_bytes(b"{}", "429 Too Many Requests"), PlatformCode.REFUSED),
        (reply_bytes(b"", "302 Found", "Location: http://127.0.0.1:9/"), PlatformCode.NOT_THE_CONTRACT),
        (reply_bytes(b"", "302 Found", "Location: http://[::1"), PlatformCode.NOT_THE_CONTRACT),
        (reply_bytes(b"{}", "201 Created"), PlatformCode.NOT_THE_CONTRACT),
        (reply_bytes(b"not json"), PlatformCode.NOT_THE_CONTRACT),
        (reply_bytes(b""), PlatformCode.NOT_THE_CONTRACT),
        (reply_bytes(b"[]"), PlatformCode.NOT_THE_CONTRACT),
        (reply_bytes(b'{"version":"1"} trailing'), PlatformCode.NOT_THE_CONTRACT),
        (reply_bytes(b'{"version":"1","more":1}'), PlatformCode.NOT_THE_CONTRACT),
        (reply_bytes(b'{"version":1}'), PlatformCode.NOT_THE_CONTRACT),
        (reply_bytes(b'{"version":"\xff"}'), PlatformCode.NOT_THE_CONTRACT),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b'{"version":"1"}', PlatformCode.HALF_REPLY),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}", PlatformCode.HALF_REPLY),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n{}", PlatformCode.NOT_THE_CONTRACT),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n{}", PlatformCode.HALF_REPLY),
        (b"\x00\x01\x02 not HTTP at all\r\n\r\n", PlatformCode.HALF_REPLY),
        (b"", PlatformCode.HALF_REPLY),
    ],
)
def test_every_bad_reply_has_its_code(reply: bytes, expected: PlatformCode) -> None:
    with RawServer(always(reply)) as server:
        outcome = client_of(server.url).health(DEADLINE)

    assert code_of(outcome) == expected


@pytest.mark.parametrize("content", [b"another picture", b""])
def test_a_picture_is_the_one_that_its_name_stands_for_or_none(content: bytes) -> None:
    name = sha256(b"this picture").hexdigest()
    with RawServer(always(reply_bytes(content))) as server:
        outcome = client_of(server.url).picture(name, DEADLINE)

    assert outcome == PlatformFault(PlatformCode.NOT_THE_CONTRACT, "picture")


def test_the_largest_picture_comes_and_of_a_larger_one_nothing_is_read() -> None:
    largest = bytes(MAX_PICTURE_BYTES)
    with RawServer(always(reply_bytes(largest))) as server:
        assert client_of(server.url).picture(sha256(largest).hexdigest(), DEADLINE) == largest

    # Only the length of it is sent: whoever waited for more would find the reply cut off.
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {MAX_PICTURE_BYTES + 1}\r\n\r\n".encode()
    with RawServer(always(head)) as server:
        outcome = client_of(server.url).picture("0" * 64, DEADLINE)

    assert outcome == PlatformFault(PlatformCode.NOT_THE_CONTRACT, "too large")


def test_a_refusal_repeats_the_platforms_code_and_nothing_else() -> None:
    content = json.dumps({"code": "PLT-04", "title": "secret words", "detail": NUMBER}).encode()
    with RawServer(always(reply_bytes(content, "422 Unprocessable Content"))) as server:
        outcome = client_of(server.url).health(DEADLINE)

    assert outcome == PlatformFault(PlatformCode.REFUSED, "422 PLT-04")


def test_what_a_stranger_on_the_line_sets_is_not_sent_to_the_platform() -> None:
    cookies = ("Set-Cookie: portal=yes; path=/", f"Set-Cookie: much={'x' * 9000}")
    with RawServer(always(reply_bytes(b'{"version":"1"}', "200 OK", *cookies))) as server:
        client = client_of(server.url)
        outcomes = [client.health(DEADLINE) for _ in range(3)]

    assert outcomes == [Accepted("1")] * 3
    assert all("cookie" not in request.head.lower() for request in server.requests)


def test_a_kept_connection_that_the_platform_closed_is_opened_anew() -> None:
    with RawServer(always(reply_bytes(b'{"version":"1"}'))) as server:
        client = client_of(server.url)
        outcomes = [client.health(DEADLINE) for _ in range(5)]

    assert outcomes == [Accepted("1")] * 5


def test_a_person_never_shows_in_a_repr() -> None:
    outcome = look_up(answer_lookup(household(member())))

    assert member().citizen_key not in repr(outcome)
    assert member().masked_name not in repr(outcome)
