"""Whether letters may stand for a word: by whole syllables, by initials, or by both mixed."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONG_INITIALS = ("zh", "ch", "sh")
_A_BEGINNING = 2  # syllables; fewer begin too many words


class Match(IntEnum):
    """How letters and a word agree; the larger, the closer."""

    NONE = 0
    BEGUN = 1  # two syllables or more of it, and more are to come
    WHOLE = 2  # every syllable was begun


def match(letters: str, syllables: Sequence[str], begun: int = 0) -> Match:
    """The closest reading of all the letters: `lelou`, `lel`, `ll` and `le'l` are whole for le lou.

    `lelou` has begun le lou she qu. `begun` counts the syllables that were read already.
    """
    letters = letters.removeprefix("'")
    if not letters:
        if not syllables:
            return Match.WHOLE if begun else Match.NONE
        return Match.BEGUN if begun >= _A_BEGINNING else Match.NONE
    if not syllables:
        return Match.NONE
    first, rest = syllables[0], syllables[1:]
    beginnings = {first, first[0]} | {initial for initial in _LONG_INITIALS if first.startswith(initial)}
    if first.startswith(letters):
        beginnings.add(letters)
    return max(
        (
            match(letters[len(beginning) :], rest, begun + 1)
            for beginning in beginnings
            if letters.startswith(beginning)
        ),
        default=Match.NONE,
    )
