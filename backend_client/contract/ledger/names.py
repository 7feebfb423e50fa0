"""What ledgers and keys are called."""

from __future__ import annotations

import re

_HOUSE = "community-kiosk"
_ORIGIN = re.compile(rf"{_HOUSE}/([A-Z0-9][A-Z0-9-]{{2,31}})/([0-9a-f]{{16}})")

PLATFORM_KEY_NAME = f"{_HOUSE}/platform"


def kiosk_key_name(kiosk: str) -> str:
    """The name of a kiosk's key."""
    return f"{_HOUSE}/{kiosk}"


def ledger_origin(kiosk: str, ledger_id: str) -> str:
    """The name of one ledger of a kiosk; a new database begins a new one."""
    return f"{kiosk_key_name(kiosk)}/{ledger_id}"


def parse_origin(origin: str) -> tuple[str, str]:
    """Kiosk and ledger id. ValueError where it is no such name."""
    found = _ORIGIN.fullmatch(origin)
    if found is None:
        raise ValueError("not the origin of a kiosk's ledger")
    return found[1], found[2]
