"""An item goes over the wire with the very fields that it was stored with, however new the program is."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from backend_client.contract import RecordItem
from tests.backend.platform_calls import pickup_of, record_of
from tests.backend_client.forged_platform import DEADLINE, client_of
from tests.backend_client.raw_server import RawServer, always, reply_bytes

NUMBER = "610525001003-JZ-2026-000123-7"


def sent(item: RecordItem) -> dict[str, Any]:
    """How the item stands in the request."""
    with RawServer(always(reply_bytes(b"{}"))) as server:
        client_of(server.url).deliver(str(uuid.uuid4()), (item,), DEADLINE)
    [only] = server.requests[0].json()["items"]
    assert isinstance(only, dict)
    return only


def as_of_schema_1() -> dict[str, Any]:
    """As the first program stored it: no attempt, no stamps, no schema number."""
    stored = record_of(NUMBER).model_dump(mode="json", exclude_unset=True)
    del stored["schema_version"]
    return stored


@pytest.mark.parametrize(
    "stored",
    [
        as_of_schema_1(),
        as_of_schema_1() | {"schema_version": 2},
        record_of(NUMBER).model_dump(mode="json"),
        record_of(NUMBER, attempt=2).model_dump(mode="json", exclude_unset=True),
        pickup_of().model_dump(mode="json"),
    ],
    ids=["schema 1", "schema 2", "all of today's", "some of today's", "a pick-up"],
)
def test_an_item_is_sent_as_it_was_stored(stored: dict[str, Any]) -> None:
    item = RecordItem.model_validate_json(json.dumps(stored))

    assert sent(item) == stored
