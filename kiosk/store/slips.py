"""A slip with a pick-up number: the certificate is owed, and the request for it travels at once."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import select

from backend_client.contract import PICKUP_BYTES, pickup_number
from kiosk.domain.issuance import SLIP, Applicant, ReservedNumber
from kiosk.store.attempts import NewAttempt, begin_attempt, told
from kiosk.store.ledger_pen import EntryKind
from kiosk.store.outbox import owe
from kiosk.store.records import pickup_record
from kiosk.store.tables import issuance

if TYPE_CHECKING:
    from kiosk.domain.issuance import Moment, SlipRequest
    from kiosk.store.ledger_pen import LedgerPen
    from kiosk.store.session import Session


def reserve_slip(session: Session, pen: LedgerPen, now: Moment, request: SlipRequest) -> ReservedNumber:
    """A fresh pick-up number, PREPARED, with its request owed to the platform."""
    new = NewAttempt(
        id=request.issuance,
        number=_fresh_number(session),
        attempt=1,
        kind=SLIP,
        block_id=None,
        session=request.session,
        card_read=request.card_read,
        applicant=Applicant("", "", request.citizen_key, 0),
        purpose=request.purpose,
        copies=request.copies,
    )
    person, sealed = begin_attempt(session, now, new)
    owe(session, pickup_record(new.number, request, now), now, new.id)
    pen.append(
        session,
        now,
        told(EntryKind.RESERVED, new, copies=new.copies, person=person, sealed_sha256=sealed),
        told(EntryKind.PICKUP, new, code=request.reason),
    )
    return ReservedNumber(new.number, "")


def _fresh_number(session: Session) -> str:
    while True:
        number = pickup_number(secrets.token_bytes(PICKUP_BYTES))
        known = select(issuance.c.id).where(issuance.c.number == number)
        if not session.sql.execute(known).first():
            return number
