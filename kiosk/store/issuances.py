from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.domain.issuance import (
    CERTIFICATE,
    OPEN_STATES,
    PAGE_PRINTER,
    IssuanceState,
    NoNumbers,
    ReservedNumber,
)
from kiosk.store.attempts import (
    TransitionError,
    begin_attempt,
    change,
    check_only_paper,
    check_settlement,
    find,
    find_in,
    first_attempt,
    is_settled_so,
    move,
    settled_now,
    told,
    told_of_person,
)
from kiosk.store.counters import count_settled
from kiosk.store.ledger_pen import EntryKind
from kiosk.store.numbers import check_code_of, take_number
from kiosk.store.outbox import owe
from kiosk.store.paper_lists import count_uncertain, open_issuances, uncertain_papers
from kiosk.store.record_keys import key_of, open_applicant
from kiosk.store.records import certificate_record, settlement_record
from kiosk.store.reprints import next_attempt
from kiosk.store.slips import reserve_slip

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from devices.contract import JobRef
    from kiosk.domain.issuance import (
        Moment,
        OpenIssuance,
        Reprint,
        Reservation,
        Settlement,
        SlipRequest,
        UncertainPaper,
    )
    from kiosk.store.attempts import NewAttempt
    from kiosk.store.database import Database
    from kiosk.store.ledger_pen import LedgerPen
    from kiosk.store.session import Session


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
            self._begin(session, now, first_attempt(reservation, block_id, reserved.number))
            return reserved

        return self._database.run(work)

    def reprint(self, reprint: Reprint) -> ReservedNumber | None:
        """A new attempt at a number whose last attempt is VOIDED, PREPARED; None where that may not be."""

        def work(session: Session) -> ReservedNumber | None:
            row = find(session, reprint.previous)
            new = None if row is None else next_attempt(session, row, reprint)
            if row is None or new is None:
                return None
            now = self._moment()
            change(session, row, {"superseded_by": new.id})
            self._pen.append(session, now, told(EntryKind.SUPERSEDED, row))
            self._begin(session, now, new)
            return _reserved(session, new.block_id, new.number, new.attempt)

        return self._database.run(work)

    def reserve_slip(self, request: SlipRequest) -> ReservedNumber:
        """A pick-up number, PREPARED; the request itself is owed to the platform in the same transaction."""
        return self._database.run(lambda session: reserve_slip(session, self._pen, self._moment(), request))

    def revise(self, issuance: str, purpose: str, copies: int) -> ReservedNumber:
        """Keep the number of a PREPARED issuance for another purpose or number of copies."""

        def work(session: Session) -> ReservedNumber:
            changes = {"purpose": purpose, "copies": copies, "document_sha256": "", "valid_until": ""}
            row = move(session, issuance, (IssuanceState.PREPARED,), changes)
            self._pen.append(session, self._moment(), told(EntryKind.REVISED, row, copies=copies))
            return _reserved(session, row.block_id, row.number, row.attempt)

        return self._database.run(work)

    def note_document(self, issuance: str, sha256: str, valid_until: date) -> None:
        """Note the fingerprint of the rendered document of a PREPARED issuance, and the last day it names."""
        changes = {"document_sha256": sha256, "valid_until": valid_until.isoformat()}
        self._step(issuance, IssuanceState.PREPARED, changes, EntryKind.DOCUMENT, document_sha256=sha256)

    def begin_print(self, issuance: str, sha256: str, job_name: str, printer: str = PAGE_PRINTER) -> None:
        """TX2: PREPARED to CREATING, only for the very document that was noted, at this printer."""

        def work(session: Session) -> None:
            changes = {"state": IssuanceState.CREATING, "job_name": job_name, "printer": printer}
            row = move(session, issuance, (IssuanceState.PREPARED,), changes)
            if row.document_sha256 != sha256:
                raise TransitionError("not the document that was prepared")
            entry = told(EntryKind.CREATING, row, document_sha256=sha256, job=job_name, printer=printer)
            self._pen.append(session, self._moment(), entry)

        self._database.run(work)

    def note_created(self, issuance: str, job: JobRef) -> None:
        """CREATING to CREATED, with all that finds the job again."""
        changes = {"state": IssuanceState.CREATED, "job_uuid": job.uuid, "job_id": job.id}
        self._step(issuance, IssuanceState.CREATING, changes, EntryKind.CREATED, job=job.uuid)

    def note_sending(self, issuance: str) -> None:
        """CREATED to SENDING; told before the first byte."""
        self._step(issuance, IssuanceState.CREATED, {"state": IssuanceState.SENDING}, EntryKind.SENDING)

    def note_accepted(self, issuance: str) -> None:
        """SENDING to ACCEPTED."""
        self._step(issuance, IssuanceState.SENDING, {"state": IssuanceState.ACCEPTED}, EntryKind.ACCEPTED)

    def settle(self, issuance: str, settlement: Settlement) -> None:
        """TX3: close an open issuance and owe its record to the platform, in one transaction.

        A slip owes nothing more: what was asked for is owed already. Settling again in the same way changes
        nothing: a disk may have kept what it called failed.
        """

        def work(session: Session) -> None:
            if is_settled_so(session, issuance, settlement):
                return
            now = self._moment()
            row = find_in(session, issuance, OPEN_STATES)
            check_settlement(session, row, settlement)
            change(session, row, settled_now(now, settlement.state) | {"code": settlement.code})
            count_settled(session, row, settlement.state)
            key = key_of(session, row.number)
            applicant = open_applicant(session, row, key)
            if row.kind == CERTIFICATE:
                owe(session, certificate_record(row, applicant, settlement, now), now, row.id)
            entry = told(
                EntryKind.SETTLED,
                row,
                state=settlement.state,
                code=settlement.code,
                document_sha256=row.document_sha256,
                job=row.job_uuid,
                copies=row.copies,
                **told_of_person(key, row, applicant.citizen_key),
            )
            self._pen.append(session, now, entry)

        self._database.run_urgent(work)

    def settle_by_word(self, issuance: str, *, came_out: bool, settled_by: str) -> bool:
        """A person's word on an UNCERTAIN issuance, with its record; False where it is not UNCERTAIN."""

        def work(session: Session) -> bool:
            row = find(session, issuance)
            if row is None or row.state != IssuanceState.UNCERTAIN or row.superseded_by:
                return False
            now = self._moment()
            state = IssuanceState.PRINTED if came_out else IssuanceState.VOIDED
            if came_out:
                check_only_paper(session, row)
            change(session, row, settled_now(now, state, settled_by))
            if row.kind == CERTIFICATE:
                owe(session, settlement_record(row, state, settled_by, now), now, row.id)
            self._pen.append(session, now, told(EntryKind.WORD, row, state=state, settled_by=settled_by))
            return True

        return self._database.run_urgent(work)

    def open_issuances(self) -> tuple[OpenIssuance, ...]:
        """All that the last process left open, oldest first."""
        return self._database.run_urgent(open_issuances)

    def uncertain_papers(self) -> tuple[UncertainPaper, ...]:
        """What waits for a person's word, oldest first."""
        return self._database.run_urgent(uncertain_papers)

    def count_uncertain(self) -> int:
        """How many papers wait for a person's word."""
        return self._database.run_urgent(count_uncertain)

    def _begin(self, session: Session, now: Moment, new: NewAttempt) -> None:
        person, sealed = begin_attempt(session, now, new)
        entry = told(
            EntryKind.RESERVED,
            new,
            copies=new.copies,
            person=person,
            sealed_sha256=sealed,
            offline_as_of=new.offline_as_of,
            pickup=new.pickup,
        )
        self._pen.append(session, now, entry)

    def _step(
        self, issuance: str, before: IssuanceState, changes: dict[str, Any], kind: EntryKind, **fields: str
    ) -> None:
        def work(session: Session) -> None:
            row = move(session, issuance, (before,), changes)
            self._pen.append(session, self._moment(), told(kind, row, **fields))

        self._database.run_urgent(work)


def _reserved(session: Session, block_id: str | None, number: str, attempt: int) -> ReservedNumber:
    return ReservedNumber(
        number, check_code_of(session, block_id, number, attempt) if block_id else "", attempt
    )
