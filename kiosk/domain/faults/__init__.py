"""The table of all stable codes: who can mend each, its cause and remedy, and which one causes which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.contract import DEVICE_FAULTS, Fault, Rank, Severity, Words
from kiosk.domain.faults.cases import CASE_FAULTS
from kiosk.domain.faults.kiosk import KIOSK_FAULTS
from kiosk.domain.faults.platform import PLATFORM_FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterable

FAULTS: tuple[Fault, ...] = (
    *DEVICE_FAULTS,
    *KIOSK_FAULTS,
    *PLATFORM_FAULTS,
    *CASE_FAULTS,
)
_BY_CODE = {each.code: each for each in FAULTS}
# Seen by programs and in logs alone: no resident reads a sentence for these.
UNSAID_FAMILIES = frozenset({"PLT"})


def fault_of(code: str) -> Fault:
    """The row of a code. Raises KeyError: a test says that there is one for every code."""
    return _BY_CODE[code]


def is_code(text: str) -> bool:
    """True for what stands in the table."""
    return text in _BY_CODE


def sort_causes_first(codes: Iterable[str]) -> tuple[str, ...]:
    """The same codes, each before those that it causes; equals in the order of the table."""
    order = {code: (fault.rank, place) for place, (code, fault) in enumerate(_BY_CODE.items())}
    return tuple(sorted(codes, key=lambda code: order[code]))


__all__ = [
    "FAULTS",
    "UNSAID_FAMILIES",
    "Fault",
    "Rank",
    "Severity",
    "Words",
    "fault_of",
    "is_code",
    "sort_causes_first",
]
