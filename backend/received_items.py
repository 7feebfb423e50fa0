"""Reads the items that kiosks send, of every schema version that the platform takes."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from backend.verdicts import Reason, later, refused
from backend.web.fit_text import is_fit
from backend_client.contract import OLDEST_SCHEMA, SCHEMA_VERSION, GapRecord, RecordItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import ItemReceipt

_ID = re.compile(r"[0-9a-f-]{36}")
_LONGEST_ORIGIN = 200  # of a ledger, which is named in a gap; longer than any other text of a record


@dataclass(frozen=True, slots=True)
class ReceivedItem:
    """An item as today's contract reads it, and as it came.

    The fingerprints are over the JSON as received, so that no later version of kiosk or platform turns a
    redelivery into a conflict.
    """

    item: RecordItem = field(repr=False)
    raw: dict[str, Any] = field(repr=False)
    fingerprint: str
    body_fingerprint: str


def has_item_id(raw: Any) -> bool:
    """True where a verdict could name this item."""
    return isinstance(raw, dict) and is_item_id(raw.get("id"))


def is_item_id(value: Any) -> bool:
    """True for an id of the contract's form."""
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def read_item(raw: dict[str, Any]) -> ReceivedItem | ItemReceipt:
    """The item, or the verdict that it is none. `raw` has an item id."""
    item_id = raw["id"]
    version = raw.get("schema_version", OLDEST_SCHEMA)
    if not isinstance(version, int) or isinstance(version, bool):
        return refused(item_id, Reason.MALFORMED)
    if version > SCHEMA_VERSION:
        return later(item_id, Reason.NEWER_SCHEMA)
    if version < OLDEST_SCHEMA:
        return refused(item_id, Reason.OLDER_SCHEMA)
    try:
        item = RecordItem.model_validate(_upgrade(raw, version))
    except ValidationError:
        return refused(item_id, Reason.MALFORMED)
    longest = {"longest": _LONGEST_ORIGIN} if isinstance(item.body, GapRecord) else {}
    if not is_fit(item.model_dump(), **longest):
        return refused(item_id, Reason.UNFIT_TEXT)
    return ReceivedItem(item, raw, _hash(raw), _hash(raw["body"]))


def _upgrade(raw: dict[str, Any], version: int) -> dict[str, Any]:
    """The item as a kiosk of today would say it. What an older one said beyond its version stays said."""
    body = raw.get("body")
    if not isinstance(body, dict):
        return raw
    for step in _STEPS[version - OLDEST_SCHEMA :]:
        body = {**step(body), **body}
    return {**raw, "schema_version": SCHEMA_VERSION, "body": body}


def _from_1_to_2(body: dict[str, Any]) -> dict[str, Any]:
    """Version 1 did not say the last day."""
    return {"valid_until": None} if body.get("type") == "certificate" else {}


def _from_2_to_3(body: dict[str, Any]) -> dict[str, Any]:
    """Version 2 knew one attempt a number, no offline work, and the wall clock alone."""
    match body.get("type"):
        case "certificate":
            return {"attempt": 1, "offline_as_of": None, "pickup": "", "prepared": None, "settled": None}
        case "settlement":
            return {"attempt": 1, "settled": None}
        case _:
            return {}


def _from_3_to_4(_body: dict[str, Any]) -> dict[str, Any]:
    """Version 3 knew no ratings; what it did know is as it was."""
    return {}


# What each step adds to a body that lacks it; the first one starts at OLDEST_SCHEMA.
_STEPS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (_from_1_to_2, _from_2_to_3, _from_3_to_4)


def _hash(content: object) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
