"""What ledger files and proofs have in common: lines with an end, and the notes that vouch for them.

A file holds one note with the kiosk's signature alone, and, where the platform has seen a part of the ledger,
one with the platform's alone. So there is not a byte in a file that no signature covers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from backend_client.contract.ledger.names import PLATFORM_KEY_NAME, kiosk_key_name, parse_origin
from backend_client.contract.ledger.notes import (
    NoteError,
    keep_signature,
    read_checkpoint,
    read_countersignature,
    read_text,
    signers,
)

if TYPE_CHECKING:
    from datetime import datetime

    from backend_client.contract.ledger.notes import Checkpoint

LONGEST_LINE = 64 * 1024
_MOST_NOTE_LINES = 16
_NOT_SEEN = b"not countersigned\n"


class LedgerFileError(Exception):
    """The file is not whole, or was changed; one sentence that names the first place where it shows."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count: the kiosk's Ed25519 key, and the platform's where it is asked for.

    `kiosk` is the one whose ledger it must be; "" = whichever has that key.
    """

    kiosk_key: bytes
    platform_key: bytes | None = None
    kiosk: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The part of a ledger that the platform vouches for; `at` None = its signature was not asked for."""

    checkpoint: Checkpoint
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Vouched:
    """What the notes of a file say, once their signatures were found right."""

    kiosk: str
    checkpoint: Checkpoint
    seen: Seen | None


def write_notes(note: str, anchor: str) -> bytes:
    """Both notes as they stand in a file; `anchor` is what the platform countersigned last, or ""."""
    kept = keep_signature(anchor, PLATFORM_KEY_NAME).encode() if anchor else _NOT_SEEN
    return note.encode() + b"\n" + kept + b"\n"


def read_notes(file: IO[bytes], trust: Trust) -> Vouched:
    """Read and verify what `write_notes` wrote. Raises LedgerFileError."""
    own, anchor = _read_block(file), _read_block(file)
    try:
        kiosk, checkpoint = _open_own(own, trust)
        return Vouched(kiosk, checkpoint, _open_anchor(anchor, checkpoint, trust))
    except NoteError as error:
        raise LedgerFileError(f"the checkpoint: {error}") from error


def expect(file: IO[bytes], first: bytes) -> None:
    """The file's name for itself. Raises LedgerFileError."""
    if file.readline(LONGEST_LINE) != first:
        raise LedgerFileError("this is not a ledger of a community kiosk, or of another version")


def read_line(file: IO[bytes]) -> bytes:
    """One line without its end. Raises LedgerFileError."""
    line = file.readline(LONGEST_LINE)
    if line[-1:] != b"\n":
        raise LedgerFileError("the file is cut off")
    return line[:-1]


def is_entry(line: bytes, seq: int, kiosk: bytes) -> bool:
    """Whether the line says to be this kiosk's entry of that number."""
    # A quotation mark inside a text is escaped, so that no text can pretend to be these fields.
    named = b'"kiosk":"%s"' % kiosk in line
    return named and (b'"seq":%d,' % seq in line or b'"seq":%d}' % seq in line)


def _read_block(file: IO[bytes]) -> str:
    """A note up to the empty line that ends it; another one stands inside."""
    lines = [file.readline(LONGEST_LINE)]
    if lines[0] == _NOT_SEEN:
        if file.readline(LONGEST_LINE) != b"\n":
            raise LedgerFileError("the checkpoint does not end")
        return ""
    inside = False
    while len(lines) < _MOST_NOTE_LINES and (line := file.readline(LONGEST_LINE)):
        if line == b"\n" and inside:
            return _text(b"".join(lines))
        inside = inside or line == b"\n"
        lines.append(line)
    raise LedgerFileError("the checkpoint does not end")


def _open_own(note: str, trust: Trust) -> tuple[str, Checkpoint]:
    kiosk = _kiosk(note)
    if trust.kiosk and kiosk != trust.kiosk:
        raise LedgerFileError(f"this is the ledger of {kiosk}, not of {trust.kiosk}")
    checkpoint = read_checkpoint(note, kiosk_key_name(kiosk), trust.kiosk_key)
    if len(signers(note)) != 1:
        raise LedgerFileError("the checkpoint has another signature that nobody asked for")
    return kiosk, checkpoint


def _open_anchor(note: str, checkpoint: Checkpoint, trust: Trust) -> Seen | None:
    if not note:
        if trust.platform_key is not None:
            raise LedgerFileError("the platform has not countersigned anything of it")
        return None
    if signers(note) != (PLATFORM_KEY_NAME,):
        raise LedgerFileError("what the platform countersigned has another signature beside")
    at = None
    if trust.platform_key is not None:
        at = read_countersignature(note, PLATFORM_KEY_NAME, trust.platform_key)
    seen = read_text(note)
    if seen.origin != checkpoint.origin:
        raise LedgerFileError("what the platform countersigned is another ledger")
    if seen.size > checkpoint.size:
        raise LedgerFileError(f"the platform has seen {seen.size} entries, and {checkpoint.size} were signed")
    return Seen(seen, at)


def _kiosk(note: str) -> str:
    try:
        return parse_origin(note.partition("\n")[0])[0]
    except ValueError as error:
        raise LedgerFileError(f"the checkpoint is {error}") from error


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise LedgerFileError("the checkpoint is not text") from error
