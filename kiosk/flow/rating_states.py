"""好差评: pages on which somebody may say how good it was. They name nobody, and nobody has to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rating:
    """How good was it? Opens by itself when paper and card are taken; nothing is chosen beforehand.

    `number` is that of the paper, which is what one rating belongs to.
    """

    number: str


@dataclass(frozen=True, slots=True)
class RatingReasons:
    """A bad grade, and what was not good about it, for whoever wants to say so."""

    number: str
    grade: int
    reasons: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Rated:
    """Thanks."""


RatingPage = Rating | RatingReasons | Rated
