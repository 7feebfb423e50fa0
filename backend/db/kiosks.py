from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert, select, update

from backend.db.tables import communities, kiosk_keys, kiosks

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_KIOSK_ID = re.compile(r"[A-Z0-9][A-Z0-9-]{1,38}[A-Z0-9]")
_COMMUNITY = re.compile(r"[0-9]{12}")
_SECRET_BYTES = 32
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A kiosk that proved who it is; `county` and `community` bound what it may reach."""

    county: str
    id: str
    community: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a kiosk is given, once."""

    secret: str = field(repr=False)
    register_key: bytes = field(repr=False)
    signing_seed: bytes = field(repr=False)  # Ed25519; the platform keeps the public key only


@dataclass(frozen=True, slots=True)
class Sender:
    """A kiosk and the key that it signs with today."""

    kiosk: Kiosk
    public_key: bytes


class EnrolmentError(Exception):
    """This kiosk cannot be enrolled."""


def is_kiosk_id(text: str) -> bool:
    """True for ids such as CG-KSK-03."""
    return bool(_KIOSK_ID.fullmatch(text))


def enrol(connection: Connection, kiosk_id: str, community: str, moment: datetime) -> Enrolment:
    """Fresh keys for this kiosk; an older secret is void from now on. Only its hash is kept.

    Raises EnrolmentError where id or community code are malformed, or the id is another county's.
    """
    if not is_kiosk_id(kiosk_id):
        raise EnrolmentError("a kiosk id has 3 to 40 characters: A to Z, 0 to 9, hyphens between")
    if not _COMMUNITY.fullmatch(community):
        raise EnrolmentError("a community code has 12 digits")
    county = community[:6]
    known = connection.execute(select(kiosks.c.county).where(kiosks.c.kiosk == kiosk_id)).scalar()
    if known not in {None, county}:
        raise EnrolmentError("this id belongs to a kiosk of another county")
    given = Enrolment(
        secrets.token_hex(_SECRET_BYTES), secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_KEY_BYTES)
    )
    row = {
        "community": community,
        "secret_sha256": _hash(given.secret),
        "register_key": given.register_key.hex(),
        "enrolled_at": moment,
        "revoked_at": None,
    }
    if known is None:
        connection.execute(insert(kiosks).values(county=county, kiosk=kiosk_id, **row))
    else:
        connection.execute(update(kiosks).where(kiosks.c.kiosk == kiosk_id).values(**row))
    public_key = Ed25519PrivateKey.from_private_bytes(given.signing_seed).public_key().public_bytes_raw()
    key = {"county": county, "kiosk": kiosk_id, "public_key": public_key.hex(), "since": moment}
    connection.execute(insert(kiosk_keys).values(key))
    return given


def revoke(connection: Connection, kiosk_id: str, moment: datetime) -> bool:
    """Accept this kiosk no longer; False where there is none of this id."""
    row = update(kiosks).where(kiosks.c.kiosk == kiosk_id).values(revoked_at=moment)
    return connection.execute(row).rowcount > 0


def authenticate(connection: Connection, kiosk_id: str, secret: str) -> Kiosk | None:
    """The kiosk with this secret; None where it is unknown or revoked or the secret is wrong."""
    row = connection.execute(select(kiosks).where(kiosks.c.kiosk == kiosk_id)).first()
    expected = row.secret_sha256 if row else _hash("")
    # Compared before anything else, so that the time taken does not tell which ids exist.
    is_right = hmac.compare_digest(_hash(secret), expected)
    if row is None or row.revoked_at is not None or not is_right:
        return None
    return Kiosk(row.county, row.kiosk, row.community)


def find_sender(connection: Connection, kiosk_id: str) -> Sender | None:
    """The kiosk with this id and its present key; None where it is unknown or revoked."""
    row = connection.execute(select(kiosks).where(kiosks.c.kiosk == kiosk_id)).first()
    if row is None or row.revoked_at is not None:
        return None
    kiosk = Kiosk(row.county, row.kiosk, row.community)
    keys = public_keys(connection, kiosk)
    return Sender(kiosk, keys[0]) if keys else None


def public_keys(connection: Connection, kiosk: Kiosk) -> tuple[bytes, ...]:
    """Every key that this kiosk ever signed with, the newest first."""
    query = (
        select(kiosk_keys.c.public_key)
        .where(kiosk_keys.c.county == kiosk.county, kiosk_keys.c.kiosk == kiosk.id)
        .order_by(kiosk_keys.c.since.desc())
    )
    return tuple(bytes.fromhex(public_key) for public_key in connection.execute(query).scalars())


def register_key_of(connection: Connection, kiosk: Kiosk) -> bytes | None:
    """The key that seals the register for this kiosk; None = it was enrolled before there was one."""
    query = select(kiosks.c.register_key).where(kiosks.c.county == kiosk.county, kiosks.c.kiosk == kiosk.id)
    return bytes.fromhex(connection.execute(query).scalar() or "") or None


def knows_community(connection: Connection, community: str) -> bool:
    """True where the register has this community."""
    query = select(communities.c.name).where(
        communities.c.county == community[:6], communities.c.community == community
    )
    return connection.execute(query).first() is not None


def _hash(secret: str) -> str:
    # The secret has 256 random bits: a fast hash is enough, there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()
