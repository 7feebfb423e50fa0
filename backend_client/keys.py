"""The kiosk's keys, one file each, as `python -m backend enrol` writes them."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Parsed = TypeVar("Parsed")

_KEY_BYTES = 32
_CREDENTIAL = re.compile(r"([A-Z0-9-]{3,40})\.([0-9a-f]{64})")


class KeyFilesError(ValueError):
    """The key files cannot be used; the text lists every mistake, one a line, and no secret."""


@dataclass(frozen=True, slots=True)
class KioskKeys:
    """What a kiosk proves itself with, and what it checks the platform with."""

    kiosk: str
    secret: str = field(repr=False)
    lookup_key: bytes = field(repr=False)
    receipt_public_key: bytes  # raw Ed25519, 32 bytes
    register_key: bytes = field(repr=False)  # opens, with a card, the register for times without a line
    signing_key: bytes = field(repr=False)  # Ed25519: signs the ledger and the files of the second road
    carrier_public_key: bytes  # raw X25519: only the platform opens such a file


def load_keys(directory: Path) -> KioskKeys:
    """The keys in this directory. Raises KeyFilesError with all mistakes at once."""
    mistakes: list[str] = []
    credential = _load(directory / "credential", _parse_credential, mistakes)
    lookup_key = _load(directory / "lookup.key", _parse_hexadecimal, mistakes)
    receipt_key = _load(directory / "receipt.pub", _parse_base64, mistakes)
    register_key = _load(directory / "register.key", _parse_hexadecimal, mistakes)
    signing_key = _load(directory / "signing.key", _parse_hexadecimal, mistakes)
    carrier_key = _load(directory / "carrier.pub", _parse_base64, mistakes)
    if mistakes or not (
        credential and lookup_key and receipt_key and register_key and signing_key and carrier_key
    ):
        raise KeyFilesError("\n".join(mistakes))
    return KioskKeys(*credential, lookup_key, receipt_key, register_key, signing_key, carrier_key)


def _load(path: Path, parse: Callable[[str], Parsed], mistakes: list[str]) -> Parsed | None:
    try:
        return parse(path.read_text(encoding="ascii").strip())
    except UnicodeDecodeError:
        mistakes.append(f"{path}: not a text of plain letters and digits")
    except OSError as error:
        mistakes.append(f"{path}: {error.strerror}")
    except ValueError as error:
        mistakes.append(f"{path}: {error}")
    return None


def _parse_credential(text: str) -> tuple[str, str]:
    match = _CREDENTIAL.fullmatch(text)
    if match is None:
        raise ValueError("not KIOSK_ID.SECRET")
    return match[1], match[2]


def _parse_hexadecimal(text: str) -> bytes:
    try:
        return _checked(bytes.fromhex(text))
    except ValueError:
        raise ValueError(f"not {2 * _KEY_BYTES} hexadecimal digits") from None


def _parse_base64(text: str) -> bytes:
    try:
        return _checked(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise ValueError(f"not {_KEY_BYTES} bytes in base64") from None


def _checked(key: bytes) -> bytes:
    if len(key) != _KEY_BYTES:
        raise ValueError("wrong length")
    return key
