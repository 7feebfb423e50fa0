"""What may be said about one item of a batch, and why."""

from __future__ import annotations

from enum import StrEnum

from backend_client.contract import ItemReceipt, Verdict


class Reason(StrEnum):
    """Why an item was not stored; stable, for the technician's table."""

    MALFORMED = "malformed"  # not the contract
    UNFIT_TEXT = "unfit_text"  # a NUL, or text or numbers beyond all measure
    OLDER_SCHEMA = "older_schema"  # from before everything that the platform can read
    NEWER_SCHEMA = "newer_schema"  # the kiosk is newer than the platform
    NUMBER_MALFORMED = "number_malformed"
    NUMBER_NOT_OURS = "number_not_ours"  # unknown, or another kiosk's: never told apart
    KIND_DIFFERS = "kind_differs"
    OTHER_CONTENT = "other_content"  # same id or same number as before, with other content
    CERTIFICATE_FIRST = "certificate_first"  # the attempt's own record has not arrived yet
    NOT_UNCERTAIN = "not_uncertain"  # only an uncertain paper can be settled
    NOT_SETTLED = "not_settled"  # a settlement that says "uncertain" settles nothing


def stored(item_id: str) -> ItemReceipt:
    """It is in the database."""
    return ItemReceipt(id=item_id, verdict=Verdict.STORED)


def repeated(item_id: str, *, is_same: bool) -> ItemReceipt:
    """It was there before: a duplicate where the content is the same, else a conflict."""
    if is_same:
        return ItemReceipt(id=item_id, verdict=Verdict.DUPLICATE)
    return ItemReceipt(id=item_id, verdict=Verdict.CONFLICT, reason=Reason.OTHER_CONTENT)


def refused(item_id: str, reason: Reason) -> ItemReceipt:
    """It will never be taken as it is."""
    return ItemReceipt(id=item_id, verdict=Verdict.REFUSED, reason=reason)


def later(item_id: str, reason: Reason) -> ItemReceipt:
    """It cannot be taken yet."""
    return ItemReceipt(id=item_id, verdict=Verdict.LATER, reason=reason)
