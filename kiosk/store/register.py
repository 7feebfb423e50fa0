"""The register for times without a line: kept page by page, and opened by a card or by nobody."""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from backend_client.contract import OfflineRecord
from backend_client.contract.sealed import Hardness, SealedRecordError, bind, harden, open_record
from kiosk.domain.offline import Freshness, HeldRecord
from kiosk.store.meta_values import forget_values, read_value, write_value
from kiosk.store.tables import register_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import RegisterEntry, RegisterPage
    from backend_client.contract.sealed import CardSecret
    from kiosk.domain.issuance import Moment
    from kiosk.store.database import Database
    from kiosk.store.session import Session

_EPOCH, _CURSOR, _HARDNESS, _COMPLETE = (
    "register_epoch",
    "register_cursor",
    "register_hardness",
    "register_complete",
)
# A clock that was corrected by less than this says nothing against the age of the register.
_CORRECTION = timedelta(seconds=120)
# A paper does not wait until a whole register is overwritten, nor does its log need room for all of it.
_DROPPED_AT_ONCE = 1000

_ADD = insert(register_entry)
_PUT = _ADD.on_conflict_do_update(
    index_elements=[register_entry.c.entry], set_={"tag": _ADD.excluded.tag, "sealed": _ADD.excluded.sealed}
)


@dataclass(frozen=True, slots=True)
class _Completed:
    """When the last complete pass ended."""

    as_of: datetime
    wall: datetime
    monotonic_ms: int
    boot_id: str


class Register:
    """See kiosk.domain.offline.OfflineRegister. `key` is this kiosk's own; alone it opens nothing."""

    def __init__(self, database: Database, moment: Callable[[], Moment], key: bytes) -> None:
        self._database = database
        self._moment = moment
        self._key = key

    def cursor(self) -> str:
        """Where the next page begins."""
        return self._database.run_urgent(lambda session: read_value(session, _CURSOR))

    def take(self, page: RegisterPage, after: str) -> None:
        """Keep one page and its cursor, in one transaction; a new epoch drops what was there before.

        What continues a cursor of another epoch, or of a file that was replaced meanwhile, is not kept: then
        the next page begins anew, or where the present file ends.
        """
        now = self._moment()
        last_words = {entry.entry: entry for entry in page.entries}.values()  # oldest change first
        kept = [_row(entry) for entry in last_words if not entry.removed]
        removed = [entry.entry for entry in last_words if entry.removed]

        def work(session: Session) -> bool:
            if read_value(session, _CURSOR) != after:
                return True
            if read_value(session, _EPOCH) != page.epoch:
                if not _begin(session, page):
                    return False
                if after:
                    return True
            session.sql.execute(delete(register_entry).where(register_entry.c.entry.in_(removed)))
            if kept:
                session.sql.execute(_PUT, kept)
            write_value(session, _CURSOR, page.cursor)
            if page.complete:
                write_value(session, _COMPLETE, _as_text(page.as_of, now))
            return True

        # Never with the reserve of room: what closes a paper needs that more than a register does.
        while not self._database.run(work):
            pass  # between the parts of a register that is dropped, papers come first

    def find(self, citizen_key: str, name_key: str) -> HeldRecord | None:
        """Open the record of this card; takes as long as the derivation of its key."""
        hardness = self._database.run_urgent(_hardness)
        if hardness is None:
            return None
        # Outside of any transaction: nobody waits for a derivation but who asked for it.
        secret = bind(harden(citizen_key, name_key, hardness), self._key)
        query = select(register_entry).where(register_entry.c.tag == secret.tag)
        rows = self._database.run_urgent(lambda session: session.sql.execute(query).all())
        for row in rows:
            record = _open(secret, row.entry, row.sealed)
            if record and _is_of(record, citizen_key, name_key):
                return HeldRecord(record.household, record.applicant)
        return None

    def freshness(self, now: Moment) -> Freshness | None:
        """How old the register is; None before the first complete pass."""
        text = self._database.run_urgent(lambda session: read_value(session, _COMPLETE))
        if not text:
            return None
        completed = _from_text(text)
        return Freshness(completed.as_of, _age(completed, now))


def _begin(session: Session, page: RegisterPage) -> bool:
    """Drop a part of the old register; True once nothing of it is left, and the new one has begun."""
    forget_values(session, _EPOCH, _CURSOR, _COMPLETE)  # what is left of it serves nobody any more
    part = select(register_entry.c.entry).limit(_DROPPED_AT_ONCE)
    session.sql.execute(delete(register_entry).where(register_entry.c.entry.in_(part)))
    if session.sql.execute(select(register_entry.c.entry).limit(1)).first():
        return False
    write_value(session, _EPOCH, page.epoch)
    write_value(session, _HARDNESS, f"{page.cost}:{page.salt}")
    return True


def _row(entry: RegisterEntry) -> dict[str, str | bytes]:
    tag, sealed = bytes.fromhex(entry.tag), base64.b64decode(entry.sealed)
    return {"entry": entry.entry, "tag": tag, "sealed": sealed}


def _hardness(session: Session) -> Hardness | None:
    cost, _, salt = read_value(session, _HARDNESS).partition(":")
    return Hardness(bytes.fromhex(salt), int(cost)) if cost else None


def _open(secret: CardSecret, entry: str, sealed: bytes) -> OfflineRecord | None:
    """None where it does not open, or holds what an older platform sealed: it counts as not held."""
    try:
        return OfflineRecord.model_validate_json(open_record(secret, entry, sealed))
    except (SealedRecordError, ValueError):  # pydantic's error is one
        return None


def _is_of(record: OfflineRecord, citizen_key: str, name_key: str) -> bool:
    """Whether this is the record of the card that opened it, and not of a platform's mistake."""
    person = record.applicant
    return (
        hmac.compare_digest(person.citizen_key, citizen_key)
        and hmac.compare_digest(person.name_key, name_key)
        and person in record.household.members
    )


def _as_text(as_of: datetime, now: Moment) -> str:
    content = {
        "as_of": as_of.isoformat(),
        "wall": now.wall.isoformat(),
        "monotonic_ms": now.monotonic_ms,
        "boot_id": now.boot_id,
    }
    return json.dumps(content)


def _from_text(text: str) -> _Completed:
    content = json.loads(text)
    return _Completed(
        datetime.fromisoformat(content["as_of"]),
        datetime.fromisoformat(content["wall"]),
        content["monotonic_ms"],
        content["boot_id"],
    )


def _age(completed: _Completed, now: Moment) -> timedelta | None:
    """The greater of what both clocks say; None where the wall clock went backwards."""
    by_wall = now.wall - completed.wall
    if by_wall < -_CORRECTION:
        return None
    by_wall = max(by_wall, timedelta())
    if completed.boot_id != now.boot_id:
        return by_wall
    return max(by_wall, timedelta(milliseconds=now.monotonic_ms - completed.monotonic_ms))
