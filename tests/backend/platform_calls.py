"""Records, numbers and plain HTTP for tests of the platform."""

from __future__ import annotations

import http.client
import json
import tomllib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from backend_client.client import PlatformClient
from backend_client.contract import (
    CertificateRecord,
    Found,
    NumberBlock,
    NumberBlockRequest,
    NumbersReserved,
    PaperState,
    RecordItem,
    SettlementRecord,
    certificate_number,
)
from backend_client.keys import load_keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DEADLINE = timedelta(seconds=10)
MOMENT = datetime(2026, 11, 22, 9, 41, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole HTTP reply."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def client_for(url: str, keys_dir: Path) -> PlatformClient:
    """A client with the keys of this directory."""
    keys = load_keys(keys_dir)
    return PlatformClient(url, keys.kiosk, keys.secret, keys.lookup_key, keys.receipt_public_key)


def call(url: str, method: str, path: str, body: bytes | None = None, credential: str = "") -> Reply:
    """One request without any help of a client."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    headers = {"Content-Type": "application/json"}
    if credential:
        headers["Authorization"] = f"Bearer {credential}"
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    reply = Reply(response.status, dict(response.getheaders()), response.read())
    connection.close()
    return reply


def read_card(cards: Path, stem: str) -> dict[str, Any]:
    """What stands on the card of a story."""
    return tomllib.loads((cards / f"{stem}.toml").read_text(encoding="utf-8"))


def new_block(client: PlatformClient, count: int = 20, request_id: str = "") -> NumberBlock:
    """A block of numbers for this client's kiosk."""
    request = NumberBlockRequest(request_id=request_id or uuid.uuid4().hex, kind="JZ", count=count)
    outcome = client.reserve_numbers(request, DEADLINE)
    assert isinstance(outcome, NumbersReserved)
    return outcome.block


def look_up(client: PlatformClient, card: Mapping[str, Any]) -> Found:
    """The household of a card that has one."""
    found = client.look_up(card["number"], card["name"], DEADLINE)
    assert isinstance(found, Found)
    return found


def record_of(number: str, state: PaperState = PaperState.PRINTED, **changes: Any) -> RecordItem:
    """A record of one number; without changes it is of nobody in the register."""
    fields = {
        "number": number,
        "kind": "JZ",
        "state": state,
        "session": str(uuid.uuid4()),
        "household_id": "HH999999",
        "person_id": "HH999999-01",
        "citizen_key": "0" * 64,
        "record_version": 1,
        "purpose": "school",
        "copies": 1,
        "document_sha256": "a" * 64,
        "prepared_at": MOMENT,
        "settled_at": MOMENT + timedelta(minutes=1),
        **changes,
    }
    return RecordItem(id=str(uuid.uuid4()), body=CertificateRecord(**fields))


def settlement_of(number: str, state: PaperState = PaperState.PRINTED) -> RecordItem:
    """What a resident said about a number."""
    body = SettlementRecord(number=number, state=state, settled_by="resident", settled_at=MOMENT)
    return RecordItem(id=str(uuid.uuid4()), body=body)


def fresh_number(client: PlatformClient) -> str:
    """A number that nobody has used yet."""
    block = new_block(client, 1)
    return certificate_number(block, block.first)
