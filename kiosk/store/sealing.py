"""Personal fields are encrypted one by one: AES-256-GCM, bound to the place where they stand."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12


class SealError(Exception):
    """A sealed field does not open: another key, another place, or changed bytes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands. A field that is moved to another place does not open there."""

    table: str
    row: str
    column: str = "sealed"

    def __bytes__(self) -> bytes:
        return f"{self.table}/{self.row}/{self.column}".encode()


class Sealer:
    """Seals as key id (4 bytes), nonce (12 bytes), ciphertext with tag."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._key_id = hashlib.sha256(b"key id:" + key).digest()[:_KEY_ID_BYTES]

    @property
    def key_id(self) -> str:
        """Names the key without giving it away."""
        return self._key_id.hex()

    def seal(self, place: Place, plain: bytes) -> bytes:
        """The bytes to store at `place`."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._key_id + nonce + self._cipher.encrypt(nonce, plain, bytes(place))

    def unseal(self, place: Place, sealed: bytes) -> bytes:
        """The plain bytes of what stands at `place`. Raises SealError."""
        start = _KEY_ID_BYTES + _NONCE_BYTES
        if sealed[:_KEY_ID_BYTES] != self._key_id:
            raise SealError("sealed with another key")
        try:
            return self._cipher.decrypt(sealed[_KEY_ID_BYTES:start], sealed[start:], bytes(place))
        except (InvalidTag, ValueError) as error:
            raise SealError("changed, or moved from another place") from error


def load_or_create_key(path: Path) -> bytes:
    """The key in the file, made at first use, readable by its owner alone. Raises OSError, SealError."""
    if not path.exists():
        _create_key(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SealError(f"the key file holds {len(key)} bytes, not {KEY_BYTES}")
    return key


def _create_key(path: Path) -> None:
    # Written beside and renamed: a power cut must not leave half a key behind a database.
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
