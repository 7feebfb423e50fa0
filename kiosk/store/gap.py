"""The gap behind a restored store: marked when it opens, filled with what the platform knows, then told."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from backend_client.contract import GapRecord, Stamp
from backend_client.contract.ledger import ledger_origin, root
from kiosk.domain.issuance import IssuanceState
from kiosk.store.ledger_pen import Entry, EntryKind, LedgerPen, read_node, size_of
from kiosk.store.meta_values import forget_values, read_value, write_value
from kiosk.store.missing import Block, missing_serials
from kiosk.store.outbox import owe
from kiosk.store.tables import issuance, ledger_entry, ledger_node, meta, number_block

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import KnownPaper, KnownPapers
    from kiosk.domain.issuance import Moment
    from kiosk.store.database import Database
    from kiosk.store.session import Session

_GAP = "gap"
_RESTORED_ROWS = "restored_rows"  # how far the rows of `issuance` may be older than what became of them
_FORGOTTEN = ("block_request", "block_request_on")  # the platform may have answered it after the copy


@dataclass(frozen=True, slots=True)
class Gap:
    """What is known of it so far, as it is stored."""

    since: str
    ended_ledger: str
    noticed: dict[str, Any]
    doubtful: dict[str, int] = field(default_factory=dict)  # block -> first serial that may have been used
    after: str = ""  # cursor of the platform's list


class GapMarker:
    """Turns a copy of a store into this kiosk's store, in one transaction."""

    def __init__(self, kiosk: str, moment: Callable[[], Moment]) -> None:
        self._kiosk = kiosk
        self._moment = moment

    def mark(self, session: Session, made_at: datetime | None) -> None:
        """Nothing that the copy cannot know is taken for certain; `made_at` None = there was no copy."""
        now = self._moment()
        before = _read(session)  # the copy may be one of a store that was itself restored
        doubtful = _retire_blocks(session) | (before.doubtful if before else {})
        _doubt_open_rows(session)
        newest = session.sql.exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM issuance").scalar_one()
        write_value(session, _RESTORED_ROWS, str(newest))
        ended = self._begin_ledger(session, now)
        since = before.since if before else (made_at.isoformat() if made_at else "")
        noticed = now.stamp().model_dump(mode="json")
        _write(session, Gap(since, (before.ended_ledger if before else "") or ended, noticed, doubtful))

    def _begin_ledger(self, session: Session, now: Moment) -> str:
        """A new ledger, whose first entry names the one that ended; return the name of that one.

        The old one went on after the copy was made: whoever goes on under its name tells another story.
        """
        ledger_id, size = read_value(session, "ledger_id"), size_of(session)
        ended = ledger_origin(self._kiosk, ledger_id) if ledger_id else ""
        top = root(size, partial(read_node, session)).hex() if size else ""
        session.sql.execute(delete(ledger_node))
        session.sql.execute(delete(ledger_entry))
        session.sql.execute(delete(meta).where(meta.c.key.like("ledger_%")))
        told: dict[str, str | int] = {"ended_ledger": ended, "ended_size": size, "ended_root": top}
        LedgerPen(self._kiosk).append(session, now, Entry(EntryKind.RESTORED, told))
        return ended


class Gaps:
    """See kiosk.domain.gap.GapBook."""

    def __init__(self, database: Database, moment: Callable[[], Moment]) -> None:
        self._database = database
        self._moment = moment

    def cursor(self) -> str | None:
        """From where the platform is to be asked for what it knows; None = nothing is missing."""
        gap = self._database.run_urgent(_read)
        return None if gap is None else gap.after

    def merge(self, page: KnownPapers) -> GapRecord | None:
        """Keep what the platform knows and this store does not; the last page closes the gap."""

        def work(session: Session) -> GapRecord | None:
            gap = _read(session)
            if gap is None:
                return None
            for paper in page.items:
                self._take(session, paper)
            if page.next:
                _write(session, replace(gap, after=page.next))
                return None
            return self._close(session, gap, page)

        return self._database.run(work)

    def _take(self, session: Session, paper: KnownPaper) -> None:
        here = (issuance.c.number == paper.number) & (issuance.c.attempt == paper.attempt)
        known = session.sql.execute(select(issuance.c.state).where(here)).scalar_one_or_none()
        settled = {
            "state": IssuanceState(paper.state),
            "settled_at": paper.settled_at.isoformat(),
            "settled_by": paper.settled_by,
        }
        acknowledged = {"acknowledged_at": self._moment().wall.isoformat()}
        if known is None:
            stranger = _stranger(session, paper)
            session.sql.execute(insert(issuance).values(**stranger, **settled, **acknowledged))
        elif known == IssuanceState.UNCERTAIN:  # whoever settled it said so to the platform
            session.sql.execute(update(issuance).where(here).values(**settled, **acknowledged))
        else:
            unknown = here & (issuance.c.acknowledged_at == "")
            session.sql.execute(update(issuance).where(unknown).values(**acknowledged))

    def _close(self, session: Session, gap: Gap, page: KnownPapers) -> GapRecord:
        record = GapRecord(
            since=datetime.fromisoformat(gap.since) if gap.since else None,
            ended_ledger=gap.ended_ledger,
            missing=missing_serials(_blocks(session, gap, page), _numbers(session)),
            noticed=Stamp.model_validate(gap.noticed),
        )
        owe(session, record, self._moment())
        forget_values(session, _GAP)
        return record


