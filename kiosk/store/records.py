"""What the platform is told about a number, made from its row."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from backend_client.contract import CertificateRecord, PaperState, SettlementRecord
from kiosk.domain.issuance import IssuanceState
from kiosk.store.sealing import Place

if TYPE_CHECKING:
    from sqlalchemy import Row

    from kiosk.domain.issuance import Applicant, Moment
    from kiosk.store.database import Session

_PAPER_STATE = {
    IssuanceState.PRINTED: PaperState.PRINTED,
    IssuanceState.VOIDED: PaperState.VOIDED,
    IssuanceState.UNCERTAIN: PaperState.UNCERTAIN,
}


def seal_applicant(session: Session, issuance: str, applicant: Applicant) -> bytes:
    """The applicant as it is stored with an issuance."""
    content = {
        "household_id": applicant.household_id,
        "person_id": applicant.person_id,
        "citizen_key": applicant.citizen_key,
        "record_version": applicant.record_version,
    }
    return session.sealer.seal(_place(issuance), json.dumps(content).encode())


def certificate_record(session: Session, row: Row[Any]) -> CertificateRecord:
    """The record of a settled issuance. Raises SealError."""
    applicant = json.loads(session.sealer.unseal(_place(row.id), row.sealed))
    return CertificateRecord(
        number=row.number,
        kind=row.kind,
        state=_PAPER_STATE[IssuanceState(row.state)],
        reason=row.code,
        session=row.session,
        purpose=row.purpose,
        copies=row.copies,
        document_sha256=row.document_sha256,
        valid_until=date.fromisoformat(row.valid_until) if row.valid_until else None,
        job_uuid=row.job_uuid,
        prepared_at=datetime.fromisoformat(row.prepared_at),
        settled_at=datetime.fromisoformat(row.settled_at),
        **applicant,
    )


def settlement_record(number: str, state: IssuanceState, settled_by: str, moment: Moment) -> SettlementRecord:
    """The record of a person's word."""
    return SettlementRecord(
        number=number, state=_PAPER_STATE[state], settled_by=settled_by, settled_at=moment.wall
    )


def _place(issuance: str) -> Place:
    return Place("issuance", issuance)
