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

MOST_ATTEMPTS = 99  # of one number, by the contract
_NO_KEY = base64.b64encode(bytes(32)).decode()  # an unknown number costs the same work as a known one


def verify(connection: Connection, number: str, code: str, moment: datetime) -> Verification:
    """What is known about a paper. Unknown number and wrong code give the very same answer."""
    unknown = Verification(number=number, state=VerificationState.UNKNOWN)
    if not is_certificate_number(number):
        return unknown
    block = find_block(connection, split_number(number))
    attempt = _attempt_of_code(block.code_key if block else _NO_KEY, number, code)
    if block is None or attempt is None:
        return unknown
    issuer = _issuer(connection, block)
    attempts = _attempts(connection, block.county, number)
    # Whatever became of it: as soon as there is a later attempt, this paper counts no longer.
    if attempt < max(attempts, default=0):
        state = VerificationState.SUPERSEDED
    elif attempt not in attempts:
        state = VerificationState.NOT_YET_REPORTED
    else:
        return _known(attempts[attempt], issuer, moment)
    return Verification(number=number, state=state, kind=block.kind, issuer=issuer)


def _attempt_of_code(code_key: str, number: str, code: str) -> int | None:
    """Which attempt this check code was printed on; always the same work, so that time tells nothing."""
    given = code.strip().upper().encode()
    found = None
    for attempt in range(1, MOST_ATTEMPTS + 1):
        if hmac.compare_digest(check_code(code_key, number, attempt).encode(), given):
            found = attempt
    return found


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


def _attempts(connection: Connection, county: str, number: str) -> dict[int, Row[Any]]:
    query = select(certificates).where(certificates.c.county == county, certificates.c.number == number)
    return {row.attempt: row for row in connection.execute(query)}


def _issuer(connection: Connection, block: Row[Any]) -> str:
    query = select(communities).where(
        communities.c.county == block.county, communities.c.community == block.community
    )
    row = connection.execute(query).first()
    return f"{row.county_name}{row.street_name}{row.name}居民委员会" if row else ""
