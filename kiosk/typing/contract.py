"""What typing needs from an engine: words for letters, characters for strokes. Both are pure questions.

An engine is asked with everything that was typed so far and answers with what it may stand for. It holds
nothing between two questions, so there is nothing of one resident that the next could meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

MAX_LETTERS = 32  # longer input is answered for its first letters only
MAX_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of the letters: `text`, which stands for the first `letters` of them (1 or more)."""

    text: str = field(repr=False)
    letters: int


@dataclass(frozen=True, slots=True)
class Point:
    """Where the finger was, 0..1 from left to right and from top to bottom of the pad."""

    x: float
    y: float


Stroke = tuple[Point, ...]


class PinyinEngine(Protocol):
    """Words for pinyin letters (a to z and ', lower case; initials alone are enough)."""

    def candidates(self, letters: str) -> tuple[Candidate, ...]:
        """The likely words, best first, at most MAX_CANDIDATES; () for letters that are no pinyin at all."""

    def close(self) -> None:
        """Give back what the engine holds."""


class HandwritingEngine(Protocol):
    """Characters for the strokes of one written character."""

    def characters(self, strokes: tuple[Stroke, ...]) -> tuple[str, ...]:
        """The likely characters, best first, at most MAX_CANDIDATES; () without strokes."""

    def close(self) -> None:
        """Give back what the engine holds."""
