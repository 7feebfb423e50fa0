"""From a stable code, as a program wrote it, back to the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend_client.contract import PlatformCode
from devices.contract import DeviceCode
from kiosk.domain.codes import HealthCode, ScreenCode, StoreCode

if TYPE_CHECKING:
    from kiosk.domain.health import FindingCode

_FAMILIES = (DeviceCode, PlatformCode, StoreCode, ScreenCode, HealthCode)


def find_code(text: str) -> FindingCode | None:
    """The code that is written so; None where there is none."""
    for family in _FAMILIES:
        if text in set(family):
            return family(text)
    return None
