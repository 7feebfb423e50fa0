"""What the kiosk owes the platform: one record per certificate number, and what became of it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from backend_client.contract.household import KEY
from backend_client.contract.wire import Wire

# The platform tells whoever verifies a paper the day that its record says; this where it says none.
VALIDITY = timedelta(days=30)  # of a residence certificate, from the day of issue

ITEM_ID = r"^[0-9a-f-]{36}$"


class PaperState(StrEnum):
    """What is known about the paper of a number."""

    PRINTED = "printed"
    VOIDED = "voided"  # no paper came out, or a person said that none complete did; the number is spent
    UNCERTAIN = "uncertain"  # waits for a person


class CertificateRecord(Wire):
    """One number and its paper. No name, no citizen number: ids of the platform's own register."""

    type: Literal["certificate"] = "certificate"
    number: str
    kind: str = Field(pattern=r"^[A-Z]{2}$")
    state: PaperState
    reason: str = ""  # stable code where voided or uncertain
    session: str
    household_id: str
    person_id: str
    citizen_key: str = Field(pattern=KEY)
    record_version: int
    purpose: str  # key of the purpose, such as "school"
    copies: int = Field(ge=1, le=9)
    document_sha256: str = Field(pattern=r"^([0-9a-f]{64})?$")  # "" where voided before it was rendered
    valid_until: date | None = None  # as printed: counts to the end of this day, local; None = nothing said
    job_uuid: str = ""
    prepared_at: datetime
    settled_at: datetime


class SettlementRecord(Wire):
    """What a person said about a number that had been uncertain."""

    type: Literal["settlement"] = "settlement"
    number: str
    state: PaperState
    settled_by: str  # "resident" or a staff id
    settled_at: datetime


class RecordItem(Wire):
    """One thing owed, with an id of its own that never expires."""

    id: str = Field(pattern=ITEM_ID)
    schema_version: int = Field(default=1, ge=1)
    body: Annotated[CertificateRecord | SettlementRecord, Field(discriminator="type")]


class RecordBatch(Wire):
    """POST /v1/records."""

    batch_id: str = Field(pattern=ITEM_ID)
    items: tuple[RecordItem, ...] = Field(min_length=1, max_length=500)


class Verdict(StrEnum):
    """Per item. Only STORED and DUPLICATE let a row leave the outbox."""

    STORED = "stored"
    DUPLICATE = "duplicate"  # the same id with the same content was there already
    CONFLICT = "conflict"  # the same id or number with other content
    REFUSED = "refused"  # will never be taken as it is
    LATER = "later"  # send it again


class ItemReceipt(Wire):
    """The verdict on one item."""

    id: str
    verdict: Verdict
    reason: str = ""


class Receipt(Wire):
    """The signed answer to a batch; it counts only when whole, ours and rightly signed."""

    batch_id: str
    kiosk: str
    items: tuple[ItemReceipt, ...]
    received_at: datetime
    signature: str  # base64 Ed25519 over receipt_bytes


def receipt_bytes(receipt: Receipt) -> bytes:
    """What the platform signs: canonical JSON of all but the signature."""
    content = receipt.model_dump(mode="json", exclude={"signature"})
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


class VerificationState(StrEnum):
    """What GET /v1/verify/{number} says to anyone who holds the paper."""

    VALID = "valid"
    EXPIRED = "expired"
    VOIDED = "voided"
    NOT_YET_REPORTED = "not_yet_reported"  # the number was given to a kiosk that has not reported it yet
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"  # no such number, or the check code does not belong to it: never told apart


class Verification(Wire):
    """Minimal, without log-in: enough to compare with the paper in hand, nothing to collect."""

    number: str
    state: VerificationState
    kind: str = ""
    masked_name: str = ""
    purpose: str = ""
    issuer: str = ""
    issued_at: datetime | None = None
    valid_until: datetime | None = None
