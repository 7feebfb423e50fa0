"""Toner and waste box of the simulated printer, as it tells of them (PWG 5100.9)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One supply. `percent` may be -1 (other), -2 (unknown) or -3 (some is left), as IPP has it."""

    name: str
    kind: str
    percent: int
    low: int
    high: int  # from here on a waste box is nearly full


LEVELS = (Level("black toner", "toner", 80, 10, 100), Level("waste toner", "waste-toner", 20, 0, 90))
