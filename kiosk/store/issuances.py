from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from devices.contract import JobRef
from kiosk.domain.issuance import (
    OPEN_STATES,
    IssuanceState,
    NoNumbers,
    OpenIssuance,
    ReservedNumber,
    Settlement,
)
from kiosk.store.numbers import KIND, check_code_of, take_number
from kiosk.store.outbox import owe
from kiosk.store.records import certificate_record, seal_applicant, settlement_record
from kiosk.store.tables import issuance as table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Row

    from kiosk.domain.issuance import Moment, Reservation
    from kiosk.store.database import Database, Session
    from kiosk.store.ledger_pen import LedgerPen


class TransitionError(Exception):
    """A step that the way of a number does not know: a bug, never the world's fault."""


class Issuances:
    """The way of each number; see kiosk.domain.journal.PrintJournal."""

    def __init__(self, database: Database, moment: Callable[[], Moment], pen: LedgerPen) -> None:
        self._database = database
        self._moment = moment
        self._pen = pen

    def reserve(self, reservation: Reservation) -> ReservedNumber | NoNumbers:
        """TX1: take the next number of the oldest usable block and note it as PREPARED."""

        def work(session: Session) -> ReservedNumber | NoNumbers:
            now = self._moment()
            taken = take_number(session, now.wall.date())
            if taken is None:
                return NoNumbers()
            block_id, reserved = taken
            row = insert(table).values(
                id=reservation.issuance,
                number=reserved.number,
                kind=KIND,
                block_id=block_id,
                session=reservation.session,
                card_read=reservation.card_read,
                sealed=seal_applicant(session, reservation.issuance, reservation.applicant),
                purpose=reservation.purpose,
                copies=reservation.copies,
                state=IssuanceState.PREPARED,
                prepared_at=now.wall.isoformat(),
                prepared_ms=now.monotonic_ms,
                prepared_boot=now.boot_id,
            )
            session.sql.execute(row)
            return reserved

        return self._database.run(work)

    def revise(self, issuance: str, purpose: str, copies: int) -> ReservedNumber:
        """Keep the number of a PREPARED issuance for another purpose or number of copies."""

        def work(session: Session) -> ReservedNumber:
            changes = {"purpose": purpose, "copies": copies, "document_sha256": "", "valid_until": ""}
            _step(session, issuance, (IssuanceState.PREPARED,), changes)
            row = _row(session, issuance)
            return ReservedNumber(row.number, check_code_of(session, row.block_id, row.number))

        return self._database.run(work)

    def note_document(self, issuance: str, sha256: str, valid_until: date) -> None:
        """Note the fingerprint of the rendered document of a PREPARED issuance, and the last day it names."""
        changes = {"document_sha256": sha256, "valid_until": valid_until.isoformat()}
        self._move(issuance, IssuanceState.PREPARED, changes)

    def begin_print(self, issuance: str, sha256: str, job_name: str) -> None:
        """TX2: PREPARED to CREATING, only for the very document that was noted."""

        def work(session: Session) -> None:
            if _row(session, issuance).document_sha256 != sha256:
                raise TransitionError("not the document that was prepared")
            changes = {"state": IssuanceState.CREATING, "job_name": job_name}
            _step(session, issuance, (IssuanceState.PREPARED,), changes)

        self._database.run(work)

    def note_created(self, issuance: str, job: JobRef) -> None:
        """CREATING to CREATED, with all that finds the job again."""
        changes = {"state": IssuanceState.CREATED, "job_uuid": job.uuid, "job_id": job.id}
        self._move(issuance, IssuanceState.CREATING, changes)

    def note_sending(self, issuance: str) -> None:
        """CREATED to SENDING; told before the first byte."""
        self._move(issuance, IssuanceState.CREATED, {"state": IssuanceState.SENDING})

    def note_accepted(self, issuance: str) -> None:
        """SENDING to ACCEPTED."""
        self._move(issuance, IssuanceState.SENDING, {"state": IssuanceState.ACCEPTED})

    def settle(self, issuance: str, settlement: Settlement) -> None:
        """TX3: close an open issuance and owe its record to the platform, in one transaction."""

        def work(session: Session) -> None:
            _check(settlement, _row(session, issuance).state)
            now = self._moment()
            changes = {
                "state": settlement.state,
                "code": settlement.code,
                "settled_at": now.wall.isoformat(),
                "settled_ms": now.monotonic_ms,
                "settled_boot": now.boot_id,
            }
            _step(session, issuance, OPEN_STATES, changes)
            owe(session, certificate_record(session, _row(session, issuance)))

        self._database.run_urgent(work)

    def settle_by_word(self, issuance: str, *, came_out: bool, settled_by: str) -> bool:
        """A person's word on an UNCERTAIN issuance, with its record; False where it is not UNCERTAIN."""

        def work(session: Session) -> bool:
            row = session.sql.execute(select(table).where(table.c.id == issuance)).first()
            if row is None or row.state != IssuanceState.UNCERTAIN:
                return False
            state = IssuanceState.PRINTED if came_out else IssuanceState.VOIDED
            _step(session, issuance, (IssuanceState.UNCERTAIN,), {"state": state})
            owe(session, settlement_record(row.number, state, settled_by, self._moment()))
            return True

        return self._database.run_urgent(work)

    def open_issuances(self) -> tuple[OpenIssuance, ...]:
        """All that the last process left open, oldest first."""
        query = select(table).where(table.c.state.in_(OPEN_STATES)).order_by(table.c.number)
        return self._database.run_urgent(
            lambda session: tuple(_open_issuance(row) for row in session.sql.execute(query))
        )

    def count_uncertain(self) -> int:
        """How many papers wait for a person's word."""
        query = select(func.count()).where(table.c.state == IssuanceState.UNCERTAIN)
        return self._database.run_urgent(lambda session: int(session.sql.execute(query).scalar_one()))

    def _move(self, issuance: str, before: IssuanceState, changes: dict[str, Any]) -> None:
        self._database.run_urgent(lambda session: _step(session, issuance, (before,), changes))


def _step(
    session: Session, issuance: str, before: tuple[IssuanceState, ...], changes: dict[str, Any]
) -> None:
    change = update(table).where(table.c.id == issuance, table.c.state.in_(before)).values(**changes)
    if session.sql.execute(change).rowcount != 1:
        raise TransitionError(f"no issuance in state {', '.join(before)}")


def _check(settlement: Settlement, state: str) -> None:
    """Never "printed" unless it was stored before that the printer had taken the whole document."""
    if settlement.state in OPEN_STATES:
        raise TransitionError("a settlement closes")
    if settlement.state is IssuanceState.PRINTED and state != IssuanceState.ACCEPTED:
        raise TransitionError("printed, but never accepted")


def _row(session: Session, issuance: str) -> Row[Any]:
    return session.sql.execute(select(table).where(table.c.id == issuance)).one()


def _open_issuance(row: Row[Any]) -> OpenIssuance:
    job = JobRef(row.job_name, row.job_uuid, row.job_id) if row.job_uuid else None
    return OpenIssuance(row.id, row.number, IssuanceState(row.state), row.copies, row.job_name, job)
