"""Reading a batch of records so that one bad item never holds up the others."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fastapi import status
from pydantic import ValidationError
from pydantic_core import from_json

from backend.db.records import Reason
from backend.web.fit_text import is_fit
from backend.web.problems import ProblemCode, ProblemError
from backend_client.contract import ItemReceipt, Receipt, RecordItem, Verdict, receipt_bytes

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SCHEMA_VERSION = 1
_MOST_ITEMS = 500
_ID = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """A batch as far as it can be read: at each place an item, or the verdict that it is none."""

    batch_id: str
    places: tuple[RecordItem | ItemReceipt, ...] = field(repr=False)

    @property
    def items(self) -> tuple[RecordItem, ...]:
        """The readable items in their order."""
        return tuple(place for place in self.places if isinstance(place, RecordItem))

    def merge(self, verdicts: dict[int, ItemReceipt]) -> tuple[ItemReceipt, ...]:
        """One receipt per place; `verdicts` go by the place among the readable items."""
        judged = iter(verdicts[place] for place in range(len(verdicts)))
        return tuple(next(judged) if isinstance(place, RecordItem) else place for place in self.places)


def read_batch(body: bytes) -> ReadBatch:
    """Read a RecordBatch item by item. Ends the request with 422 where no receipt could name the items."""
    try:
        batch = from_json(body)
    except ValueError:
        raise _malformed() from None
    if not isinstance(batch, dict) or set(batch) != {"batch_id", "items"}:
        raise _malformed()
    batch_id, items = batch["batch_id"], batch["items"]
    if not _is_id(batch_id) or not isinstance(items, list) or not 1 <= len(items) <= _MOST_ITEMS:
        raise _malformed()
    if not all(isinstance(item, dict) and _is_id(item.get("id")) for item in items):
        raise _malformed()
    return ReadBatch(batch_id, tuple(_read_item(item) for item in items))


def sign_receipt(receipt: Receipt, key: Ed25519PrivateKey) -> Receipt:
    """The receipt with the platform's signature over receipt_bytes."""
    signature = base64.b64encode(key.sign(receipt_bytes(receipt))).decode()
    return receipt.model_copy(update={"signature": signature})


def _read_item(raw: dict[str, Any]) -> RecordItem | ItemReceipt:
    version = raw.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, int) and version > SCHEMA_VERSION:
        return ItemReceipt(id=raw["id"], verdict=Verdict.LATER, reason=Reason.NEWER_SCHEMA)
    try:
        item = RecordItem.model_validate(raw)
    except ValidationError:
        return ItemReceipt(id=raw["id"], verdict=Verdict.REFUSED, reason=Reason.MALFORMED)
    if not is_fit(item.model_dump()):
        return ItemReceipt(id=raw["id"], verdict=Verdict.REFUSED, reason=Reason.UNFIT_TEXT)
    return item


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def _malformed() -> ProblemError:
    return ProblemError(status.HTTP_422_UNPROCESSABLE_CONTENT, ProblemCode.MALFORMED)