def is_behind_gap(session: Session, issuance_id: str) -> bool:
    """True for a row that a copy or the platform brought: more may have become of its number since."""
    query = "SELECT rowid, session FROM issuance WHERE id = ?"
    rowid, of_session = session.sql.exec_driver_sql(query, (issuance_id,)).one()
    return bool(of_session == "" or rowid <= int(read_value(session, _RESTORED_ROWS) or 0))


def _read(session: Session) -> Gap | None:
    stored = read_value(session, _GAP)
    return Gap(**json.loads(stored)) if stored else None


def _write(session: Session, gap: Gap) -> None:
    write_value(session, _GAP, json.dumps(asdict(gap)))


def _retire_blocks(session: Session) -> dict[str, int]:
    """No serial is given out twice: of a block that was in use, none is given out any more."""
    end = number_block.c.first + number_block.c.size
    left = {
        row.block_id: row.next
        for row in session.sql.execute(select(number_block).where(number_block.c.next < end))
    }
    session.sql.execute(update(number_block).values(next=end))
    forget_values(session, *_FORGOTTEN)
    return left


def _doubt_open_rows(session: Session) -> None:
    """Where the copy says that nothing was sent yet, all may have been sent since."""
    before = (IssuanceState.PREPARED, IssuanceState.CREATING, IssuanceState.CREATED)
    named = func.coalesce(func.nullif(issuance.c.job_name, ""), issuance.c.id)  # no job of anybody else
    doubt = update(issuance).where(issuance.c.state.in_(before))
    session.sql.execute(doubt.values(state=IssuanceState.SENDING, job_name=named))


def _stranger(session: Session, paper: KnownPaper) -> dict[str, Any]:
    """A row of which only the platform knows whose it is; of all attempts the latest one counts."""
    issuance_id, of_number = str(uuid.uuid4()), issuance.c.number == paper.number
    earlier = of_number & (issuance.c.attempt < paper.attempt) & (issuance.c.superseded_by == "")
    session.sql.execute(update(issuance).where(earlier).values(superseded_by=issuance_id))
    later = select(issuance.c.id).where(of_number, issuance.c.attempt > paper.attempt)
    successor = session.sql.execute(later.order_by(issuance.c.attempt).limit(1)).scalar()
    return {
        "id": issuance_id,
        "number": paper.number,
        "attempt": paper.attempt,
        "kind": paper.kind,
        "superseded_by": successor or "",
        "session": "",
        "card_read": "",
        "sealed": b"",
        "purpose": "",
        "copies": 1,
        "prepared_at": paper.settled_at.isoformat(),
        "prepared_ms": 0,
        "prepared_boot": "",
    }


def _blocks(session: Session, gap: Gap, page: KnownPapers) -> list[Block]:
    """Every block of which serials may have been used that this store does not know of."""
    ours = {row.block_id: row for row in session.sql.execute(select(number_block))}
    found = [
        Block(id_, f"{row.community}-{row.kind}-{row.year:04d}-", gap.doubtful[id_], row.first + row.size - 1)
        for id_, row in ours.items()
        if id_ in gap.doubtful
    ]
    strange = (block for block in page.blocks if block.block_id not in ours)
    return found + [Block(block.block_id, "", block.first, block.last) for block in strange]


def _numbers(session: Session) -> list[str]:
    return list(session.sql.execute(select(issuance.c.number)).scalars())
