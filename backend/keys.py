"""The platform's own secrets, one file each in STATE/keys, made at first use, for its user only."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

if TYPE_CHECKING:
    from pathlib import Path

_KEY_BYTES = 32
_SALT_BYTES = 16


class KeyFileError(Exception):
    """A key file does not hold a key."""


@dataclass(frozen=True, slots=True)
class PlatformKeys:
    """`lookup_key` makes the keyed hashes of the register; `signing_key` signs receipts.

    `carrier_key` opens the files that kiosks write for the second road: a raw X25519 private key.
    """

    lookup_key: bytes = field(repr=False)
    signing_key: Ed25519PrivateKey = field(repr=False)
    carrier_key: bytes = field(repr=False)
    register_salt: bytes = field(repr=False)  # 16 bytes, of the derivation that binds records to cards

    @property
    def receipt_public_key(self) -> bytes:
        """The raw 32 bytes that kiosks verify receipts with."""
        return self.signing_key.public_key().public_bytes_raw()

    @property
    def carrier_public_key(self) -> bytes:
        """The raw 32 bytes that kiosks encrypt their files for."""
        return X25519PrivateKey.from_private_bytes(self.carrier_key).public_key().public_bytes_raw()


def open_keys(state: Path) -> PlatformKeys:
    """The keys of this state directory. KeyFileError where a file is damaged, OSError where unreadable."""
    directory = state / "keys"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    lookup_key = _open_secret(directory / "lookup.key")
    signing_key = Ed25519PrivateKey.from_private_bytes(_open_secret(directory / "receipt.key"))
    return PlatformKeys(
        lookup_key,
        signing_key,
        _open_secret(directory / "carrier.key"),
        _open_secret(directory / "register.salt")[:_SALT_BYTES],
    )


def write_private(path: Path, content: str) -> None:
    """Replace `path` as a whole, durably, readable by this user only."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    _write_draft(draft, content)
    draft.replace(path)
    _sync_directory(path.parent)


def _open_secret(path: Path) -> bytes:
    if not path.exists():
        _create_secret(path)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise KeyFileError(f"{path} does not hold {_KEY_BYTES} bytes in hexadecimal digits")
    return key


def _create_secret(path: Path) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    _write_draft(draft, secrets.token_hex(_KEY_BYTES) + "\n")
    try:
        path.hardlink_to(draft)  # never replaces: of two processes that start together one key stays
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync_directory(path.parent)


def _write_draft(draft: Path, content: str) -> None:
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
