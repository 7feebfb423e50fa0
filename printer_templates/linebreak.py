"""Where a line of Chinese may break, and which breaks look well (GB/T 15834, CLREQ section 3.1)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Measure = Callable[[str], float]

NOT_AT_START = frozenset("，。、；：？！）》〉」』】〕｝”’·•…—～％‰℃×々,.;:?!)]}%")
NOT_AT_END = frozenset("（《〈「『【〔｛“‘([{￥＄$")
SHORTEST_LAST_LINE = 3  # characters: a lonely one or two on the last line look like a mistake

# A number stays with its unit, a date and a word of Latin letters stay whole.
_ATOM = re.compile(
    r"(?:\d+ ?(?:年|个月|月|日|份|号|栋|幢|楼|层|单元|室) ?)+|[A-Za-z0-9][!-~]*|\s+|.", re.DOTALL
)


def break_lines(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """The text in lines no wider than `width`, none starting or ending with the wrong punctuation.

    The last line gets at least three characters where that costs no further line. A word or a date
    that is wider than the line is broken anywhere.
    """
    clusters = tuple(_clusters(text, width, measure))
    lines = _fill(clusters, width, measure)
    narrowed = width
    while len(lines) > 1 and len(lines[-1]) < SHORTEST_LAST_LINE and narrowed > width / 2:
        narrowed -= width / 50
        shorter = _fill(clusters, narrowed, measure)
        if len(shorter) > len(lines):
            break
        lines = shorter
    return lines


def break_between(parts: Sequence[str], width: float, measure: Measure) -> tuple[str, ...]:
    """The parts in lines that break only between parts; () where there are none or one is too wide."""
    if not parts or any(measure(part) > width for part in parts):
        return ()
    return _fill(tuple(parts), width, measure)


def _clusters(text: str, width: float, measure: Measure) -> Iterator[str]:
    """The pieces between which a line may break, each no wider than the line."""
    for cluster in _glued(_ATOM.findall(text)):
        if measure(cluster) <= width:
            yield cluster
            continue
        for piece in _glued(list(cluster)):  # gives up words and dates, but not yet the rules of punctuation
            yield from (piece,) if measure(piece) <= width else piece


def _glued(atoms: Sequence[str]) -> list[str]:
    """The atoms, those joined between which no line may break."""
    clusters = list(atoms[:1])
    for before, atom in pairwise(atoms):
        if atom[0] in NOT_AT_START or before[-1] in NOT_AT_END:
            clusters[-1] += atom
        else:
            clusters.append(atom)
    return clusters


def _fill(clusters: Sequence[str], width: float, measure: Measure) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for cluster in clusters:
        if line and measure((line + cluster).rstrip()) > width:
            lines.append(line.rstrip())
            line = cluster.lstrip()
        else:
            line += cluster
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)
