"""What the variables of a UPS mean. Pure; what is not told is None."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from devices.contract import UpsReading

if TYPE_CHECKING:
    from collections.abc import Mapping

_ONLINE, _BATTERY, _LOW, _REPLACE = "OL", "OB", "LB", "RB"
_FULL = 100


def read_ups(variables: Mapping[str, str]) -> UpsReading:
    """The reading in the variables of one UPS; words of ups.status that are not known are passed over."""
    words = variables.get("ups.status", "").split()
    is_told = _ONLINE in words or _BATTERY in words
    charge = _number(variables.get("battery.charge"))
    return UpsReading(
        on_battery=_BATTERY in words if is_told else None,
        battery_low=_LOW in words if is_told else None,
        replace_battery=_REPLACE in words if is_told else None,
        charge_percent=None if charge is None else min(_FULL, charge),
        runtime_s=_number(variables.get("battery.runtime")),
        model=variables.get("device.model", variables.get("ups.model", "")).strip(),
        serial=variables.get("device.serial", variables.get("ups.serial", "")).strip(),
    )


def _number(text: str | None) -> int | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return int(value) if math.isfinite(value) and 0 <= value < 1e9 else None  # noqa: PLR2004 - 30 years in seconds
