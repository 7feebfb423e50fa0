"""A ledger as a file: its name and version, the signed checkpoint, then every entry, one a line.

And the proof of a single entry (after C2SP tlog-proof): place, hashes on the way to the root, the entry, and
the signed checkpoint. Both can be verified by anybody who has the kiosk's public key, and nothing else.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING

from backend_client.contract.ledger.merkle import (
    Accumulator,
    completed,
    inclusion_proof,
    is_included,
    leaf_hash,
)
from backend_client.contract.ledger.names import PLATFORM_KEY_NAME, kiosk_key_name, parse_origin
from backend_client.contract.ledger.notes import NoteError, read_checkpoint, read_countersignature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from backend_client.contract.ledger.notes import Checkpoint

_LEDGER = b"community-kiosk ledger 1\n"
_PROOF = b"community-kiosk ledger proof 1\n"
_LONGEST_LINE = 64 * 1024
_MOST_NOTE_LINES = 40
_PLACE = re.compile(rb"entry (\d{1,18}) proven by (\d{1,3}) hashes\n")


class LedgerFileError(Exception):
    """The file is not whole, or was changed; one sentence that names the first place where it shows."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count: the kiosk's Ed25519 key, and the platform's where it is asked for."""

    kiosk_key: bytes
    platform_key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What was proven. `entry` is the one that a proof is about, `seen_at` when the platform had seen it."""

    checkpoint: Checkpoint
    seen_at: datetime | None = None
    entry: str = ""


def write_ledger(file: IO[str], note: str, entries: Iterable[str]) -> None:
    """Write a whole ledger; `note` is the signed checkpoint over exactly these entries."""
    file.write(_LEDGER.decode())
    file.write(note + "\n")
    for entry in entries:
        file.write(entry + "\n")


def verify_ledger(file: IO[bytes], trust: Trust) -> Verified:
    """Read a file as `write_ledger` makes it. Raises LedgerFileError."""
    _expect(file, _LEDGER)
    verified = _open_note(_read_note(file), trust)
    tree = Accumulator()
    for seq, entry in enumerate(_entries(file, verified.checkpoint.size)):
        _check_seq(seq, entry)
        tree.append(leaf_hash(entry))
    if tree.size != verified.checkpoint.size:
        raise LedgerFileError(f"{tree.size} entries are there, and {verified.checkpoint.size} were signed")
    if tree.root() != verified.checkpoint.root:
        raise LedgerFileError("the entries are not those that were signed")
    return verified


def prove_entry(file: IO[bytes], trust: Trust, seq: int, out: IO[bytes]) -> Verified:
    """Verify the file, and write the proof of one entry to `out`. Raises LedgerFileError."""
    place = file.tell()
    verified = verify_ledger(file, trust)
    if not 0 <= seq < verified.checkpoint.size:
        raise LedgerFileError(f"there is no entry {seq}: the ledger has {verified.checkpoint.size}")
    file.seek(place)
    _expect(file, _LEDGER)
    note = _read_note(file)
    nodes: dict[tuple[int, int], bytes] = {}
    proven = b""
    for at, entry in enumerate(_entries(file, verified.checkpoint.size)):
        proven = entry if at == seq else proven
        for level, position, value in completed(at, leaf_hash(entry), lambda *node: nodes[node]):
            nodes[level, position] = value
    hashes = inclusion_proof(seq, verified.checkpoint.size, lambda *node: nodes[node])
    out.write(_PROOF + b"entry %d proven by %d hashes\n" % (seq, len(hashes)))
    for value in hashes:
        out.write(base64.b64encode(value) + b"\n")
    out.write(proven + b"\n" + note.encode() + b"\n")
    return verified


def verify_proof(file: IO[bytes], trust: Trust) -> Verified:
    """Read a file as `prove_entry` makes it. Raises LedgerFileError."""
    _expect(file, _PROOF)
    found = _PLACE.fullmatch(file.readline(_LONGEST_LINE))
    if found is None:
        raise LedgerFileError("the proof does not say which entry it is about")
    hashes = tuple(_hash(file.readline(_LONGEST_LINE)) for _ in range(int(found[2])))
    entry = _line(file)
    note = _read_note(file)
    if file.read(1):
        raise LedgerFileError("there is more in the file than a proof")
    verified = _open_note(note, trust)
    _check_seq(int(found[1]), entry)
    checkpoint = verified.checkpoint
    if not is_included(int(found[1]), checkpoint.size, leaf_hash(entry), hashes, checkpoint.root):
        raise LedgerFileError(f"entry {int(found[1])} is not in the ledger that was signed")
    return Verified(checkpoint, verified.seen_at, entry.decode())


def is_proof(start: bytes) -> bool:
    """Whether a file that begins like this holds a single entry's proof."""
    return start.startswith(_PROOF)


def _expect(file: IO[bytes], first: bytes) -> None:
    if file.readline(_LONGEST_LINE) != first:
        raise LedgerFileError("this is not a ledger of a community kiosk, or of another version")


def _read_note(file: IO[bytes]) -> str:
    """All up to the second empty line: one stands in the note, the other ends it."""
    lines: list[bytes] = []
    for line in islice(iter(lambda: file.readline(_LONGEST_LINE), b""), _MOST_NOTE_LINES):
        if line == b"\n" and b"\n" in lines:
            return _text(b"".join(lines))
        lines.append(line)
    raise LedgerFileError("the checkpoint does not end")


def _open_note(note: str, trust: Trust) -> Verified:
    try:
        kiosk, _ = parse_origin(note.partition("\n")[0])
        checkpoint = read_checkpoint(note, kiosk_key_name(kiosk), trust.kiosk_key)
        if trust.platform_key is None:
            return Verified(checkpoint)
        return Verified(checkpoint, read_countersignature(note, PLATFORM_KEY_NAME, trust.platform_key))
    except NoteError as error:
        raise LedgerFileError(f"the checkpoint: {error}") from error
    except ValueError as error:
        raise LedgerFileError(f"the checkpoint is {error}") from error


def _entries(file: IO[bytes], size: int) -> Iterator[bytes]:
    """The lines of the rest of the file, not one more than were signed."""
    seq = 0
    while line := file.readline(_LONGEST_LINE):
        if seq == size:
            raise LedgerFileError(f"there is more in the file than the {size} entries that were signed")
        if line[-1:] != b"\n":
            raise LedgerFileError(f"entry {seq} is cut off")
        yield line[:-1]
        seq += 1


def _check_seq(seq: int, entry: bytes) -> None:
    # A quotation mark inside a text is escaped, so that no text can pretend to be this field.
    if b'"seq":%d,' % seq not in entry and b'"seq":%d}' % seq not in entry:
        raise LedgerFileError(f"at place {seq} stands another entry")


def _line(file: IO[bytes]) -> bytes:
    line = file.readline(_LONGEST_LINE)
    if line[-1:] != b"\n":
        raise LedgerFileError("the file is cut off")
    return line[:-1]


def _hash(line: bytes) -> bytes:
    try:
        value = base64.b64decode(line.removesuffix(b"\n"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise LedgerFileError("a hash of the proof is not base64") from error
    if base64.b64encode(value) + b"\n" != line:
        raise LedgerFileError("a hash of the proof is not written as it must be")
    return value


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise LedgerFileError("the checkpoint is not text") from error
