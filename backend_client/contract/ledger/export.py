"""A ledger as a file: its name and version, the notes that vouch for it, then every entry, one a line.

Anybody who has the kiosk's public key can verify it, with nothing else at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import IO, TYPE_CHECKING

from backend_client.contract.ledger.merkle import Accumulator
from backend_client.contract.ledger.vouching import (
    LONGEST_LINE,
    LedgerFileError,
    expect,
    is_entry,
    read_notes,
    write_notes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from backend_client.contract.ledger.notes import Checkpoint
    from backend_client.contract.ledger.vouching import Seen, Trust, Vouched

LEDGER = b"community-kiosk ledger 1\n"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Verified:
    """What was proven. `seen` is the part that the platform has countersigned, `entry` the one asked for."""

    kiosk: str
    checkpoint: Checkpoint
    seen: Seen | None = None
    entry: bytes = b""


def write_ledger(file: IO[str], note: str, entries: Iterable[str], anchor: str = "") -> None:
    """Write a whole ledger; `note` is the signed checkpoint over exactly these entries.

    `anchor` is the last note that the platform countersigned, of as many entries or fewer.
    """
    file.write(LEDGER.decode())
    file.write(write_notes(note, anchor).decode())
    for entry in entries:
        file.write(entry + "\n")


def verify_ledger(file: IO[bytes], trust: Trust, wanted: int | None = None) -> Verified:
    """Read a file as `write_ledger` makes it; `wanted` is the entry to give back. Raises LedgerFileError."""
    vouched = open_ledger(file, trust)
    checkpoint, seen = vouched.checkpoint, vouched.seen
    if wanted is not None and not 0 <= wanted < checkpoint.size:
        raise LedgerFileError(f"there is no entry {wanted}: the ledger has {checkpoint.size}")
    tree, found = Accumulator(), b""
    _grow(tree, [], seen)
    for lines in entries_of(file, vouched):
        if wanted is not None and 0 <= wanted - tree.size < len(lines):
            found = lines[wanted - tree.size]
        _grow(tree, lines, seen)
    if tree.root() != checkpoint.root:
        raise LedgerFileError("the entries are not those that were signed")
    return Verified(vouched.kiosk, checkpoint, seen, found)


def open_ledger(file: IO[bytes], trust: Trust) -> Vouched:
    """Read all that comes before the entries. Raises LedgerFileError."""
    expect(file, LEDGER)
    return read_notes(file, trust)


def entries_of(file: IO[bytes], vouched: Vouched) -> Iterator[list[bytes]]:
    """The rest of the file in heaps of lines: as many as were signed, each of its own number and kiosk."""
    size, kiosk, seq = vouched.checkpoint.size, vouched.kiosk.encode(), 0
    for lines in _lines(file):
        if seq + len(lines) > size:
            raise LedgerFileError(f"there is more in the file than the {size} entries that were signed")
        for line in lines:
            if not is_entry(line, seq, kiosk):
                raise LedgerFileError(f"at place {seq} stands another entry")
            seq += 1
        yield lines
    if seq != size:
        raise LedgerFileError(f"{seq} entries are there, and {size} were signed")


def _lines(file: IO[bytes]) -> Iterator[list[bytes]]:
    rest = b""
    while chunk := file.read(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > LONGEST_LINE:
            raise LedgerFileError("a line is longer than any entry")
        yield lines
    if rest:
        raise LedgerFileError("the last entry is cut off")


def _grow(tree: Accumulator, lines: list[bytes], seen: Seen | None) -> None:
    """Add the entries, and stop at the place that the platform has seen."""
    here = -1 if seen is None else seen.checkpoint.size - tree.size
    if seen is None or not 0 <= here <= len(lines):
        _append(tree, lines)
        return
    _append(tree, lines[:here])
    if tree.root() != seen.checkpoint.root:
        raise LedgerFileError("the entries are not those that the platform countersigned")
    _append(tree, lines[here:])


def _append(tree: Accumulator, lines: list[bytes]) -> None:
    append = tree.append
    for line in lines:
        append(sha256(b"\x00" + line).digest())
