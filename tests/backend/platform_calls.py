"""Records, numbers and plain HTTP for tests of the platform."""

from __future__ import annotations

import http.client
import json
import secrets
import tomllib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from backend.received_items import ReceivedItem, read_item
from backend_client.client import PlatformClient
from backend_client.contract import (
    PICKUP_BYTES,
    SCHEMA_VERSION,
    CertificateRecord,
    ClockState,
    Delivered,
    Found,
    GapRecord,
    MissingSerials,
    NumberBlock,
    NumberBlockRequest,
    NumbersReserved,
    PaperState,
    PickupRecord,
    RatingRecord,
    RecordItem,
    SettlementRecord,
    Stamp,
    certificate_number,
    pickup_number,
)
from backend_client.keys import load_keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from backend_client.contract import Verdict

DEADLINE = timedelta(seconds=10)
MOMENT = datetime(2026, 11, 22, 9, 41, tzinfo=UTC)
STAMP = Stamp(wall=MOMENT, monotonic_ms=3_456_000_000, boot_id="b" * 32, clock=ClockState.SYNCED)


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


def deliver(client: PlatformClient, *items: RecordItem) -> list[tuple[Verdict, str]]:
    """Verdict and reason for each item of one batch."""
    outcome = client.deliver(str(uuid.uuid4()), items, DEADLINE)
    assert isinstance(outcome, Delivered)
    return [(item.verdict, item.reason) for item in outcome.receipt.items]


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
    return item_of(CertificateRecord(**fields))


def settlement_of(number: str, state: PaperState = PaperState.PRINTED, attempt: int = 1) -> RecordItem:
    """What a resident said about an attempt."""
    return item_of(
        SettlementRecord(
            number=number, attempt=attempt, state=state, settled_by="resident", settled_at=MOMENT
        )
    )


def pickup_of(citizen_key: str = "0" * 64, **changes: Any) -> RecordItem:
    """A certificate that was asked for while the line was down."""
    fields = {
        "number": pickup_number(secrets.token_bytes(PICKUP_BYTES)),
        "kind": "JZ",
        "session": str(uuid.uuid4()),
        "citizen_key": citizen_key,
        "purpose": "school",
        "copies": 1,
        "reason": "record_too_old",
        "requested_at": MOMENT,
        "requested": STAMP,
        **changes,
    }
    return item_of(PickupRecord(**fields))


def gap_of(**changes: Any) -> RecordItem:
    """A damaged store that was restored from a backup of the night before."""
    fields = {
        "since": MOMENT - timedelta(hours=9),
        "ended_ledger": f"community-kiosk/{'K' * 40}/0123456789abcdef",
        "missing": (MissingSerials(block_id="b1", first=11, last=14),),
        "noticed": STAMP,
        **changes,
    }
    return item_of(GapRecord(**fields))


def rating_of(number: str, grade: int = 5, **changes: Any) -> RecordItem:
    """What somebody said of the service of this number."""
    return item_of(
        RatingRecord(**{"number": number, "grade": grade, "rated_at": MOMENT, "rated": STAMP, **changes})
    )


def item_of(
    body: CertificateRecord | SettlementRecord | PickupRecord | GapRecord | RatingRecord,
) -> RecordItem:
    """A body under a fresh id, in today's schema."""
    return RecordItem(id=str(uuid.uuid4()), schema_version=SCHEMA_VERSION, body=body)


def number_of(item: RecordItem) -> str:
    """The number that a record is about."""
    assert not isinstance(item.body, GapRecord)
    return item.body.number


def received(*items: RecordItem) -> tuple[ReceivedItem, ...]:
    """The items as the platform reads them off the wire."""
    read = tuple(read_item(item.model_dump(mode="json", exclude_unset=True)) for item in items)
    return tuple(each for each in read if isinstance(each, ReceivedItem))


def fresh_number(client: PlatformClient) -> str:
    """A number that nobody has used yet."""
    block = new_block(client, 1)
    return certificate_number(block, block.first)
