"""The proof of a single entry as a file (after C2SP tlog-proof), for whoever may not see the others.

It holds the entry, the notes that vouch for the ledger, and the hashes on the way to each root.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import IO, TYPE_CHECKING

from backend_client.contract.ledger.export import LEDGER, Verified, entries_of, open_ledger, verify_ledger
from backend_client.contract.ledger.merkle import completed, inclusion_proof, is_included, leaf_hash
from backend_client.contract.ledger.vouching import (
    LedgerFileError,
    expect,
    is_entry,
    read_line,
    read_notes,
)

if TYPE_CHECKING:
    from backend_client.contract.ledger.notes import Checkpoint
    from backend_client.contract.ledger.vouching import Trust, Vouched

PROOF = b"community-kiosk ledger proof 1\n"
_PLACE = re.compile(rb"entry (0|[1-9]\d{0,17})")
_COUNT = re.compile(rb"proven by (0|[1-9]\d?) hashes")


def is_proof(start: bytes) -> bool:
    """Whether a file that begins like this holds a single entry's proof."""
    return start.startswith(PROOF)


def prove_entry(file: IO[bytes], trust: Trust, seq: int, out: IO[bytes]) -> Verified:
    """Verify the ledger in `file`, and write the proof of one entry to `out`. Raises LedgerFileError."""
    verified = verify_ledger(file, trust, seq)
    roots = _roots(verified, seq)
    file.seek(0)
    vouched = open_ledger(file, trust)
    begin = file.tell()
    nodes = _read_nodes(file, vouched, set().union(*(_places(seq, each.size) for each in roots)))
    file.seek(len(LEDGER))
    notes = file.read(begin - len(LEDGER))
    out.write(PROOF + b"entry %d\n" % seq + verified.entry + b"\n" + notes)
    for checkpoint in roots:
        hashes = inclusion_proof(seq, checkpoint.size, lambda *node: nodes[node])
        out.write(b"proven by %d hashes\n" % len(hashes))
        out.writelines(base64.b64encode(value) + b"\n" for value in hashes)
    return verified


def verify_proof(file: IO[bytes], trust: Trust) -> tuple[int, Verified]:
    """The number of the entry that is proven in a file as `prove_entry` makes it. Raises LedgerFileError."""
    expect(file, PROOF)
    place = _PLACE.fullmatch(read_line(file))
    if place is None:
        raise LedgerFileError("the proof does not say which entry it is about")
    seq, entry = int(place[1]), read_line(file)
    vouched = read_notes(file, trust)
    verified = Verified(vouched.kiosk, vouched.checkpoint, vouched.seen, entry)
    if not is_entry(entry, seq, vouched.kiosk.encode()):
        raise LedgerFileError("the entry says to be another one")
    for checkpoint in _roots(verified, seq):
        hashes = _read_hashes(file)
        if not is_included(seq, checkpoint.size, leaf_hash(entry), hashes, checkpoint.root):
            raise LedgerFileError(f"entry {seq} is not in the ledger that was signed")
    if file.read(1):
        raise LedgerFileError("there is more in the file than a proof")
    return seq, verified


def covers(verified: Verified, seq: int) -> bool:
    """Whether the platform has seen that entry."""
    return verified.seen is not None and seq < verified.seen.checkpoint.size


def _roots(verified: Verified, seq: int) -> tuple[Checkpoint, ...]:
    """The roots to be reached: the kiosk's, and the one that the platform has seen the entry under."""
    if verified.seen is None or not covers(verified, seq):
        return (verified.checkpoint,)
    return verified.checkpoint, verified.seen.checkpoint


def _places(seq: int, size: int) -> set[tuple[int, int]]:
    """Which subtrees a proof needs."""
    places: set[tuple[int, int]] = set()

    def note(level: int, position: int) -> bytes:
        places.add((level, position))
        return b""

    inclusion_proof(seq, size, note)
    return places


def _read_nodes(
    file: IO[bytes], vouched: Vouched, wanted: set[tuple[int, int]]
) -> dict[tuple[int, int], bytes]:
    """Those subtrees of the ledger, in little memory."""
    nodes: dict[tuple[int, int], bytes] = {}
    left: dict[int, bytes] = {}  # level -> the last subtree that still waits for its right neighbour
    size = 0
    for lines in entries_of(file, vouched):
        for line in lines:
            made = completed(size, leaf_hash(line), lambda level, _: left[level])
            nodes |= {(level, at): value for level, at, value in made if (level, at) in wanted}
            top, _, value = made[-1]
            left[top] = value
            size += 1
    return nodes


def _read_hashes(file: IO[bytes]) -> tuple[bytes, ...]:
    count = _COUNT.fullmatch(read_line(file))
    if count is None:
        raise LedgerFileError("the proof does not say how many hashes it has")
    return tuple(_hash(read_line(file)) for _ in range(int(count[1])))


def _hash(line: bytes) -> bytes:
    try:
        value = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise LedgerFileError("a hash of the proof is not base64") from error
    if base64.b64encode(value) != line:
        raise LedgerFileError("a hash of the proof is not written as it must be")
    return value
