"""What the platform says of ledger, register and papers counts for the kiosk that asked, and as a whole."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from backend_client.contract import (
    KnownPapers,
    LedgerAnswer,
    LedgerGrowth,
    PlatformCode,
    PlatformFault,
    RegisterPage,
    name_key,
)
from tests.backend_client.forged_platform import DEADLINE, KIOSK, LOOKUP_KEY, NAME, client_of
from tests.backend_client.raw_server import RawServer, always, reply_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.client import PlatformClient

    Ask = Callable[[PlatformClient], object]

GROWTH = LedgerGrowth(checkpoint="note", from_size=3, proof=(base64.b64encode(bytes(32)).decode(),))
ENTRY = {"entry": "a" * 32, "tag": "b" * 32, "sealed": "AAAA"}
PAGE = {
    "kiosk": KIOSK,
    "epoch": "e1",
    "salt": "0" * 32,
    "cost": 14,
    "entries": [ENTRY, {"entry": "c" * 32, "removed": True}],
    "cursor": "1:HH000001:0",
    "complete": True,
    "as_of": "2026-11-23T08:00:00Z",
}
ANSWER = {"kiosk": KIOSK, "verdict": "countersigned", "checkpoint": "note"}
PAPERS = {"kiosk": KIOSK, "items": [], "blocks": [], "next": ""}


def ask_page(client: PlatformClient) -> object:
    return client.register_page("1:HH 1&limit=9", 200, DEADLINE)


def ask_growth(client: PlatformClient) -> object:
    return client.witness(GROWTH, DEADLINE)


def ask_papers(client: PlatformClient) -> object:
    return client.known_papers("x&y", DEADLINE)


def answer_to(ask: Ask, content: dict[str, Any]) -> tuple[object, str]:
    """What the client makes of this reply, and what it asked."""
    with RawServer(always(reply_bytes(json.dumps(content).encode()))) as server:
        outcome = ask(client_of(server.url))
    return outcome, server.requests[0].head.splitlines()[0]


@pytest.mark.parametrize(
    ("ask", "content", "kind", "asked"),
    [
        (ask_page, PAGE, RegisterPage, "GET /v1/register?cursor=1%3AHH+1%26limit%3D9&limit=200 HTTP/1.1"),
        (ask_growth, ANSWER, LedgerAnswer, "POST /v1/ledger HTTP/1.1"),
        (ask_papers, PAPERS, KnownPapers, "GET /v1/papers?after=x%26y HTTP/1.1"),
    ],
)
def test_a_whole_answer_to_this_kiosk_counts(
    ask: Ask, content: dict[str, Any], kind: type, asked: str
) -> None:
    outcome, request = answer_to(ask, content)

    assert isinstance(outcome, kind)
    assert request == asked


@pytest.mark.parametrize(("ask", "content"), [(ask_page, PAGE), (ask_growth, ANSWER), (ask_papers, PAPERS)])
def test_an_answer_to_another_kiosk_does_not_count(ask: Ask, content: dict[str, Any]) -> None:
    outcome, _ = answer_to(ask, content | {"kiosk": "CG-KSK-04"})

    assert isinstance(outcome, PlatformFault)
    assert outcome.code == PlatformCode.NOT_OURS


@pytest.mark.parametrize(
    "flaw",
    [
        {"cost": 9},
        {"cost": 21},
        {"salt": "0" * 30},
        {"epoch": ""},
        {"entries": [ENTRY] * 501},
        {"entries": [ENTRY | {"entry": "A" * 32}]},
        {"entries": [ENTRY | {"tag": "b" * 31}]},
        {"entries": [ENTRY | {"tag": ""}]},
        {"entries": [ENTRY | {"sealed": ""}]},
        {"entries": [ENTRY | {"sealed": "AAA"}]},
        {"entries": [ENTRY | {"sealed": "not base64"}]},
        {"entries": [ENTRY, ENTRY | {"name": "王样本"}]},
        {"complete": "maybe"},
        {"as_of": "yesterday"},
        {"more": 1},
    ],
    ids=json.dumps,
)
def test_a_page_that_could_not_be_kept_is_not_the_contract(flaw: dict[str, Any]) -> None:
    outcome, _ = answer_to(ask_page, PAGE | flaw)

    assert isinstance(outcome, PlatformFault)
    assert outcome.code == PlatformCode.NOT_THE_CONTRACT


def test_the_largest_page_that_the_contract_allows_gets_through() -> None:
    """500 records of 2 kB each: a household with long names and addresses has less."""
    large = ENTRY | {"sealed": base64.b64encode(bytes(2000)).decode()}

    outcome, _ = answer_to(ask_page, PAGE | {"entries": [large] * 500})

    assert isinstance(outcome, RegisterPage)
    assert len(outcome.entries) == 500


def test_a_growth_is_sent_as_it_is() -> None:
    with RawServer(always(reply_bytes(json.dumps(ANSWER).encode()))) as server:
        client_of(server.url).witness(GROWTH, DEADLINE)

    assert LedgerGrowth.model_validate_json(server.requests[0].body) == GROWTH


def test_a_name_leaves_as_a_keyed_hash_only() -> None:
    client = client_of("http://127.0.0.1:1")

    assert client.name_key(NAME) == name_key(LOOKUP_KEY, NAME)
    assert NAME not in client.name_key(NAME)
