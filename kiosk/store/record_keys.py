"""Each number has a data key of its own: deleting it deletes the person, and the ledger stays whole."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select

from kiosk.domain.issuance import Applicant
from kiosk.store.sealing import KEY_BYTES, Place, Sealer, SealError
from kiosk.store.tables import record_key

if TYPE_CHECKING:
    from sqlalchemy import Row

    from kiosk.store.session import Session

_OF_NUMBER = select(record_key.c.sealed).where(record_key.c.number == bindparam("number"))


@dataclass(frozen=True, slots=True)
class RecordKey:
    """The key of one number's personal fields."""

    sealer: Sealer
    _key: bytes

    @classmethod
    def of(cls, key: bytes) -> RecordKey:
        """From its bytes."""
        return cls(Sealer(key), key)

    def seal(self, issuance: str, applicant: Applicant) -> bytes:
        """The applicant as stored with an attempt."""
        content = {
            "household_id": applicant.household_id,
            "person_id": applicant.person_id,
            "citizen_key": applicant.citizen_key,
            "record_version": applicant.record_version,
        }
        return self.sealer.seal(_place(issuance), json.dumps(content).encode())

    def mark(self, citizen_key: str) -> str:
        """What the ledger says of the person: nobody can tell who it is once this key is deleted."""
        return hmac.new(self._key, citizen_key.encode(), hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        return "RecordKey()"


def key_of(session: Session, number: str) -> RecordKey | None:
    """The key of a number; None where there is none (any more). Raises SealError."""
    sealed = session.sql.execute(_OF_NUMBER, {"number": number}).scalar()
    return None if sealed is None else RecordKey.of(session.sealer.unseal(_key_place(number), sealed))


def key_for(session: Session, number: str) -> RecordKey:
    """The key of a number, made where it has none yet. Raises SealError."""
    known = key_of(session, number)
    if known:
        return known
    key = secrets.token_bytes(KEY_BYTES)
    sealed = session.sealer.seal(_key_place(number), key)
    session.sql.execute(insert(record_key).values(number=number, sealed=sealed))
    return RecordKey.of(key)


def open_applicant(session: Session, row: Row[Any], key: RecordKey | None) -> Applicant:
    """Whom an attempt is for. Raises SealError, also where the key was deleted.

    Attempts from before there were such keys are sealed with the store's own.
    """
    try:
        content = (key.sealer if key else session.sealer).unseal(_place(row.id), row.sealed)
    except SealError:
        content = session.sealer.unseal(_place(row.id), row.sealed)
    return Applicant(**json.loads(content))


def _place(issuance: str) -> Place:
    return Place("issuance", issuance)


def _key_place(number: str) -> Place:
    return Place("record_key", number)
