"""Five minutes of a kiosk in one row: the worst of what it told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from backend.db.health_tables import health_rollups

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from backend.db.kiosks import Kiosk
    from backend_client.contract import Heartbeat

BUCKET = timedelta(minutes=5)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def bucket_of(moment: datetime) -> datetime:
    """Where the five minutes of this moment begin."""
    return moment - (moment - _EPOCH) % BUCKET


def note_in_rollup(connection: Connection, kiosk: Kiosk, beat: Heartbeat, moment: datetime) -> bool:
    """Add a beat to its five minutes; True where it is the first of them."""
    table = health_rollups
    here = (
        (table.c.county == kiosk.county) & (table.c.kiosk == kiosk.id) & (table.c.bucket == bucket_of(moment))
    )
    row = connection.execute(select(table).where(here)).first()
    told: dict[str, int | None] = {
        "beats": 1 + (row.beats if row else 0),
        "bad_beats": int(bool(beat.bad)) + (row.bad_beats if row else 0),
        "owed_most": max(beat.owed, row.owed_most if row else 0),
        "oldest_s_most": _most(beat.oldest_s, row.oldest_s_most if row else None),
        "pages_last": beat.paper.pages,
        "sheets_least": _least(beat.paper.sheets, row.sheets_least if row else None),
        "temp_c_most": _most(beat.machine.temp_c, row.temp_c_most if row else None),
        "disk_mb_least": _least(beat.machine.disk_mb, row.disk_mb_least if row else None),
        "offset_ms_most": _most(_size(beat.offset_ms), row.offset_ms_most if row else None),
    }
    if row is None:
        keys = {"county": kiosk.county, "kiosk": kiosk.id, "bucket": bucket_of(moment)}
        connection.execute(insert(table).values(**keys, **told))
        return True
    connection.execute(update(table).where(here).values(**told))
    return False


def _size(offset_ms: int | None) -> int | None:
    return None if offset_ms is None else abs(offset_ms)


def _most(*told: int | None) -> int | None:
    return max((each for each in told if each is not None), default=None)


def _least(*told: int | None) -> int | None:
    return min((each for each in told if each is not None), default=None)
