"""What a platform would answer, made by hand: households and receipts, with a flaw if wanted."""

from __future__ import annotations

import base64
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend_client.client import PlatformClient
from backend_client.contract import (
    Address,
    CertificateRecord,
    Grid,
    Household,
    HukouType,
    ItemReceipt,
    LookupReply,
    Member,
    MemberStatus,
    PaperState,
    Receipt,
    RecordItem,
    Residence,
    ResidenceMode,
    Verdict,
    citizen_key,
    name_key,
    receipt_bytes,
)
from tests.backend_client.raw_server import reply_bytes

if TYPE_CHECKING:
    import socket

    from tests.backend_client.raw_server import Answer, Request

KIOSK, SECRET = "CG-KSK-03", "0" * 64
LOOKUP_KEY = bytes(range(32))
SIGNING_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
NUMBER, NAME = "610590199003070021", "王样本"
MOMENT = datetime(2026, 11, 22, 9, 41, tzinfo=UTC)
DEADLINE = timedelta(seconds=5)
_DAY = date(2025, 3, 5)


def client_of(url: str) -> PlatformClient:
    """A client that trusts the hand-made platform."""
    return PlatformClient(url, KIOSK, SECRET, LOOKUP_KEY, SIGNING_KEY.public_key().public_bytes_raw())


def member(number: str = NUMBER, name: str = NAME) -> Member:
    """One member present."""
    return Member(
        person_id="HH000001-01",
        citizen_key=citizen_key(LOOKUP_KEY, number),
        name_key=name_key(LOOKUP_KEY, name),
        masked_name="王××",
        sex="2",
        birth=date(1990, 3, 7),
        relation_code="02",
        status=MemberStatus.PRESENT,
        since=_DAY,
    )


def household(*members: Member) -> Household:
    """A household of these members."""
    address = Address(county="澄城县", street="城关街道", community="乐楼社区", code="610525001003000012")
    grid = Grid(number=7, name="第07网格", officer="李某", phone="0913-0000207")
    residence = Residence(
        mode=ResidenceMode.OWN, address=address, registered_on=_DAY, verified_on=_DAY, grid=grid
    )
    return Household(
        household_id="HH000001",
        hukou_type=HukouType.FAMILY,
        members=members,
        residence=residence,
        record_version=1,
        as_of=MOMENT,
    )


def lookup_content(request: Request, found: Household | None, **flaws: Any) -> bytes:
    """The content of a right reply to this request, but for the flaws."""
    asked = request.json()
    fields = {"request_id": asked["request_id"], "kiosk": KIOSK, "citizen_key": asked["citizen_key"], **flaws}
    return LookupReply(**fields, household=found).model_dump_json().encode()


def answer_lookup(found: Household | None, **flaws: Any) -> Answer:
    """Answers lookups."""

    def answer(connection: socket.socket, request: Request) -> None:
        connection.sendall(reply_bytes(lookup_content(request, found, **flaws)))

    return answer


def record() -> RecordItem:
    """Something owed."""
    body = CertificateRecord(
        number="610525001003-JZ-2026-000123-7",
        kind="JZ",
        state=PaperState.PRINTED,
        session=str(uuid.uuid4()),
        household_id="HH000001",
        person_id="HH000001-01",
        citizen_key="0" * 64,
        record_version=1,
        purpose="school",
        copies=1,
        document_sha256="a" * 64,
        prepared_at=MOMENT,
        settled_at=MOMENT,
    )
    return RecordItem(id=str(uuid.uuid4()), body=body)


def receipt_content(batch_id: str, delivered: tuple[RecordItem, ...], /, **flaws: Any) -> bytes:
    """A signed receipt for these items; flaws other than `signature` are signed as well."""
    receipts = tuple(ItemReceipt(id=item.id, verdict=Verdict.STORED) for item in delivered)
    fields = {"batch_id": batch_id, "kiosk": KIOSK, "items": receipts, "received_at": MOMENT, "signature": ""}
    receipt = Receipt(**{**fields, **flaws})
    signature = flaws.get("signature") or base64.b64encode(SIGNING_KEY.sign(receipt_bytes(receipt))).decode()
    return receipt.model_copy(update={"signature": signature}).model_dump_json().encode()
