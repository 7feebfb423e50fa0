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
from backend_client.contract.sealed.carrier import Carrier, CarrierError, open_carrier, write_carrier

__all__ = [
    "CardSecret",
    "Carrier",
    "CarrierError",
    "Hardness",
    "SealedRecordError",
    "bind",
    "harden",
    "open_carrier",
    "open_record",
    "seal_record",
    "write_carrier",
]
