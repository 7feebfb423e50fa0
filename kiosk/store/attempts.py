"""One row is one attempt to print one number: how it begins, how it moves, and what the ledger says of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from kiosk.domain.issuance import CERTIFICATE, OPEN_STATES, IssuanceState
from kiosk.store.ledger_pen import Entry
from kiosk.store.record_keys import key_for
from kiosk.store.tables import issuance as table

if TYPE_CHECKING:
    from sqlalchemy import Row

    from kiosk.domain.issuance import Applicant, Moment, Reservation, Settlement
    from kiosk.store.ledger_pen import EntryKind
    from kiosk.store.record_keys import RecordKey
    from kiosk.store.session import Session

# Built once: every step of a paper needs them.
_BY_ID = select(table).where(table.c.id == bindparam("issuance"))
_CHANGE = update(table).where(table.c.id == bindparam("issuance"))
_OTHER_PAPER = (
    select(table.c.id)
    .where(
        table.c.number == bindparam("number"),
        table.c.id != bindparam("issuance"),
        table.c.state == IssuanceState.PRINTED,
        table.c.superseded_by == "",
    )
    .limit(1)
)


class TransitionError(Exception):
    """A step that the way of a number does not know: a bug, never the world's fault."""


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """What is known when an attempt begins."""

    id: str
    number: str
    attempt: int
    kind: str
    block_id: str | None
    session: str
    card_read: str
    applicant: Applicant
    purpose: str
    copies: int
    offline_as_of: str = ""
    pickup: str = ""


def first_attempt(reservation: Reservation, block_id: str, number: str) -> NewAttempt:
    """The first attempt at a number that was just taken."""
    as_of = reservation.offline_as_of
    return NewAttempt(
        id=reservation.issuance,
        number=number,
        attempt=1,
        kind=CERTIFICATE,
        block_id=block_id,
        session=reservation.session,
        card_read=reservation.card_read,
        applicant=reservation.applicant,
        purpose=reservation.purpose,
        copies=reservation.copies,
        offline_as_of=as_of.isoformat() if as_of else "",
        pickup=reservation.pickup,
    )


def begin_attempt(session: Session, now: Moment, new: NewAttempt) -> tuple[str, str]:
    """Note a new attempt as PREPARED; return what the ledger says of its person and of the sealed bytes."""
    key = key_for(session, new.number)
    sealed = key.seal(new.id, new.applicant)
    row = insert(table).values(
        id=new.id,
        number=new.number,
        attempt=new.attempt,
        kind=new.kind,
        block_id=new.block_id,
        session=new.session,
        card_read=new.card_read,
        sealed=sealed,
        purpose=new.purpose,
        copies=new.copies,
        offline_as_of=new.offline_as_of,
        pickup=new.pickup,
        state=IssuanceState.PREPARED,
        prepared_at=now.wall.isoformat(),
        prepared_ms=now.monotonic_ms,
        prepared_boot=now.boot_id,
        prepared_clock=now.clock,
    )
    session.sql.execute(row)
    return key.mark(new.applicant.citizen_key), hashlib.sha256(sealed).hexdigest()


def find(session: Session, issuance: str) -> Row[Any] | None:
    """The row of an attempt."""
    return session.sql.execute(_BY_ID, {"issuance": issuance}).first()


def move(
    session: Session, issuance: str, before: tuple[IssuanceState, ...], changes: dict[str, Any]
) -> Row[Any]:
    """Change an attempt that is in one of these states; return its row as it was."""
    row = find_in(session, issuance, before)
    change(session, row, changes)
    return row


def find_in(session: Session, issuance: str, states: tuple[IssuanceState, ...]) -> Row[Any]:
    """The row of an attempt that is in one of these states."""
    row = find(session, issuance)
    if row is None or row.state not in states:
        raise TransitionError(f"no issuance in state {', '.join(states)}")
    return row


def change(session: Session, row: Row[Any], changes: dict[str, Any]) -> None:
    """Change an attempt; its state was looked at in the same transaction."""
    session.sql.execute(_CHANGE, {"issuance": row.id, **changes})


def settled_now(now: Moment, state: IssuanceState, settled_by: str = "") -> dict[str, Any]:
    """The columns that say how an attempt ended, and when."""
    return {
        "state": state,
        "settled_at": now.wall.isoformat(),
        "settled_ms": now.monotonic_ms,
        "settled_boot": now.boot_id,
        "settled_clock": now.clock,
        "settled_by": settled_by,
    }


def is_settled_so(session: Session, issuance: str, settlement: Settlement) -> bool:
    """True where the machine settled this attempt in the very same way before."""
    row = find(session, issuance)
    if row is None or row.settled_by or settlement.state in OPEN_STATES:
        return False
    return bool(row.state == settlement.state and row.code == settlement.code)


def check_settlement(session: Session, row: Row[Any], settlement: Settlement) -> None:
    """Never "printed" unless it was stored before that the printer had taken the whole document."""
    if settlement.state in OPEN_STATES:
        raise TransitionError("a settlement closes")
    if settlement.state is IssuanceState.PRINTED:
        if row.state != IssuanceState.ACCEPTED:
            raise TransitionError("printed, but never accepted")
        check_only_paper(session, row)


def check_only_paper(session: Session, row: Row[Any]) -> None:
    """No two valid papers of one number, whatever went wrong before."""
    if session.sql.execute(_OTHER_PAPER, {"number": row.number, "issuance": row.id}).first():
        raise TransitionError("another attempt of this number was printed")


def told(kind: EntryKind, row: Row[*tuple[Any, ...]] | NewAttempt, **fields: str | int) -> Entry:
    """An entry about an attempt."""
    about = {"number": row.number, "attempt": row.attempt, "session": row.session}
    return Entry(kind, {**about, **fields})


def told_of_person(key: RecordKey | None, row: Row[Any], citizen_key: str) -> dict[str, str]:
    """What an entry says of the person, and of the bytes that hold it."""
    mark = key.mark(citizen_key) if key else ""
    return {"person": mark, "sealed_sha256": hashlib.sha256(row.sealed).hexdigest()}
