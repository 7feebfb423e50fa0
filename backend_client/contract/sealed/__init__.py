"""Bytes that only the right one can open: records bound to a card, and the carrier for the second road."""

from backend_client.contract.sealed.card_binding import (
    CardSecret,
    Hardness,
    SealedRecordError,
    bind,
    harden,
    open_record,
    seal_record,
)

__all__ = ["CardSecret", "Hardness", "SealedRecordError", "bind", "harden", "open_record", "seal_record"]
