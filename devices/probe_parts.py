"""How the parts of the box are, for the probe: one question, one answer."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from devices.addresses import open_board, open_scanner, open_ups
from devices.contract import DeviceFault

if TYPE_CHECKING:
    from datetime import timedelta

OPENERS = {"scanner": open_scanner, "ups": open_ups, "board": open_board}


def ask_part(kind: str, address: str, deadline: timedelta) -> DeviceFault | dict[str, Any]:
    """What a scanner, a UPS or a board says of itself, as plain facts. Raises AddressError."""
    part: Any = OPENERS[kind](address)
    try:
        status = part.status(deadline)
    finally:
        part.close()
    if isinstance(status, DeviceFault):
        return status
    return {
        name: sorted(fact) if isinstance(fact, frozenset) else fact for name, fact in asdict(status).items()
    }
