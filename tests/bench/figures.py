"""Figures: what was measured, how often, and what it should be."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `goal` is such as "<= 60" or ">= 5", "" for one only shown; `n` counts measurements."""

    name: str
    value: float
    unit: str
    n: int
    goal: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the value keeps the goal."""
        if self.goal.startswith(">="):
            return self.value >= float(self.goal.removeprefix(">="))
        return not self.goal or self.value <= float(self.goal.removeprefix("<="))

    def as_json(self) -> dict[str, Any]:
        """As it stands in bench.json."""
        return {**asdict(self), "value": round(self.value, DIGITS)}


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that `percent` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def percentiles(name: str, unit: str, values: Sequence[float], goals: Mapping[int, str]) -> list[Figure]:
    """One figure for each percentile that has a goal, "" for none."""
    return [
        Figure(f"{name}, p{percent}", percentile(values, percent), unit, len(values), goal)
        for percent, goal in goals.items()
    ]


def table(figures: Sequence[Figure]) -> str:
    """All figures for a terminal."""
    width = max(len(figure.name) for figure in figures)
    lines = [f"{'figure':<{width}}  {'value':>9}  {'unit':<4}  {'n':>5}  {'goal':<9}"]
    for each in figures:
        verdict = ("met" if each.is_met else "MISSED") if each.goal else ""
        value = f"{each.value:9.2f}"
        lines.append(f"{each.name:<{width}}  {value}  {each.unit:<4}  {each.n:>5}  {each.goal:<9}  {verdict}")
    return "\n".join(line.rstrip() for line in lines)
