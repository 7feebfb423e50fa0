"""A record that opens only with the number and the name on the card, together with the kiosk's key.

One memory-hard derivation (scrypt) of both keyed hashes gives the secret from which everything else comes:
the tag under which the record lies, and the key that opens it. So even the question whether somebody is in
the register costs one derivation per guess. What this cannot do is written in DECISIONS.md.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_BLOCK_SIZE = 8  # scrypt r: 128 * r * N bytes of memory, 16 MiB at cost 14
_PARALLEL = 1
_HARD_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16


class SealedRecordError(Exception):
    """A record does not open: another card, another kiosk, or changed bytes."""


@dataclass(frozen=True, slots=True)
class Hardness:
    """What every guess costs: scrypt with N = 2 ** cost, r = 8, p = 1, and the county's salt."""

    salt: bytes
    cost: int


@dataclass(frozen=True, slots=True)
class CardSecret:
    """Where a card's record lies, and what opens it; lives for one look-up."""

    tag: bytes = field(repr=False)  # 16 bytes
    key: bytes = field(repr=False)  # 32 bytes


def harden(citizen_key: str, name_key: str, hardness: Hardness) -> bytes:
    """32 bytes; about 40 ms and 16 MiB at cost 14."""
    return hashlib.scrypt(
        f"{citizen_key}/{name_key}".encode("ascii"),
        salt=hardness.salt,
        n=1 << hardness.cost,
        r=_BLOCK_SIZE,
        p=_PARALLEL,
        maxmem=(128 * _BLOCK_SIZE << hardness.cost) + (1 << 20),
        dklen=_HARD_BYTES,
    )


def bind(hardened: bytes, register_key: bytes) -> CardSecret:
    """What one kiosk needs: another kiosk's record of the same person has another tag and another key."""
    return CardSecret(
        tag=_derive(register_key, b"tag", hardened)[:_TAG_BYTES], key=_derive(register_key, b"key", hardened)
    )


def seal_record(secret: CardSecret, entry: str, plain: bytes) -> bytes:
    """AES-256-GCM: nonce, ciphertext with tag, bound to the entry's id."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(secret.key).encrypt(nonce, plain, entry.encode("ascii"))


def open_record(secret: CardSecret, entry: str, sealed: bytes) -> bytes:
    """The plain bytes. Raises SealedRecordError."""
    try:
        return AESGCM(secret.key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], entry.encode("ascii"))
    except (InvalidTag, ValueError) as error:
        raise SealedRecordError("another card, another kiosk, or changed bytes") from error


def _derive(register_key: bytes, use: bytes, hardened: bytes) -> bytes:
    return hmac.new(register_key, b"register " + use + b":" + hardened, hashlib.sha256).digest()
