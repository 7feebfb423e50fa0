"""What the database knows already about the items of one batch, found in a few statements for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from backend.db.number_blocks import find_own_blocks, split_number
from backend.db.tables import certificates, members, pickups, record_items
from backend_client.contract import (
    CertificateRecord,
    PaperState,
    PickupRecord,
    RatingRecord,
    SettlementRecord,
    is_certificate_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from backend.db.kiosks import Kiosk
    from backend.db.number_blocks import NumberParts, OwnBlocks
    from backend.received_items import ReceivedItem

Attempt = tuple[str, int]  # number and attempt


@dataclass(frozen=True, slots=True)
class KnownAttempt:
    """One attempt that is stored, by an earlier batch or earlier in this one."""

    body_sha256: str
    state: PaperState
    pickup: str


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """Starts with what the database holds; whoever judges a batch adds what it stores."""

    fingerprints: dict[str, str]  # by item id
    numbers: dict[str, NumberParts]  # every well-formed one of the batch
    own_blocks: OwnBlocks
    attempts: dict[Attempt, KnownAttempt]
    pickups: dict[str, str]  # fingerprint of the body, by pick-up number
    masked_names: dict[tuple[str, str, str], str]  # by household, person and keyed citizen number


def find_known(connection: Connection, kiosk: Kiosk, items: tuple[ReceivedItem, ...]) -> KnownRecords:
    """What is known about ids, numbers and persons of these items."""
    fingerprints = _fingerprints(connection, kiosk, {each.item.id for each in items})
    bodies = [each.item.body for each in items if each.item.id not in fingerprints]
    papers = [
        body for body in bodies if isinstance(body, CertificateRecord | SettlementRecord | RatingRecord)
    ]
    numbers = {
        number: split_number(number)
        for number in {body.number for body in papers}
        if is_certificate_number(number)
    }
    applicants = [body for body in papers if isinstance(body, CertificateRecord)]
    asked_for = {body.number for body in bodies if isinstance(body, PickupRecord)}
    return KnownRecords(
        fingerprints,
        numbers,
        find_own_blocks(connection, kiosk, numbers.values()),
        _attempts(connection, kiosk, numbers),
        _pickups(connection, kiosk, asked_for),
        _masked_names(connection, kiosk, {body.household_id for body in applicants}),
    )


def _fingerprints(connection: Connection, kiosk: Kiosk, ids: Iterable[str]) -> dict[str, str]:
    query = select(record_items.c.item_id, record_items.c.content_sha256).where(
        record_items.c.county == kiosk.county,
        record_items.c.kiosk == kiosk.id,
        record_items.c.item_id.in_(ids),
    )
    return {row.item_id: row.content_sha256 for row in connection.execute(query)}


def _attempts(connection: Connection, kiosk: Kiosk, numbers: Iterable[str]) -> dict[Attempt, KnownAttempt]:
    query = (
        select(
            certificates.c.number,
            certificates.c.attempt,
            certificates.c.body_sha256,
            certificates.c.state,
            certificates.c.pickup,
        )
        .where(
            certificates.c.county == kiosk.county,
            certificates.c.kiosk == kiosk.id,
            certificates.c.number.in_(numbers),
        )
        .with_for_update()  # no other process settles them meanwhile; SQLite has one writer anyway
    )
    return {
        (row.number, row.attempt): KnownAttempt(row.body_sha256, PaperState(row.state), row.pickup)
        for row in connection.execute(query)
    }


def _pickups(connection: Connection, kiosk: Kiosk, numbers: set[str]) -> dict[str, str]:
    if not numbers:
        return {}
    # Of any kiosk: a pick-up number is one for the whole county.
    query = select(pickups.c.number, pickups.c.body_sha256).where(
        pickups.c.county == kiosk.county, pickups.c.number.in_(numbers)
    )
    return {row.number: row.body_sha256 for row in connection.execute(query)}


def _masked_names(
    connection: Connection, kiosk: Kiosk, household_ids: set[str]
) -> dict[tuple[str, str, str], str]:
    if not household_ids:
        return {}
    query = select(
        members.c.household_id, members.c.person_id, members.c.citizen_key, members.c.masked_name
    ).where(members.c.county == kiosk.county, members.c.household_id.in_(household_ids))
    return {
        (row.household_id, row.person_id, row.citizen_key): row.masked_name
        for row in connection.execute(query)
    }
