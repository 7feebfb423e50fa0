"""A receipt counts only whole, for this very batch and signed; numbers only as they were asked for."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

import pytest

from backend_client.contract import (
    ItemReceipt,
    NumberBlockRequest,
    NumbersReserved,
    PlatformCode,
    PlatformFault,
    Verdict,
)
from tests.backend_client.forged_platform import DEADLINE, KIOSK, client_of, receipt_content, record
from tests.backend_client.raw_server import RawServer, always, reply_bytes

BATCH = "00000000-0000-4000-8000-000000000001"


def code_of(outcome: object) -> PlatformCode:
    assert isinstance(outcome, PlatformFault), outcome
    return outcome.code


@pytest.mark.parametrize(
    ("flaws", "expected"),
    [
        ({"kiosk": "CG-KSK-04"}, PlatformCode.NOT_OURS),
        ({"batch_id": str(uuid.uuid4())}, PlatformCode.NOT_OURS),
        ({"items": ()}, PlatformCode.NOT_OURS),
        ({"items": (ItemReceipt(id=str(uuid.uuid4()), verdict=Verdict.STORED),)}, PlatformCode.NOT_OURS),
        ({"signature": base64.b64encode(bytes(64)).decode()}, PlatformCode.BAD_SIGNATURE),
        ({"signature": "not base64"}, PlatformCode.BAD_SIGNATURE),
        ({"signature": "AAAA"}, PlatformCode.BAD_SIGNATURE),
    ],
)
def test_a_receipt_that_is_not_for_this_batch_or_not_signed_delivers_nothing(
    flaws: dict[str, Any], expected: PlatformCode
) -> None:
    items = (record(),)

    with RawServer(always(reply_bytes(receipt_content(BATCH, items, **flaws)))) as server:
        outcome = client_of(server.url).deliver(BATCH, items, DEADLINE)

    assert code_of(outcome) == expected


def test_a_receipt_changed_after_it_was_signed_delivers_nothing() -> None:
    items = (record(),)
    content = receipt_content(BATCH, items, items=(ItemReceipt(id=items[0].id, verdict=Verdict.REFUSED),))

    forged = content.replace(b'"refused"', b'"stored"')
    with RawServer(always(reply_bytes(forged))) as server:
        outcome = client_of(server.url).deliver(BATCH, items, DEADLINE)

    assert code_of(outcome) == PlatformCode.BAD_SIGNATURE


def test_a_receipt_has_to_name_the_items_in_their_order_each_once() -> None:
    first, second = record(), record()

    with RawServer(always(reply_bytes(receipt_content(BATCH, (second, first))))) as server:
        outcome = client_of(server.url).deliver(BATCH, (first, second), DEADLINE)

    assert code_of(outcome) == PlatformCode.NOT_OURS


REQUEST = NumberBlockRequest(request_id="12345678", kind="JZ", count=5)
BLOCK = {
    "request_id": "12345678",
    "kiosk": KIOSK,
    "block_id": "b1",
    "community": "610525001003",
    "kind": "JZ",
    "year": 2026,
    "first": 1,
    "count": 5,
    "code_key": base64.b64encode(bytes(32)).decode(),
    "expires_on": "2026-12-22",
}


@pytest.mark.parametrize(
    ("flaw", "expected"),
    [
        ({"request_id": "87654321"}, PlatformCode.NOT_OURS),
        ({"kiosk": "CG-KSK-04"}, PlatformCode.NOT_OURS),
        ({"count": 6}, PlatformCode.NOT_THE_CONTRACT),
        ({"kind": "ZZ"}, PlatformCode.NOT_THE_CONTRACT),
        ({"code_key": "short"}, PlatformCode.NOT_THE_CONTRACT),
        ({"first": 0}, PlatformCode.NOT_THE_CONTRACT),
    ],
)
def test_a_number_block_that_is_not_as_asked_is_not_used(
    flaw: dict[str, Any], expected: PlatformCode
) -> None:
    content = json.dumps({**BLOCK, **flaw}).encode()

    with RawServer(always(reply_bytes(content))) as server:
        outcome = client_of(server.url).reserve_numbers(REQUEST, DEADLINE)

    assert code_of(outcome) == expected


def test_a_number_block_as_asked_is_reserved() -> None:
    with RawServer(always(reply_bytes(json.dumps(BLOCK).encode()))) as server:
        outcome = client_of(server.url).reserve_numbers(REQUEST, DEADLINE)

    assert isinstance(outcome, NumbersReserved)
