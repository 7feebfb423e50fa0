"""What the records of one batch become in the tables, and writing it with few statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, update

from backend.db.alarms import AlarmKind, raise_alarm
from backend.db.pickups import mark_collected
from backend.db.ratings import keep_ratings
from backend.db.tables import certificates, gaps, pickups, record_items

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Table

    from backend.db.kiosks import Kiosk
    from backend.db.known_records import Attempt
    from backend.received_items import ReceivedItem
    from backend_client.contract import (
        CertificateRecord,
        GapRecord,
        PickupRecord,
        SettlementRecord,
        Stamp,
    )

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a batch adds and changes."""

    items: list[Row] = field(default_factory=list)
    certificates: dict[Attempt, Row] = field(default_factory=dict)
    settlements: dict[Attempt, Row] = field(default_factory=dict)  # of attempts that were stored earlier
    pickups: list[Row] = field(default_factory=list)
    gaps: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)  # what is to be told about each of the gaps
    touched_pickups: set[str] = field(default_factory=set)  # whose paper may be there now

    def write(self, connection: Connection, kiosk: Kiosk, moment: datetime) -> None:
        """Write all of it."""
        _insert(connection, record_items, self.items)
        _insert(connection, certificates, self.certificates.values())
        _insert(connection, pickups, self.pickups)
        _insert(connection, gaps, self.gaps)
        keep_ratings(connection, self.ratings)
        self._settle(connection, kiosk)
        mark_collected(connection, kiosk.county, self.touched_pickups)
        for detail in self.alarms:
            raise_alarm(connection, (kiosk.county, kiosk.id), AlarmKind.STORE_GAP, detail, moment)

    def _settle(self, connection: Connection, kiosk: Kiosk) -> None:
        if not self.settlements:
            return
        change = update(certificates).where(
            certificates.c.county == kiosk.county,
            certificates.c.kiosk == kiosk.id,
            certificates.c.number == bindparam("of_number"),
            certificates.c.attempt == bindparam("of_attempt"),
        )
        rows = [
            {"of_number": number, "of_attempt": attempt, **values}
            for (number, attempt), values in self.settlements.items()
        ]
        connection.execute(change, rows)


def item_row(kiosk: Kiosk, received: ReceivedItem, moment: datetime) -> Row:
    """The item as it came, kept for ever."""
    return {
        "county": kiosk.county,
        "kiosk": kiosk.id,
        "item_id": received.item.id,
        "content_sha256": received.fingerprint,
        "body": received.raw,
        "received_at": moment,
    }


def certificate_row(kiosk: Kiosk, record: CertificateRecord, moment: datetime) -> Row:
    """One attempt, but for what only its batch knows: `body_sha256` and `masked_name`."""
    return {
        "county": kiosk.county,
        "kiosk": kiosk.id,
        "number": record.number,
        "attempt": record.attempt,
        "kind": record.kind,
        "state": record.state,
        "reason": record.reason,
        "household_id": record.household_id,
        "person_id": record.person_id,
        "citizen_key": record.citizen_key,
        "purpose": record.purpose,
        "copies": record.copies,
        "document_sha256": record.document_sha256,
        "valid_until": record.valid_until,
        "offline_as_of": record.offline_as_of,
        "pickup": record.pickup,
        "prepared_at": record.prepared_at,
        "settled_at": record.settled_at,
        "settled_by": "",
        "prepared_stamp": _stamp(record.prepared),
        "settled_stamp": _stamp(record.settled),
        "received_at": moment,
    }


def settlement_values(record: SettlementRecord) -> Row:
    """What a person's word changes in the row of an attempt."""
    return {
        "state": record.state,
        "settled_at": record.settled_at,
        "settled_by": record.settled_by,
        "settled_stamp": _stamp(record.settled),
    }


def pickup_row(kiosk: Kiosk, record: PickupRecord, moment: datetime) -> Row:
    """A request that waits, but for `body_sha256`."""
    return {
        "county": kiosk.county,
        "number": record.number,
        "kiosk": kiosk.id,
        "kind": record.kind,
        "session": record.session,
        "citizen_key": record.citizen_key,
        "purpose": record.purpose,
        "copies": record.copies,
        "reason": record.reason,
        "requested_at": record.requested_at,
        "requested_stamp": _stamp(record.requested),
        "received_at": moment,
    }


def gap_row(kiosk: Kiosk, item_id: str, record: GapRecord, moment: datetime) -> Row:
    """A gap in what this kiosk knows of itself."""
    return {
        "county": kiosk.county,
        "kiosk": kiosk.id,
        "item_id": item_id,
        "since": record.since,
        "ended_ledger": record.ended_ledger,
        "missing": [part.model_dump() for part in record.missing],
        "noticed_stamp": _stamp(record.noticed),
        "received_at": moment,
    }


def describe_gap(record: GapRecord) -> str:
    """One sentence for whoever looks at the alarms."""
    restored = f"restored from a copy of {record.since:%Y-%m-%d %H:%M %z}" if record.since else "begun anew"
    unsure = sum(part.last - part.first + 1 for part in record.missing)
    return f"the store was damaged and {restored}; numbers that nobody can account for: {unsure}"


def _stamp(stamp: Stamp | None) -> Row | None:
    return stamp.model_dump(mode="json") if stamp else None


def _insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    if rows := list(rows):
        connection.execute(insert(table), rows)
