"""Ledgers as kiosks write them, made without a kiosk. Nobody in them is a person."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend_client.contract.ledger import (
    PLATFORM_KEY_NAME,
    Accumulator,
    Checkpoint,
    Trust,
    countersign,
    kiosk_key_name,
    leaf_hash,
    ledger_origin,
    sign_checkpoint,
    write_ledger,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KIOSK = "CG-KSK-03"
SEED, PLATFORM_SEED, OTHER_SEED = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
_KINDS = ("reserved", "document", "creating", "created", "sending", "accepted", "settled", "acknowledged")


def public_key(seed: bytes) -> bytes:
    """The Ed25519 key that belongs to a seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


TRUST = Trust(public_key(SEED), public_key(PLATFORM_SEED), KIOSK)


def entry(seq: int, kiosk: str = KIOSK) -> str:
    """One entry, as a kiosk writes it."""
    content = {"seq": seq, "kiosk": kiosk, "kind": _KINDS[seq % len(_KINDS)], "number": f"JZ{seq // 8:08d}"}
    content |= {"wall": AT.isoformat(), "mono_ms": 1000 + seq, "boot": "boot-1", "clock": "synced"}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def root_of(entries: Iterable[str]) -> bytes:
    """The root over these entries."""
    tree = Accumulator()
    for text in entries:
        tree.append(leaf_hash(text.encode()))
    return tree.root()


@dataclass
class Book:
    """A ledger of some entries, of which the platform has seen the first `seen`."""

    size: int
    seen: int
    kiosk: str = KIOSK
    seed: bytes = SEED
    ledger_id: str = "0123456789abcdef"
    entries: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.entries = list(self._entries())

    def _entries(self) -> Iterator[str]:
        return (entry(seq, self.kiosk) for seq in range(self.size))

    def note(self, size: int, root: bytes = b"") -> str:
        """The checkpoint of the first `size` entries, signed by the kiosk."""
        origin = ledger_origin(self.kiosk, self.ledger_id)
        checkpoint = Checkpoint(origin, size, root or root_of(self.entries[:size]))
        return sign_checkpoint(checkpoint, kiosk_key_name(self.kiosk), self.seed)

    def anchor(self, size: int) -> str:
        """The same, countersigned by the platform."""
        return countersign(self.note(size), PLATFORM_KEY_NAME, PLATFORM_SEED, AT)

    @cached_property
    def content(self) -> bytes:
        """The file."""
        file = io.StringIO()
        write_ledger(file, self.note(self.size), self.entries, self.anchor(self.seen) if self.seen else "")
        return file.getvalue().encode()
