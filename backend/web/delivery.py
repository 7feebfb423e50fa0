"""Reading a batch of records so that one bad item never holds up the others."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi import status
from pydantic_core import from_json

from backend.received_items import ReceivedItem, has_item_id, is_item_id, read_item
from backend.web.problems import ProblemCode, ProblemError
from backend_client.contract import Receipt, receipt_bytes

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from backend_client.contract import ItemReceipt

_MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """A batch as far as it can be read: at each place an item, or the verdict that it is none."""

    batch_id: str
    places: tuple[ReceivedItem | ItemReceipt, ...] = field(repr=False)

    @property
    def items(self) -> tuple[ReceivedItem, ...]:
        """The readable items in their order."""
        return tuple(place for place in self.places if isinstance(place, ReceivedItem))

    def merge(self, verdicts: dict[int, ItemReceipt]) -> tuple[ItemReceipt, ...]:
        """One receipt per place; `verdicts` go by the place among the readable items."""
        judged = iter(verdicts[place] for place in range(len(verdicts)))
        return tuple(next(judged) if isinstance(place, ReceivedItem) else place for place in self.places)


def read_batch(body: bytes) -> ReadBatch:
    """Read a RecordBatch item by item. Ends the request with 422 where no receipt could name the items."""
    try:
        batch = from_json(body)
    except ValueError:
        raise _malformed() from None
    if not isinstance(batch, dict) or set(batch) != {"batch_id", "items"}:
        raise _malformed()
    batch_id, items = batch["batch_id"], batch["items"]
    if not is_item_id(batch_id) or not isinstance(items, list) or not 1 <= len(items) <= _MOST_ITEMS:
        raise _malformed()
    if not all(has_item_id(item) for item in items):
        raise _malformed()
    return ReadBatch(batch_id, tuple(read_item(item) for item in items))


def sign_receipt(receipt: Receipt, key: Ed25519PrivateKey) -> Receipt:
    """The receipt with the platform's signature over receipt_bytes."""
    signature = base64.b64encode(key.sign(receipt_bytes(receipt))).decode()
    return receipt.model_copy(update={"signature": signature})


def _malformed() -> ProblemError:
    return ProblemError(status.HTTP_422_UNPROCESSABLE_CONTENT, ProblemCode.MALFORMED)
