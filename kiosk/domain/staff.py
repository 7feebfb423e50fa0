"""Accounts of staff at the kiosk: a badge, a name, and a PIN that nobody can read back."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import timedelta

# A PIN of six digits is quickly guessed by whoever holds the file; this makes it hours instead of seconds.
_COST, _BLOCK_SIZE, _HASH_BYTES = 1 << 15, 8, 32
_MEMORY = 64 * 1024 * 1024

FREE_TRIES = 5
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """One member of staff; `badge` is what stands in records. Technicians also see and test devices."""

    badge: str
    name: str
    salt: bytes = field(repr=False)
    pin_hash: bytes = field(repr=False)
    technician: bool = False

    def admits(self, pin: str) -> bool:
        """Whether this is the PIN; takes about 100 ms."""
        return hmac.compare_digest(hash_pin(pin, self.salt), self.pin_hash)


def hash_pin(pin: str, salt: bytes) -> bytes:
    """scrypt, 32 bytes."""
    return hashlib.scrypt(
        pin.encode(), salt=salt, n=_COST, r=_BLOCK_SIZE, p=1, maxmem=_MEMORY, dklen=_HASH_BYTES
    )


def pause_after(failures: int) -> timedelta:
    """How long nobody may try again after so many wrong tries in a row."""
    if failures < FREE_TRIES:
        return timedelta()
    doublings = min(failures - FREE_TRIES, 20)
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings))
