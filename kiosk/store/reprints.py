"""Who may have a paper printed again, and what the next attempt takes over."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from kiosk.domain.issuance import SLIP, IssuanceState
from kiosk.store.attempts import NewAttempt
from kiosk.store.gap import is_behind_gap
from kiosk.store.record_keys import key_of, open_applicant

if TYPE_CHECKING:
    from sqlalchemy import Row

    from kiosk.domain.issuance import Reprint
    from kiosk.store.session import Session

MOST_ATTEMPTS = 3


def next_attempt(session: Session, row: Row[Any], reprint: Reprint) -> NewAttempt | None:
    """None where the paper came out, is in doubt, was superseded, is no certificate, or another person's."""
    if is_behind_gap(session, row.id):
        return None  # it may have been printed after the copy that this store was restored from
    is_void = row.state == IssuanceState.VOIDED and not row.superseded_by
    key = key_of(session, row.number)
    if row.kind == SLIP or not is_void or row.attempt >= MOST_ATTEMPTS or not row.sealed:
        return None
    applicant = open_applicant(session, row, key)
    if not hmac.compare_digest(applicant.citizen_key, reprint.citizen_key):
        return None
    return NewAttempt(
        id=reprint.issuance,
        number=row.number,
        attempt=row.attempt + 1,
        kind=row.kind,
        block_id=row.block_id,
        session=reprint.session,
        card_read=reprint.card_read,
        applicant=applicant,
        purpose=row.purpose,
        copies=row.copies,
        offline_as_of=row.offline_as_of,
        pickup=row.pickup,
    )
