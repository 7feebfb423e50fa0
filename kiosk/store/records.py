"""What the platform is told about a number, made from the row of its attempt."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from backend_client.contract import (
    CertificateRecord,
    ClockState,
    PaperState,
    PickupRecord,
    SettlementRecord,
    Stamp,
)
from kiosk.domain.issuance import CERTIFICATE, IssuanceState

if TYPE_CHECKING:
    from sqlalchemy import Row

    from kiosk.domain.issuance import Applicant, Moment, Settlement, SlipRequest

_PAPER_STATE = {
    IssuanceState.PRINTED: PaperState.PRINTED,
    IssuanceState.VOIDED: PaperState.VOIDED,
    IssuanceState.UNCERTAIN: PaperState.UNCERTAIN,
}


def certificate_record(
    row: Row[Any], applicant: Applicant, settlement: Settlement, now: Moment
) -> CertificateRecord:
    """The record of an attempt that is settled now; `row` is as it was before."""
    prepared_at = datetime.fromisoformat(row.prepared_at)
    return CertificateRecord(
        number=row.number,
        kind=row.kind,
        attempt=row.attempt,
        state=_PAPER_STATE[settlement.state],
        reason=settlement.code,
        session=row.session,
        household_id=applicant.household_id,
        person_id=applicant.person_id,
        citizen_key=applicant.citizen_key,
        record_version=applicant.record_version,
        purpose=row.purpose,
        copies=row.copies,
        document_sha256=row.document_sha256,
        valid_until=date.fromisoformat(row.valid_until) if row.valid_until else None,
        job_uuid=row.job_uuid,
        offline_as_of=datetime.fromisoformat(row.offline_as_of) if row.offline_as_of else None,
        pickup=row.pickup,
        prepared_at=prepared_at,
        settled_at=now.wall,
        prepared=Stamp(
            wall=prepared_at,
            monotonic_ms=row.prepared_ms,
            boot_id=row.prepared_boot,
            clock=ClockState(row.prepared_clock),
        ),
        settled=now.stamp(),
    )


def settlement_record(row: Row[Any], state: IssuanceState, settled_by: str, now: Moment) -> SettlementRecord:
    """The record of a person's word."""
    return SettlementRecord(
        number=row.number,
        attempt=row.attempt,
        state=_PAPER_STATE[state],
        settled_by=settled_by,
        settled_at=now.wall,
        settled=now.stamp(),
    )


def pickup_record(number: str, request: SlipRequest, now: Moment) -> PickupRecord:
    """The record of a certificate that somebody waits for."""
    return PickupRecord(
        number=number,
        kind=CERTIFICATE,
        session=request.session,
        citizen_key=request.citizen_key,
        purpose=request.purpose,
        copies=request.copies,
        reason=request.reason,
        requested_at=now.wall,
        requested=now.stamp(),
    )
