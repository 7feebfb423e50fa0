"""What the kiosk owes the platform: one record per certificate number, and what became of it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from backend_client.contract.household import KEY
from backend_client.contract.numbers import PICKUP_FORM
from backend_client.contract.stamp import Stamp
from backend_client.contract.wire import PersonalWire, Wire

# The platform tells whoever verifies a paper the day that its record says; this where it says none.
VALIDITY = timedelta(days=30)  # of a residence certificate, from the day of issue

ITEM_ID = r"^[0-9a-f-]{36}$"

# 1 = without the last day, 2 = with it, 3 = attempts, stamps, offline issues, pick-ups and gaps, 4 = ratings.
SCHEMA_VERSION = 4
OLDEST_SCHEMA = 1  # the platform takes these four


class PaperState(StrEnum):
    """What is known about the paper of a number."""

    PRINTED = "printed"
    VOIDED = "voided"  # no paper came out, or a person said that none complete did; the number is spent
    UNCERTAIN = "uncertain"  # waits for a person


class _Body(PersonalWire):
    """A record names its type on the wire, also where nobody set it: `exclude_unset` must not drop it."""

    def model_post_init(self, _context: Any) -> None:
        self.__pydantic_fields_set__.add("type")


class CertificateRecord(_Body):
    """One attempt to print one number, and its paper. No name, no citizen number: the register's own ids."""

    type: Literal["certificate"] = "certificate"
    number: str
    kind: str = Field(pattern=r"^[A-Z]{2}$")
    attempt: int = Field(default=1, ge=1, le=99)  # a later attempt supersedes the earlier ones
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
    offline_as_of: datetime | None = None  # issued from the kiosk's register as it was then; None = online
    pickup: str = ""  # the pick-up number that this paper answers
    prepared_at: datetime
    settled_at: datetime
    prepared: Stamp | None = None
    settled: Stamp | None = None


class SettlementRecord(_Body):
    """What a person said about an attempt that had been uncertain."""

    type: Literal["settlement"] = "settlement"
    number: str
    attempt: int = Field(default=1, ge=1, le=99)
    state: PaperState
    settled_by: str  # "resident" or a staff id
    settled_at: datetime
    settled: Stamp | None = None


class PickupRecord(_Body):
    """A certificate that was asked for while the line was down: it prints at a later tap, at any kiosk."""

    type: Literal["pickup"] = "pickup"
    number: str = Field(pattern=PICKUP_FORM)
    kind: str = Field(pattern=r"^[A-Z]{2}$")  # of the certificate that is asked for
    session: str
    citizen_key: str = Field(pattern=KEY)
    purpose: str
    copies: int = Field(ge=1, le=9)
    reason: str  # stable code: why it was not issued at once
    requested_at: datetime
    requested: Stamp


class RatingRecord(_Body):
    """How somebody rated the service of one number (好差评). It says nothing of who that was."""

    type: Literal["rating"] = "rating"
    number: str = Field(max_length=40)  # of the certificate, or of the pick-up that was asked for
    grade: int = Field(ge=1, le=5)  # 5 = 非常满意
    reasons: tuple[Annotated[str, Field(pattern=r"^[a-z_]{1,24}$")], ...] = Field(default=(), max_length=8)
    rated_at: datetime
    rated: Stamp


class MissingSerials(Wire):
    """Numbers of a block of which neither kiosk nor platform can say what became of them."""

    block_id: str
    first: int = Field(ge=1, le=999_999)
    last: int = Field(ge=1, le=999_999)


class GapRecord(_Body):
    """The kiosk's store was damaged: what it wrote between `since` and `noticed` is known only elsewhere."""

    type: Literal["gap"] = "gap"
    since: datetime | None  # when the restored backup was made; None = there was none
    ended_ledger: str  # origin of the ledger that ended there, "" = unknown
    missing: tuple[MissingSerials, ...] = ()
    noticed: Stamp


Body = Annotated[
    CertificateRecord | SettlementRecord | PickupRecord | GapRecord | RatingRecord,
    Field(discriminator="type"),
]


class RecordItem(Wire):
    """One thing owed, with an id of its own that never expires.

    A stored item goes over the wire with the very fields it was stored with (`exclude_unset`): a newer
    kiosk must not change what an older one signed up to.
    """

    id: str = Field(pattern=ITEM_ID)
    schema_version: int = Field(default=OLDEST_SCHEMA, ge=1)
    body: Body


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
    SUPERSEDED = "superseded"  # printed again: only the latest attempt counts
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


class KnownPaper(Wire):
    """What the platform knows of one attempt of one of this kiosk's numbers."""

    number: str
    kind: str
    attempt: int
    state: PaperState
    settled_at: datetime
    settled_by: str = ""


class KnownPapers(Wire):
    """GET /v1/papers?after=CURSOR: for a kiosk that lost its store. `next` = "" at the end."""

    kiosk: str
    items: tuple[KnownPaper, ...]
    blocks: tuple[MissingSerials, ...]  # every block this kiosk was ever given, as first and last serial
    next: str
