"""The file of the second road: what a kiosk owes, signed by it, and encrypted for the platform alone.

HPKE (RFC 9180: X25519, HKDF-SHA-256, AES-256-GCM) around lines of JSON; the kiosk's Ed25519 signature stands
inside, over everything before it, so that nobody learns from the outside which kiosk wrote what.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_FORM = b"community-kiosk outbox 1\n"
_USE = b"community-kiosk outbox"
_SIGNATURE_BYTES = 64


class CarrierError(Exception):
    """The file cannot be used; the text is one sentence and holds no data."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """What a kiosk wrote. Each item is the JSON of a RecordItem, with the id that it will keep for ever."""

    kiosk: str
    made_at: datetime
    items: tuple[bytes, ...] = field(repr=False)


def write_carrier(items: Iterable[bytes], kiosk: str, signing_key: bytes, carrier_public_key: bytes) -> bytes:
    """The content of the file. `signing_key` is the kiosk's Ed25519 seed, the other key the platform's."""
    head = json.dumps({"kiosk": kiosk, "made_at": datetime.now(UTC).isoformat()})
    plain = b"".join(line + b"\n" for line in (head.encode(), *items))
    signature = Ed25519PrivateKey.from_private_bytes(signing_key).sign(_FORM + plain)
    public_key = X25519PublicKey.from_public_bytes(carrier_public_key)
    return _FORM + _suite().encrypt(signature + plain, public_key, info=_USE)


def open_carrier(
    content: bytes, carrier_key: bytes, find_public_key: Callable[[str], bytes | None]
) -> Carrier:
    """What stands in the file. `carrier_key` is the platform's X25519 private key.

    `find_public_key` gives a kiosk's Ed25519 key, None for one that is not known. Raises CarrierError.
    """
    if not content.startswith(_FORM):
        raise CarrierError("this is not a file of a kiosk's outbox")
    private_key = X25519PrivateKey.from_private_bytes(carrier_key)
    try:
        opened = _suite().decrypt(content[len(_FORM) :], private_key, info=_USE)
    except (InvalidTag, ValueError) as error:
        raise CarrierError("the file is damaged, or was written for another platform") from error
    signature, plain = opened[:_SIGNATURE_BYTES], opened[_SIGNATURE_BYTES:]
    head, *items = plain.removesuffix(b"\n").split(b"\n")
    kiosk, made_at = _read_head(head)
    public_key = find_public_key(kiosk)
    if public_key is None:
        raise CarrierError("the file is of a kiosk that is not enrolled here")
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _FORM + plain)
    except (InvalidSignature, ValueError) as error:
        raise CarrierError("the file is not signed by the kiosk that it names") from error
    return Carrier(kiosk, made_at, tuple(items))


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _read_head(line: bytes) -> tuple[str, datetime]:
    try:
        head = json.loads(line)
        return str(head["kiosk"]), datetime.fromisoformat(head["made_at"])
    except (ValueError, TypeError, KeyError) as error:
        raise CarrierError("the file does not say which kiosk wrote it") from error
