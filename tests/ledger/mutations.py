"""`python -m tests.ledger.mutations --count N --seed S`: changed ledgers and proofs; nobody may take one."""

from __future__ import annotations

import argparse
import base64
import io
import random
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend_client.contract.ledger import LedgerFileError, prove_entry, verify_ledger, verify_proof
from tests.ledger.books import OTHER_SEED, TRUST, Book, entry, root_of
from tests.torture.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE, SEEN = 203, 140  # neither is a power of two, and a tail is left that the platform has not seen
_HEAD = 13  # lines before the entries: the name, two notes, and the empty lines that end them


@dataclass
class Mutations:
    """Changes of every kind, each on a fresh copy of a right file."""

    seed: int
    figures: Figures = field(default_factory=lambda: Figures("ledger mutations"))

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - a test, repeatable by its seed
        self._book = Book(SIZE, SEEN)
        self._ledger = self._book.content
        self._others = (
            Book(SIZE, SEEN, ledger_id="fedcba9876543210"),
            Book(SIZE, SEEN, kiosk="CG-KSK-04", seed=OTHER_SEED),
            Book(SIZE, SEEN, seed=OTHER_SEED),
        )
        self._proofs = [self._prove(seq) for seq in (0, SEEN - 1, SEEN, SIZE - 1)]
        self._ways: tuple[Callable[[bytes], bytes], ...] = (
            self._flip,
            self._cut,
            self._remove_bytes,
            self._add_bytes,
            self._delete,
            self._swap,
        )
        self._ways += (self._duplicate, self._insert, self._replace_entry, self._other_note, self._older_note)
        self._ways += (self._other_size, self._other_root, self._other_signature, self._forged_tail)
        self._ways += (
            self._closed_gap,
            self._one_more_signer,
            self._no_anchor,
            self._foreign_anchor,
            self._other_kiosk,
        )

    def run(self, count: int) -> Figures:
        """Change `count` files; whoever takes one of them has missed it."""
        missed = 0
        for at in range(count):
            is_proof = at % 4 == 0
            right = self._dice.choice(self._proofs) if is_proof else self._ledger
            ways = self._ways[:6] if is_proof else self._ways
            way = self._dice.choice(ways)
            changed = way(right)
            if changed == right:
                continue
            self.figures.counts["mutations"] += 1
            if self._is_taken(changed, is_proof=is_proof):
                missed += 1
                self.figures.faults.append(f"missed: {way.__name__}")
        self.figures.counts["missed"] = missed
        return self.figures

    def _is_taken(self, content: bytes, *, is_proof: bool) -> bool:
        try:
            if is_proof:
                verify_proof(io.BytesIO(content), TRUST)
            else:
                verify_ledger(io.BytesIO(content), TRUST)
        except LedgerFileError:
            return False
        return True

    def _prove(self, seq: int) -> bytes:
        proof = io.BytesIO()
        prove_entry(io.BytesIO(self._ledger), TRUST, seq, proof)
        return proof.getvalue()

    def _flip(self, content: bytes) -> bytes:
        bit = self._dice.randrange(len(content) * 8)
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << bit % 8
        return bytes(changed)

    def _cut(self, content: bytes) -> bytes:
        return content[: self._dice.randrange(len(content))]

    def _remove_bytes(self, content: bytes) -> bytes:
        start = self._dice.randrange(len(content))
        return content[:start] + content[start + self._dice.randint(1, 40) :]

    def _add_bytes(self, content: bytes) -> bytes:
        start = self._dice.randint(0, len(content))
        more = self._dice.choice((b"\n", b" ", b"0", b"\x00", self._dice.randbytes(20)))
        return content[:start] + more + content[start:]

    def _delete(self, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        del lines[self._dice.randrange(len(lines))]
        return b"".join(lines)

    def _swap(self, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        one, other = self._dice.sample(range(len(lines)), 2)
        lines[one], lines[other] = lines[other], lines[one]
        return b"".join(lines)

    def _duplicate(self, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        at = self._dice.randrange(_HEAD, len(lines))
        lines.insert(self._dice.randrange(_HEAD, len(lines) + 1), lines[at])
        return b"".join(lines)

    def _insert(self, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        at = self._dice.randrange(_HEAD, len(lines) + 1)
        lines.insert(at, entry(at - _HEAD).encode() + b"\n")
        return b"".join(lines)

    def _replace_entry(self, content: bytes) -> bytes:
        """An entry that is right in form, number and kiosk, and tells something else."""
        lines = content.splitlines(keepends=True)
        at = self._dice.randrange(_HEAD, len(lines))
        lines[at] = lines[at].replace(b'"boot-1"', b'"boot-2"')
        return b"".join(lines)

    def _other_note(self, content: bytes) -> bytes:
        """Signed by somebody else, over these very entries."""
        return self._with_note(content, self._others[2].note(SIZE))

    def _older_note(self, content: bytes) -> bytes:
        return self._with_note(content, self._book.note(self._dice.randrange(SIZE)))

    def _other_size(self, content: bytes) -> bytes:
        lines = content.split(b"\n")
        lines[self._dice.choice((2, 8))] = str(self._dice.randrange(SIZE * 2)).encode()
        return b"\n".join(lines)

    def _other_root(self, content: bytes) -> bytes:
        lines = content.split(b"\n")
        lines[self._dice.choice((3, 9))] = base64.b64encode(self._dice.randbytes(32))
        return b"\n".join(lines)

    def _other_signature(self, content: bytes) -> bytes:
        """A right signature of the same key, under another checkpoint of the same ledger."""
        other = self._book.note(self._dice.randrange(SIZE)).partition("\n\n")[2]
        lines = content.split(b"\n")
        lines[5] = other.encode().removesuffix(b"\n")
        return b"\n".join(lines)

    def _one_more_signer(self, content: bytes) -> bytes:
        """Somebody adds a line that nobody can verify."""
        lines = content.split(b"\n")
        place = self._dice.choice((6, 12))
        line = self._others[1].note(SIZE).encode().splitlines()[-1]
        return b"\n".join([*lines[:place], line, *lines[place:]])

    def _forged_tail(self, content: bytes) -> bytes:
        """The tail tells something else, and its root stands in the note, under the old signature."""
        at = self._dice.randrange(SIZE)
        entries = self._book.entries[:at]
        entries += [text.replace("boot-1", "boot-2") for text in self._book.entries[at:]]
        return self._written_anew(content, entries)

    def _closed_gap(self, content: bytes) -> bytes:
        """An entry is gone, all after it are numbered anew, and root and size fit; but nobody signed them."""
        gone = self._dice.randrange(SIZE)
        entries = [entry(seq if seq < gone else seq + 1) for seq in range(SIZE - 1)]
        entries = [text.replace(f'"seq":{seq + 1},', f'"seq":{seq},') for seq, text in enumerate(entries)]
        return self._written_anew(content, entries)

    def _written_anew(self, content: bytes, entries: list[str]) -> bytes:
        lines = content.split(b"\n")[:_HEAD]
        if self._dice.random() < 0.5:  # else the old note stands as it was
            lines[2] = str(len(entries)).encode()
            lines[3] = base64.b64encode(root_of(entries))
        return b"\n".join([*lines, *(text.encode() for text in entries), b""])

    def _no_anchor(self, content: bytes) -> bytes:
        lines = content.split(b"\n")
        return b"\n".join([*lines[:7], b"not countersigned", *lines[12:]])

    def _foreign_anchor(self, content: bytes) -> bytes:
        """The platform has countersigned it, but it is another ledger of the kiosk, or another kiosk's."""
        other = self._dice.choice(self._others).content.split(b"\n")
        lines = content.split(b"\n")
        return b"\n".join([*lines[:7], *other[7:12], *lines[12:]])

    def _other_kiosk(self, content: bytes) -> bytes:
        """A whole and right ledger, of another kiosk or under another key."""
        del content
        return self._dice.choice(self._others[1:]).content

    @staticmethod
    def _with_note(content: bytes, note: str) -> bytes:
        lines = content.split(b"\n")
        return b"\n".join([lines[0], *note.encode().split(b"\n")[:-1], *lines[6:]])


def main(arguments: list[str]) -> int:
    """Run and say what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    return Mutations(options.seed).run(options.count).say()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
