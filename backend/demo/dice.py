from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Thing = TypeVar("Thing")


class Dice:
    """Choices that are the same for the same seed in every Python version."""

    def __init__(self, seed: str) -> None:
        # Only random() is promised to give the same sequence in all versions; all else is built on it.
        self._draw: Callable[[], float] = random.Random(seed).random  # noqa: S311  # demo data, not a secret

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._draw() * (high - low + 1))

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of the things."""
        return things[self.number(0, len(things) - 1)]

    def weigh(self, weights: Mapping[Thing, int]) -> Thing:
        """One of the keys, as often as its weight says."""
        left = self._draw() * sum(weights.values())
        things = list(weights)
        for thing in things[:-1]:
            left -= weights[thing]
            if left < 0:
                return thing
        return things[-1]

    def chance(self, percent: float) -> bool:
        """True in so many of a hundred cases."""
        return self._draw() * 100 < percent
