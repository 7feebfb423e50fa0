from __future__ import annotations

import base64
import hmac
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from backend.db.number_blocks import find_block, split_number
from backend.db.tables import certificates, communities
from backend.local_time import CHINA, local_date
from backend_client.contract import (
    VALIDITY,
    PaperState,
    Verification,
    VerificationState,
    check_code,
    is_certificate_number,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_NO_KEY = base64.b64encode(bytes(32)).decode()  # an unknown number costs the same work as a known one


def verify(connection: Connection, number: str, code: str, moment: datetime) -> Verification:
    """What is known about a paper. Unknown number and wrong code give the very same answer."""
    unknown = Verification(number=number, state=VerificationState.UNKNOWN)
    if not is_certificate_number(number):
        return unknown
    block = find_block(connection, split_number(number))
    expected = check_code(block.code_key if block else _NO_KEY, number)
    is_right = hmac.compare_digest(expected.encode(), code.strip().upper().encode())
    if block is None or not is_right:
        return unknown
    issuer = _issuer(connection, block)
    certificate = _certificate(connection, block.county, number)
    if certificate is None:
        state = VerificationState.NOT_YET_REPORTED
        return Verification(number=number, state=state, kind=block.kind, issuer=issuer)
    return _known(certificate, issuer, moment)


def _known(certificate: Row[Any], issuer: str, moment: datetime) -> Verification:
    state = PaperState(certificate.state)
    if state is PaperState.VOIDED:
        # No valid paper has this number; whom it had been meant for is nobody's business.
        return Verification(
            number=certificate.number, state=VerificationState.VOIDED, kind=certificate.kind, issuer=issuer
        )
    last_day = certificate.valid_until or local_date(certificate.prepared_at) + VALIDITY
    valid_until = datetime.combine(last_day, time.max, CHINA).replace(microsecond=0)
    return Verification(
        number=certificate.number,
        state=_state(state, valid_until, moment),
        kind=certificate.kind,
        masked_name=certificate.masked_name,
        purpose=certificate.purpose,
        issuer=issuer,
        issued_at=certificate.prepared_at.astimezone(CHINA),
        valid_until=valid_until,
    )


def _state(state: PaperState, valid_until: datetime, moment: datetime) -> VerificationState:
    if state is PaperState.UNCERTAIN:
        return VerificationState.UNCERTAIN
    return VerificationState.VALID if moment <= valid_until else VerificationState.EXPIRED


def _certificate(connection: Connection, county: str, number: str) -> Row[Any] | None:
    query = select(certificates).where(certificates.c.county == county, certificates.c.number == number)
    return connection.execute(query).first()


def _issuer(connection: Connection, block: Row[Any]) -> str:
    query = select(communities).where(
        communities.c.county == block.county, communities.c.community == block.community
    )
    row = connection.execute(query).first()
    return f"{row.county_name}{row.street_name}{row.name}居民委员会" if row else ""
