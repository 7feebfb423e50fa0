"""Takes records of kiosks, each once and for ever, each with a verdict of its own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from sqlalchemy import insert, select, update

from backend.db.number_blocks import find_block, split_number
from backend.db.tables import certificates, members, record_items
from backend_client.contract import (
    CertificateRecord,
    ItemReceipt,
    PaperState,
    SettlementRecord,
    Verdict,
    is_certificate_number,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backend.db.kiosks import Kiosk
    from backend_client.contract import RecordItem


class Reason(StrEnum):
    """Why an item was not stored; stable, for the technician's table."""

    MALFORMED = "malformed"  # not the contract
    UNFIT_TEXT = "unfit_text"  # a NUL, or text or numbers beyond all measure
    NEWER_SCHEMA = "newer_schema"  # the kiosk is newer than the platform
    NUMBER_MALFORMED = "number_malformed"
    NUMBER_NOT_OURS = "number_not_ours"  # unknown, or another kiosk's: never told apart
    KIND_DIFFERS = "kind_differs"
    OTHER_CONTENT = "other_content"  # same id or same number as before, with other content
    CERTIFICATE_FIRST = "certificate_first"  # the number's own record has not arrived yet
    NOT_UNCERTAIN = "not_uncertain"  # only an uncertain paper can be settled
    NOT_SETTLED = "not_settled"  # a settlement that says "uncertain" settles nothing


@dataclass(frozen=True, slots=True)
class _Delivery:
    connection: Connection
    kiosk: Kiosk
    moment: datetime


def store_items(
    connection: Connection, kiosk: Kiosk, items: tuple[RecordItem, ...], moment: datetime
) -> dict[int, ItemReceipt]:
    """The verdict on each item by its place in `items`; what is STORED is in the database."""
    delivery = _Delivery(connection, kiosk, moment)
    # A settlement needs its certificate; the order within one batch shall not matter.
    order = sorted(range(len(items)), key=lambda place: isinstance(items[place].body, SettlementRecord))
    return {place: _store(delivery, items[place]) for place in order}


def _store(delivery: _Delivery, item: RecordItem) -> ItemReceipt:
    fingerprint = _fingerprint(item)
    known = _known_fingerprint(delivery, item.id)
    if known is not None:
        return _duplicate(item) if known == fingerprint else _conflict(item)
    if refusal := _refusal_of_number(delivery, item.body):
        return ItemReceipt(id=item.id, verdict=Verdict.REFUSED, reason=refusal)
    match item.body:
        case CertificateRecord() as record:
            receipt = _store_certificate(delivery, item, record)
        case SettlementRecord() as record:
            receipt = _settle_certificate(delivery, item, record)
        case _:
            assert_never(item.body)
    if receipt.verdict in {Verdict.STORED, Verdict.DUPLICATE}:
        _keep_item(delivery, item, fingerprint)
    return receipt


def _refusal_of_number(delivery: _Delivery, body: CertificateRecord | SettlementRecord) -> Reason | None:
    if not is_certificate_number(body.number):
        return Reason.NUMBER_MALFORMED
    parts = split_number(body.number)
    block = find_block(delivery.connection, parts)
    if block is None or (block.county, block.kiosk) != (delivery.kiosk.county, delivery.kiosk.id):
        return Reason.NUMBER_NOT_OURS
    if isinstance(body, CertificateRecord) and body.kind != parts.kind:
        return Reason.KIND_DIFFERS
    return None


def _store_certificate(delivery: _Delivery, item: RecordItem, record: CertificateRecord) -> ItemReceipt:
    fingerprint = _body_fingerprint(record)
    query = select(certificates.c.body_sha256).where(
        certificates.c.county == delivery.kiosk.county, certificates.c.number == record.number
    )
    known = delivery.connection.execute(query).scalar()
    if known is not None:
        return _duplicate(item) if known == fingerprint else _conflict(item)
    row = {
        "county": delivery.kiosk.county,
        "kiosk": delivery.kiosk.id,
        "number": record.number,
        "body_sha256": fingerprint,
        "kind": record.kind,
        "state": record.state,
        "reason": record.reason,
        "household_id": record.household_id,
        "person_id": record.person_id,
        "masked_name": _masked_name(delivery, record),
        "purpose": record.purpose,
        "copies": record.copies,
        "document_sha256": record.document_sha256,
        "valid_until": record.valid_until,
        "prepared_at": record.prepared_at,
        "settled_at": record.settled_at,
    }
    delivery.connection.execute(insert(certificates).values(row))
    return ItemReceipt(id=item.id, verdict=Verdict.STORED)


def _settle_certificate(delivery: _Delivery, item: RecordItem, record: SettlementRecord) -> ItemReceipt:
    if record.state is PaperState.UNCERTAIN:
        return ItemReceipt(id=item.id, verdict=Verdict.REFUSED, reason=Reason.NOT_SETTLED)
    this_certificate = (
        certificates.c.county == delivery.kiosk.county,
        certificates.c.kiosk == delivery.kiosk.id,
        certificates.c.number == record.number,
    )
    change = (
        update(certificates)
        .where(*this_certificate, certificates.c.state == PaperState.UNCERTAIN)
        .values(state=record.state, settled_at=record.settled_at, settled_by=record.settled_by)
    )
    if delivery.connection.execute(change).rowcount:
        return ItemReceipt(id=item.id, verdict=Verdict.STORED)
    if delivery.connection.execute(select(certificates.c.state).where(*this_certificate)).first() is None:
        return ItemReceipt(id=item.id, verdict=Verdict.LATER, reason=Reason.CERTIFICATE_FIRST)
    return ItemReceipt(id=item.id, verdict=Verdict.REFUSED, reason=Reason.NOT_UNCERTAIN)


def _masked_name(delivery: _Delivery, record: CertificateRecord) -> str:
    query = select(members.c.masked_name).where(
        members.c.county == delivery.kiosk.county,
        members.c.household_id == record.household_id,
        members.c.person_id == record.person_id,
        members.c.citizen_key == record.citizen_key,
    )
    # The register may have moved on; a paper that exists is kept all the same.
    return delivery.connection.execute(query).scalar() or ""


def _known_fingerprint(delivery: _Delivery, item_id: str) -> str | None:
    query = select(record_items.c.content_sha256).where(
        record_items.c.county == delivery.kiosk.county,
        record_items.c.kiosk == delivery.kiosk.id,
        record_items.c.item_id == item_id,
    )
    return delivery.connection.execute(query).scalar()


def _keep_item(delivery: _Delivery, item: RecordItem, fingerprint: str) -> None:
    row = {
        "county": delivery.kiosk.county,
        "kiosk": delivery.kiosk.id,
        "item_id": item.id,
        "content_sha256": fingerprint,
        "body": item.model_dump(mode="json"),
        "received_at": delivery.moment,
    }
    delivery.connection.execute(insert(record_items).values(row))


def _duplicate(item: RecordItem) -> ItemReceipt:
    return ItemReceipt(id=item.id, verdict=Verdict.DUPLICATE)


def _conflict(item: RecordItem) -> ItemReceipt:
    return ItemReceipt(id=item.id, verdict=Verdict.CONFLICT, reason=Reason.OTHER_CONTENT)


def _fingerprint(item: RecordItem) -> str:
    return _hash(item.model_dump(mode="json"))


def _body_fingerprint(record: CertificateRecord) -> str:
    return _hash(record.model_dump(mode="json"))


def _hash(content: object) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
