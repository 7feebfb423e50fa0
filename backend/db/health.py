"""Takes heartbeats, and tells how each kiosk is: good, bad, or unknown where it was silent for too long."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from backend.db.health_rollups import note_in_rollup
from backend.db.health_tables import health_rollups, kiosk_states, state_changes
from backend.db.tables import kiosks
from backend_client.contract import Heartbeat

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from backend.db.kiosks import Kiosk

INTERVAL_S = 60
MISSED = 3  # beats, before a kiosk counts as silent
KEEP_CHANGES = timedelta(days=400)
KEEP_ROLLUPS = timedelta(days=90)
_WHOLE = "kiosk"
_SILENT, _HEARD, _STARTED = "silent", "heard", "started"


class KioskHealth(StrEnum):
    """The three answers."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KioskState:
    """How one kiosk is, as far as it told; `beat` None = never. `silent`: it should have told again."""

    kiosk: str
    health: KioskHealth
    heard_at: datetime | None = None
    beat: Heartbeat | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class StateChange:
    """One line of a kiosk's history."""

    component: str
    state: str
    code: str
    at: datetime


def take_beat(connection: Connection, kiosk: Kiosk, beat: Heartbeat, moment: datetime) -> int:
    """Note how the kiosk is; return in how many seconds it may come again.

    A late or doubled beat is no news.
    """
    row = connection.execute(select(kiosk_states).where(_of(kiosk_states, kiosk))).first()
    if row is not None and row.boot == beat.boot and row.seq >= beat.seq:
        return INTERVAL_S
    changes = _changes(row, beat, moment)
    values = {
        "boot": beat.boot,
        "seq": beat.seq,
        "heard_at": moment,
        "next_s": INTERVAL_S,
        "beat": beat.model_dump(mode="json"),
    }
    if row is None:
        connection.execute(insert(kiosk_states).values(county=kiosk.county, kiosk=kiosk.id, **values))
    else:
        connection.execute(update(kiosk_states).where(_of(kiosk_states, kiosk)).values(**values))
    _keep(connection, kiosk, changes)
    if note_in_rollup(connection, kiosk, beat, moment):
        _tidy(connection, kiosk, moment)
    return INTERVAL_S


def list_states(connection: Connection, moment: datetime) -> tuple[KioskState, ...]:
    """Every kiosk that is enrolled, by its id."""
    query = (
        select(kiosks.c.kiosk, kiosk_states.c.heard_at, kiosk_states.c.next_s, kiosk_states.c.beat)
        .outerjoin(
            kiosk_states,
            (kiosk_states.c.county == kiosks.c.county) & (kiosk_states.c.kiosk == kiosks.c.kiosk),
        )
        .where(kiosks.c.revoked_at.is_(None))
        .order_by(kiosks.c.kiosk)
    )
    return tuple(_state(row, moment) for row in connection.execute(query))


def list_changes(connection: Connection, kiosk_id: str, limit: int) -> tuple[StateChange, ...]:
    """The newest changes of one kiosk."""
    query = (
        select(state_changes)
        .where(state_changes.c.kiosk == kiosk_id)
        .order_by(state_changes.c.at.desc(), state_changes.c.component)
        .limit(limit)
    )
    rows = connection.execute(query)
    return tuple(StateChange(row.component, row.state, row.code, row.at) for row in rows)


def is_silent(heard_at: datetime, next_s: int, moment: datetime) -> bool:
    """Whether so many beats are missing that nobody knows how the kiosk is."""
    return moment - heard_at > timedelta(seconds=MISSED * next_s)


def _state(row: Row[*tuple[Any, ...]], moment: datetime) -> KioskState:
    if row.beat is None:
        return KioskState(row.kiosk, KioskHealth.UNKNOWN)
    beat = Heartbeat.model_validate(row.beat)
    silent = is_silent(row.heard_at, row.next_s, moment)
    if silent or (beat.unknown and not beat.bad):
        health = KioskHealth.UNKNOWN
    else:
        health = KioskHealth.BAD if beat.bad else KioskHealth.GOOD
    return KioskState(row.kiosk, health, row.heard_at, beat, silent)


def _changes(row: Row[Any] | None, beat: Heartbeat, moment: datetime) -> list[StateChange]:
    """What is another way than the last beat said, and the silence before this one."""
    changes = []
    before: dict[str, tuple[str, str]] = {}
    if row is not None:
        last = Heartbeat.model_validate(row.beat)
        before = _components(last)
        if is_silent(row.heard_at, row.next_s, moment):
            since = row.heard_at + timedelta(seconds=MISSED * row.next_s)
            changes += [StateChange(_WHOLE, _SILENT, "", since), StateChange(_WHOLE, _HEARD, "", moment)]
    if row is None or row.boot != beat.boot:
        changes.append(StateChange(_WHOLE, _STARTED, "", moment))
    after = _components(beat)
    good = (str(KioskHealth.GOOD), "")
    for component in sorted(before.keys() | after.keys()):
        state = after.get(component, good)
        if before.get(component, good) != state:
            changes.append(StateChange(component, *state, at=moment))
    return changes


def _components(beat: Heartbeat) -> dict[str, tuple[str, str]]:
    bad = {component: (str(KioskHealth.BAD), code) for component, code in beat.bad.items()}
    return {component: (str(KioskHealth.UNKNOWN), "") for component in beat.unknown} | bad


def _keep(connection: Connection, kiosk: Kiosk, changes: list[StateChange]) -> None:
    rows = [
        {
            "county": kiosk.county,
            "kiosk": kiosk.id,
            "change_id": uuid.uuid4().hex,
            "component": change.component,
            "state": change.state,
            "code": change.code,
            "at": change.at,
        }
        for change in changes
    ]
    if rows:
        connection.execute(insert(state_changes), rows)


def _tidy(connection: Connection, kiosk: Kiosk, moment: datetime) -> None:
    """Once in five minutes, so that nothing grows for ever."""
    old_changes = _of(state_changes, kiosk) & (state_changes.c.at < moment - KEEP_CHANGES)
    connection.execute(delete(state_changes).where(old_changes))
    old_rollups = _of(health_rollups, kiosk) & (health_rollups.c.bucket < moment - KEEP_ROLLUPS)
    connection.execute(delete(health_rollups).where(old_rollups))


def _of(table: Any, kiosk: Kiosk) -> Any:
    return (table.c.county == kiosk.county) & (table.c.kiosk == kiosk.id)
