"""The real store as the torture tests open it: a clock that moves by itself, and keys of nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.issuance import Moment
from kiosk.store.ledger import LedgerIdentity
from kiosk.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

_SEED = bytes(range(32))
_PLATFORM_SEED = bytes(range(1, 33))
IDENTITY = LedgerIdentity(
    kiosk="CG-KSK-03",
    seed=_SEED,
    platform_public_key=Ed25519PrivateKey.from_private_bytes(_PLATFORM_SEED).public_key().public_bytes_raw(),
)


@dataclass
class TortureStore:
    """Opens stores on one directory, one after the other, and counts damaged files."""

    state_dir: Path
    damages: int = 0
    wall: datetime = field(default=datetime(2026, 11, 23, 9, 41, tzinfo=UTC))
    monotonic_ms: int = 1000

    def open(self) -> Store:
        """A store that has not opened its file yet."""
        return Store(self.state_dir, self.moment, self._note_damage, ledger=IDENTITY)

    def moment(self) -> Moment:
        """A hundredth of a second later at each call."""
        self.wall += timedelta(milliseconds=10)
        self.monotonic_ms += 10
        return Moment(self.wall, self.monotonic_ms, "boot-1")

    def _note_damage(self) -> None:
        self.damages += 1
