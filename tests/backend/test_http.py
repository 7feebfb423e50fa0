"""Who may ask, and what an error says: a stable code and nothing that the caller had sent."""

from __future__ import annotations

import json
import re
import socket
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from backend.demo.pictures import picture_rows
from backend_client.contract import Problem
from tests.backend.platform_calls import call
from tests.backend.platform_process import PlatformProcess

if TYPE_CHECKING:
    from pathlib import Path

    from tests.backend.platform_calls import Reply
    from tests.backend.platform_fixtures import Town

KIOSK_ROUTES = [
    ("POST", "/v1/households/lookup"),
    ("POST", "/v1/number-blocks"),
    ("POST", "/v1/records"),
    ("GET", "/v1/papers"),
    ("POST", "/v1/ledger"),
    ("GET", "/v1/register"),
    ("GET", "/v1/notices"),
    ("GET", "/v1/organisations"),
    ("GET", "/v1/links"),
    ("GET", "/v1/pictures/{name}"),
]
SENSITIVE = re.compile(
    r"prison|releas|drug|rehab|addict|petition|cult|crim|offen|health|disab|diseas|marital|religion|politic"
    r"|photo|finger|face|citizen_number|id_number|welfare_flag"
)


def problem(reply: Reply) -> tuple[int, str]:
    assert reply.headers["content-type"] == "application/problem+json"
    return reply.status, Problem.model_validate_json(reply.body).code


def lookup_body(**changes: Any) -> bytes:
    return json.dumps({"request_id": uuid.uuid4().hex, "citizen_key": "0" * 64, **changes}).encode()


@pytest.mark.parametrize(("method", "path"), KIOSK_ROUTES)
def test_every_kiosk_route_asks_for_a_credential(town: Town, method: str, path: str) -> None:
    reply = call(town.url, method, path, b"{}" if method == "POST" else None)

    assert problem(reply) == (401, "PLT-03")


def test_a_picture_may_be_kept_for_good(town: Town) -> None:
    name = picture_rows()[0]["name"]

    reply = call(town.url, "GET", f"/v1/pictures/{name}", credential=town.credential())

    assert (reply.status, reply.headers["content-type"]) == (200, "image/png")
    assert "immutable" in reply.headers["cache-control"]


@pytest.mark.parametrize(
    "credential",
    ["", "CG-KSK-03", "CG-KSK-03.", f"CG-KSK-03.{'0' * 64}", f"CG-KSK-99.{'0' * 64}", "." * 500, "a.\xff"],
)
def test_a_wrong_credential_opens_nothing_and_is_not_repeated(town: Town, credential: str) -> None:
    reply = call(town.url, "GET", "/v1/notices", credential=credential or "x")

    assert problem(reply) == (401, "PLT-03")
    assert b"KSK" not in reply.body


def test_the_secret_of_one_kiosk_does_not_open_for_another(town: Town) -> None:
    secret = town.credential("CG-KSK-04").partition(".")[2]

    reply = call(town.url, "GET", "/v1/notices", credential=f"CG-KSK-03.{secret}")

    assert problem(reply) == (401, "PLT-03")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'{"request_id":"12345678"}',
        lookup_body(citizen_key="Z" * 64),
        lookup_body(name="wangxiumei"),
        lookup_body(request_id="a\x00bcdefgh"),
        lookup_body(request_id="x" * 100),
        lookup_body(request_id="\ud800" * 10),
        b"[" * 100_000,
        b'{"request_id":"\xff\xfe345678"}',
    ],
    ids=range(11),
)
def test_a_malformed_lookup_is_refused_without_an_echo(town: Town, body: bytes) -> None:
    reply = call(town.url, "POST", "/v1/households/lookup", body, town.credential())

    status, code = problem(reply)
    assert (status in {400, 422}, code) == (True, "PLT-04")
    assert b"wangxiumei" not in reply.body
    assert b"ZZZZ" not in reply.body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        json.dumps({"batch_id": "x", "items": []}).encode(),
        json.dumps({"batch_id": str(uuid.uuid4()), "items": []}).encode(),
        json.dumps({"batch_id": str(uuid.uuid4()), "items": [{"body": {}}]}).encode(),
        json.dumps({"batch_id": str(uuid.uuid4()), "items": [{"id": "\x00" * 36}]}).encode(),
        json.dumps({"batch_id": str(uuid.uuid4()), "items": [{"id": str(uuid.uuid4())}] * 501}).encode(),
    ],
    ids=range(8),
)
def test_a_batch_whose_items_cannot_be_named_is_refused_whole(town: Town, body: bytes) -> None:
    reply = call(town.url, "POST", "/v1/records", body, town.credential())

    assert problem(reply) == (422, "PLT-04")


def test_a_nul_in_a_number_request_is_refused(town: Town) -> None:
    body = json.dumps({"request_id": "12345678\x00", "kind": "JZ", "count": 1}).encode()

    reply = call(town.url, "POST", "/v1/number-blocks", body, town.credential())

    assert problem(reply) == (422, "PLT-04")


def test_a_body_of_more_than_2_mib_is_refused_before_it_is_read(town: Town) -> None:
    with socket.create_connection((urlsplit(town.url).hostname, urlsplit(town.url).port), timeout=10) as line:
        line.sendall(b"POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")

        status_line = line.makefile("rb").readline()

    assert status_line.split()[1] == b"413"


def test_an_unannounced_body_is_counted_while_it_comes(town: Town) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with socket.create_connection((urlsplit(town.url).hostname, urlsplit(town.url).port), timeout=10) as line:
        head = f"POST /v1/records HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {town.credential()}\r\n"
        line.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 33)

        status_line = line.makefile("rb").readline()

    assert status_line.split()[1] == b"413"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [("GET", "/nowhere", (404, "PLT-01")), ("GET", "/v1/records", (405, "PLT-02"))],
)
def test_wrong_addresses_get_a_problem_too(
    town: Town, method: str, path: str, expected: tuple[int, str]
) -> None:
    assert problem(call(town.url, method, path)) == expected


def test_health_is_open_to_everyone(town: Town) -> None:
    assert call(town.url, "GET", "/healthz").json() == {"version": "0.1.0"}


def test_the_api_has_no_field_for_sensitive_categories_and_none_for_a_citizen_number(town: Town) -> None:
    document = call(town.url, "GET", "/openapi.json").json()

    fields = {
        name for schema in document["components"]["schemas"].values() for name in schema.get("properties", {})
    }
    assert {"masked_name", "citizen_key", "document_sha256"} <= fields
    assert [name for name in fields if SENSITIVE.search(name)] == []
    assert "name" not in document["components"]["schemas"]["Member"]["properties"]


def test_the_openapi_document_is_the_same_every_time(tmp_path: Path) -> None:
    process = PlatformProcess(tmp_path)

    first, second = (process.describe() for _ in range(2))

    assert first == second
    assert set(json.loads(first)["paths"]) >= {path for _, path in KIOSK_ROUTES}


def test_a_revoked_kiosk_and_an_old_credential_are_refused(tmp_path: Path) -> None:
    with PlatformProcess(tmp_path) as process:
        old = (process.enrol("CG-KSK-07") / "credential").read_text(encoding="ascii").strip()
        new = (process.enrol("CG-KSK-07") / "credential").read_text(encoding="ascii").strip()
        replies = [call(process.url, "GET", "/v1/notices", credential=each).status for each in (old, new)]
        process.run("revoke", "CG-KSK-07")
        after = call(process.url, "GET", "/v1/notices", credential=new).status

    assert replies == [401, 200]
    assert after == 401
