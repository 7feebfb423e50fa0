"""What somebody must look at: told once, counted as long as it goes on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from backend.db.tables import alarms

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_LONGEST_DETAIL = 400


class AlarmKind(StrEnum):
    """Stable names, for the list and for whoever filters it."""

    LEDGER_FORK = "ledger_fork"  # two histories under one name
    LEDGER_SHORTER = "ledger_shorter"  # entries that were countersigned are gone
    LEDGER_UNREADABLE = "ledger_unreadable"  # no checkpoint, not this kiosk's, or not its signature
    LEDGER_NEW = "ledger_new"  # a kiosk that had a ledger began another one
    STORE_GAP = "store_gap"  # a kiosk lost its store, and says what nobody knows


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm, for the list."""

    kiosk: str
    kind: str
    detail: str
    times: int
    raised_at: datetime
    last_at: datetime


def raise_alarm(
    connection: Connection, kiosk: tuple[str, str], kind: AlarmKind, detail: str, moment: datetime
) -> None:
    """Raise an alarm for the kiosk (county, id), or count the same one on."""
    county, kiosk_id = kiosk
    detail = detail[:_LONGEST_DETAIL]
    same = (
        (alarms.c.county == county)
        & (alarms.c.kiosk == kiosk_id)
        & (alarms.c.kind == kind)
        & (alarms.c.detail == detail)
    )
    again = update(alarms).where(same).values(times=alarms.c.times + 1, last_at=moment)
    if connection.execute(again).rowcount:
        return
    row = {
        "county": county,
        "alarm_id": str(uuid.uuid4()),
        "kiosk": kiosk_id,
        "kind": kind,
        "detail": detail,
        "times": 1,
        "raised_at": moment,
        "last_at": moment,
    }
    connection.execute(insert(alarms).values(row))


def list_alarms(connection: Connection) -> tuple[Alarm, ...]:
    """All alarms, the newest first."""
    rows = connection.execute(select(alarms).order_by(alarms.c.last_at.desc()))
    return tuple(
        Alarm(row.kiosk, row.kind, row.detail, row.times, row.raised_at, row.last_at) for row in rows
    )
