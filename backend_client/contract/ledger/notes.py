"""Signed checkpoints in the note form of C2SP (signed-note, tlog-checkpoint, tlog-cosignature).

community-kiosk/CG-KSK-03/0123456789abcdef
42
<root in base64>

— community-kiosk/CG-KSK-03 <key hash and signature in base64>
— community-kiosk/platform <key hash, time and signature in base64>
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY_BYTES = 32
_KINDS = _SIGNATURE_KIND, _COSIGNATURE_KIND = b"\x01", b"\x04"
_ID_BYTES = 4
_TIME_BYTES = 8
_SIGNATURE_BYTES = 64
_BODY = re.compile(r"([^\n]{1,200})\n(0|[1-9]\d{0,18})\n([A-Za-z0-9+/]{43}=)\n")
_LINE = re.compile(r"— ([^ \n+]{1,200}) ([A-Za-z0-9+/]{1,200}={0,2})\n")
_KEY_NAME = re.compile(r"[^\s+]{1,200}")


class NoteError(ValueError):
    """Not such a note, or not rightly signed."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def sign_checkpoint(checkpoint: Checkpoint, key_name: str, seed: bytes) -> str:
    """The checkpoint as a signed note. `seed` is the Ed25519 private key, 32 bytes."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    key_id = _key_id(key_name, _SIGNATURE_KIND, key.public_key().public_bytes_raw())
    text = checkpoint.text()
    return f"{text}\n{_line(key_name, key_id + key.sign(text.encode()))}"


def read_checkpoint(note: str, key_name: str, public_key: bytes) -> Checkpoint:
    """The checkpoint in a note that this key signed. Raises NoteError."""
    text, lines = _parse(note)
    key_id = _key_id(key_name, _SIGNATURE_KIND, public_key)
    for name, signature in lines:
        if name == key_name and signature[:_ID_BYTES] == key_id:
            _verify(public_key, signature[_ID_BYTES:], text.encode())
            return _checkpoint(text)
    raise NoteError("not signed with this key")


def countersign(note: str, key_name: str, seed: bytes, at: datetime) -> str:
    """The note with one more line: that this key's owner has seen it at this time, and nothing against it."""
    text, _ = _parse(note)
    key = Ed25519PrivateKey.from_private_bytes(seed)
    seconds = int(at.timestamp())
    key_id = _key_id(key_name, _COSIGNATURE_KIND, key.public_key().public_bytes_raw())
    signature = key.sign(_cosigned(seconds, text))
    return note + _line(key_name, key_id + seconds.to_bytes(_TIME_BYTES, "big") + signature)


def read_countersignature(note: str, key_name: str, public_key: bytes) -> datetime:
    """When this key countersigned the note. Raises NoteError."""
    text, lines = _parse(note)
    key_id = _key_id(key_name, _COSIGNATURE_KIND, public_key)
    for name, signature in lines:
        if name == key_name and signature[:_ID_BYTES] == key_id:
            seconds = int.from_bytes(signature[_ID_BYTES : _ID_BYTES + _TIME_BYTES], "big")
            _verify(public_key, signature[_ID_BYTES + _TIME_BYTES :], _cosigned(seconds, text))
            return _time(seconds)
    raise NoteError("not countersigned with this key")


def public_key_of(seed: bytes) -> bytes:
    """The Ed25519 public key that belongs to a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def verifier_key(key_name: str, public_key: bytes) -> str:
    """The public key as text (C2SP vkey): name, key id and key."""
    return _as_text(key_name, _SIGNATURE_KIND, public_key)


def cosigner_key(key_name: str, public_key: bytes) -> str:
    """The same for a key that countersigns: another kind, so that nobody takes one for the other."""
    return _as_text(key_name, _COSIGNATURE_KIND, public_key)


def parse_verifier_key(text: str) -> tuple[str, bytes]:
    """Name and public key, of either kind. Raises NoteError."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    key = _decode(encoded)
    if not _KEY_NAME.fullmatch(name) or len(key) != 1 + KEY_BYTES or key[:1] not in _KINDS:
        raise NoteError("not a verifier key")
    if key_id != _key_id(name, key[:1], key[1:]).hex():
        raise NoteError("the verifier key does not fit its own name")
    return name, key[1:]


def read_text(note: str) -> Checkpoint:
    """What a note says, whoever signed it. Raises NoteError."""
    return _checkpoint(_parse(note)[0])


def signers(note: str) -> tuple[str, ...]:
    """The names on the signature lines, verified or not. Raises NoteError."""
    return tuple(name for name, _ in _parse(note)[1])


def keep_signature(note: str, key_name: str) -> str:
    """The note with the last signature line of that name alone. Raises NoteError where there is none."""
    text, signatures = _parse(note)
    for name, content in reversed(signatures):
        if name == key_name:
            return f"{text}\n{_line(name, content)}"
    raise NoteError("not signed by that name")


def _as_text(key_name: str, kind: bytes, public_key: bytes) -> str:
    key = base64.b64encode(kind + public_key).decode()
    return f"{key_name}+{_key_id(key_name, kind, public_key).hex()}+{key}"


def _parse(note: str) -> tuple[str, tuple[tuple[str, bytes], ...]]:
    """The signed text and the signatures. Raises NoteError."""
    text, mark, signatures = note.partition("\n\n")
    text += "\n"
    if not mark or not _BODY.fullmatch(text) or not signatures:
        raise NoteError("not a checkpoint note")
    return text, tuple(_signatures(signatures))


def _signatures(text: str) -> Iterator[tuple[str, bytes]]:
    for line in text.splitlines(keepends=True):
        found = _LINE.fullmatch(line)
        if found is None:
            raise NoteError("not a signature line")
        yield found[1], _decode(found[2])


def _checkpoint(text: str) -> Checkpoint:
    found = _BODY.fullmatch(text)
    if found is None:
        raise NoteError("not a checkpoint note")
    return Checkpoint(found[1], int(found[2]), _decode(found[3]))


def _key_id(name: str, kind: bytes, public_key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + kind + public_key).digest()[:_ID_BYTES]


def _cosigned(seconds: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _verify(public_key: bytes, signature: bytes, content: bytes) -> None:
    if len(signature) != _SIGNATURE_BYTES:
        raise NoteError("a signature has 64 bytes")
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, content)
    except (InvalidSignature, ValueError) as error:
        raise NoteError("the signature is wrong") from error


def _time(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NoteError("countersigned at no time that there is") from error


def _line(name: str, content: bytes) -> str:
    return f"— {name} {base64.b64encode(content).decode()}\n"


def _decode(text: str) -> bytes:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError("not base64") from error
    if base64.b64encode(content).decode() != text:
        raise NoteError("not base64 as it is written")  # two texts for one key or root would be two notes
    return content
