"""Takes records of kiosks, each once and for ever, each with a verdict of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, assert_never

from backend.db.known_records import KnownAttempt, find_known
from backend.db.ratings import rating_row
from backend.db.record_rows import (
    Changes,
    certificate_row,
    describe_gap,
    gap_row,
    item_row,
    pickup_row,
    settlement_values,
)
from backend.verdicts import Reason, later, refused, repeated, stored
from backend_client.contract import (
    CertificateRecord,
    GapRecord,
    PaperState,
    PickupRecord,
    RatingRecord,
    SettlementRecord,
    Verdict,
    is_pickup_number,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backend.db.kiosks import Kiosk
    from backend.db.known_records import Attempt, KnownRecords
    from backend.received_items import ReceivedItem
    from backend_client.contract import ItemReceipt


def store_items(
    connection: Connection, kiosk: Kiosk, items: tuple[ReceivedItem, ...], moment: datetime
) -> dict[int, ItemReceipt]:
    """The verdict on each item by its place in `items`; what is STORED is in the database."""
    delivery = _Delivery(kiosk, moment, find_known(connection, kiosk, items))
    # A settlement needs its certificate; the order within one batch shall not matter.
    order = sorted(range(len(items)), key=lambda place: isinstance(items[place].item.body, SettlementRecord))
    verdicts = {place: delivery.take(items[place]) for place in order}
    delivery.changes.write(connection, kiosk, moment)
    return verdicts


@dataclass(frozen=True, slots=True)
class _Delivery:
    """Judges items one after the other; what one of them changes, the next one finds in `known`."""

    kiosk: Kiosk
    moment: datetime
    known: KnownRecords
    changes: Changes = field(default_factory=Changes)

    def take(self, received: ReceivedItem) -> ItemReceipt:
        """The verdict on one item; what is to be written for it is among the changes."""
        item = received.item
        fingerprint = self.known.fingerprints.get(item.id)
        if fingerprint is not None:
            return repeated(item.id, is_same=fingerprint == received.fingerprint)
        match item.body:
            case CertificateRecord() as record:
                receipt = self._take_certificate(received, record)
            case SettlementRecord() as record:
                receipt = self._settle(item.id, record)
            case PickupRecord() as record:
                receipt = self._take_pickup(received, record)
            case GapRecord() as record:
                self.changes.gaps.append(gap_row(self.kiosk, item.id, record, self.moment))
                self.changes.alarms.append(describe_gap(record))
                receipt = stored(item.id)
            case RatingRecord() as record:
                receipt = self._take_rating(item.id, record)
            case _:
                assert_never(item.body)
        if receipt.verdict in {Verdict.STORED, Verdict.DUPLICATE}:
            self.known.fingerprints[item.id] = received.fingerprint
            self.changes.items.append(item_row(self.kiosk, received, self.moment))
        return receipt

    def _take_certificate(self, received: ReceivedItem, record: CertificateRecord) -> ItemReceipt:
        item_id = received.item.id
        if refusal := self._refusal_of_number(record):
            return refused(item_id, refusal)
        attempt = (record.number, record.attempt)
        known = self.known.attempts.get(attempt)
        if known is not None:
            return repeated(item_id, is_same=known.body_sha256 == received.body_fingerprint)
        # The register may have moved on; a paper that exists is kept all the same.
        person = (record.household_id, record.person_id, record.citizen_key)
        row = certificate_row(self.kiosk, record, self.moment)
        row |= {
            "body_sha256": received.body_fingerprint,
            "masked_name": self.known.masked_names.get(person, ""),
        }
        self.changes.certificates[attempt] = row
        self.known.attempts[attempt] = KnownAttempt(received.body_fingerprint, record.state, record.pickup)
        self._touch_pickup(record.pickup)
        return stored(item_id)

    def _settle(self, item_id: str, record: SettlementRecord) -> ItemReceipt:
        if refusal := self._refusal_of_number(record):
            return refused(item_id, refusal)
        if record.state is PaperState.UNCERTAIN:
            return refused(item_id, Reason.NOT_SETTLED)
        attempt = (record.number, record.attempt)
        known = self.known.attempts.get(attempt)
        if known is None:
            return later(item_id, Reason.CERTIFICATE_FIRST)
        if known.state is not PaperState.UNCERTAIN:
            return refused(item_id, Reason.NOT_UNCERTAIN)
        self.known.attempts[attempt] = replace(known, state=record.state)
        self._note_settlement(attempt, settlement_values(record))
        self._touch_pickup(known.pickup)
        return stored(item_id)

    def _take_pickup(self, received: ReceivedItem, record: PickupRecord) -> ItemReceipt:
        known = self.known.pickups.get(record.number)
        if known is not None:
            return repeated(received.item.id, is_same=known == received.body_fingerprint)
        row = pickup_row(self.kiosk, record, self.moment)
        self.changes.pickups.append({**row, "body_sha256": received.body_fingerprint})
        self.known.pickups[record.number] = received.body_fingerprint
        self._touch_pickup(record.number)
        return stored(received.item.id)

    def _take_rating(self, item_id: str, record: RatingRecord) -> ItemReceipt:
        if not is_pickup_number(record.number) and (refusal := self._refusal_of_number(record)):
            return refused(item_id, refusal)
        self.changes.ratings.append(rating_row(self.kiosk, record, self.moment))
        return stored(item_id)

    def _refusal_of_number(self, body: CertificateRecord | SettlementRecord | RatingRecord) -> Reason | None:
        parts = self.known.numbers.get(body.number)
        if parts is None:
            return Reason.NUMBER_MALFORMED
        if not self.known.own_blocks.hold(parts):
            return Reason.NUMBER_NOT_OURS
        if isinstance(body, CertificateRecord) and body.kind != parts.kind:
            return Reason.KIND_DIFFERS
        return None

    def _note_settlement(self, attempt: Attempt, values: dict[str, Any]) -> None:
        row = self.changes.certificates.get(attempt)
        if row is None:
            self.changes.settlements[attempt] = values
        else:
            row |= values

    def _touch_pickup(self, number: str) -> None:
        if number:
            self.changes.touched_pickups.add(number)
