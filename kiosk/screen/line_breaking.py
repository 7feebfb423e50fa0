"""Chinese line breaking: no line begins with a closing mark or ends with an opening one.

Words and numbers of Latin letters and digits stay whole. After the rules of W3C "Requirements for Chinese
Text Layout" section 3.1, by moving the character before down to the next line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NO_START = frozenset("、，。．：；？！）〕］｝〉》」』】〗”’…—～·％‰℃,.:;?!)]}%")
NO_END = frozenset("（〔［｛〈《「『【〖“‘￥＄([{$#")

_PAUSES = (frozenset("，。：；？！"), frozenset("、"))  # the second where the first cannot be had
_A_PAIR = 2
_LEAST_SHARE = 3  # a line of a pair is at least a third as long as the other
_JOINTS = frozenset("-/.")  # where a number or an address that is too long for a line is cut best

# A run of Latin letters, digits and what joins them, such as 0913-0000103, CG-KSK-03, 6105**********1X.
_UNIT = re.compile(r"[A-Za-z0-9À-ɏ*][A-Za-z0-9À-ɏ*'’\-_/@&+.,:]*[A-Za-z0-9À-ɏ*%]|[A-Za-z0-9À-ɏ*]|\s+|.")


def break_lines(text: str, width: int, measure: Callable[[str], int]) -> tuple[str, ...]:
    """Break `text` into lines no wider than `width`; blanks at a break are dropped, nothing else is.

    A single unit that is wider than the line is cut between characters; a single character always stands.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_break_paragraph(_clusters(paragraph), width, measure))
    return tuple(lines)


def balance_lines(text: str, width: int, measure: Callable[[str], int]) -> tuple[str, ...]:
    """Break as `break_lines` does, into as few lines, but after a pause or else into nearly equal lines."""
    best = break_lines(text, width, measure)
    if len(best) == 1:
        return best
    if len(best) == _A_PAIR:
        pairs = (_break_at_pause(text, pauses, width, measure) for pauses in _PAUSES)
        if pair := next(filter(None, pairs), None):
            return pair
    low, high = width // 2, width
    while high - low > max(4, width // 64):
        middle = (low + high) // 2
        tried = break_lines(text, middle, measure)
        if len(tried) == len(best):
            best, high = tried, middle
        else:
            low = middle
    return best


def _break_at_pause(
    text: str, pauses: frozenset[str], width: int, measure: Callable[[str], int]
) -> tuple[str, ...] | None:
    """Two lines with one of these marks at the end of the first, the most equal such pair; None without."""
    pairs = [
        (text[: at + 1].rstrip(), text[at + 1 :].lstrip())
        for at, character in enumerate(text[:-1])
        if character in pauses and text[at + 1] not in NO_START
    ]
    fitting = [pair for pair in pairs if "\n" not in text and all(measure(line) <= width for line in pair)]
    best = min(fitting, key=lambda pair: abs(measure(pair[0]) - measure(pair[1])), default=None)
    if best is None or min(map(measure, best)) * _LEAST_SHARE < max(map(measure, best)):
        return None
    return best


def _clusters(paragraph: str) -> list[str]:
    """What a line break must not cut: units glued to the marks that may not stand alone at a line's edge."""
    clusters: list[str] = []
    glued = False
    for unit in _UNIT.findall(paragraph):
        if clusters and (glued or unit[0] in NO_START):
            clusters[-1] += unit
        else:
            clusters.append(unit)
        glued = unit[-1] in NO_END
    return clusters


def _break_paragraph(clusters: list[str], width: int, measure: Callable[[str], int]) -> list[str]:
    lines: list[str] = []
    line = ""
    for cluster in clusters:
        longer = line + cluster
        if measure(longer.rstrip()) <= width:
            line = longer
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = cluster.lstrip()
        while len(line) > 1 and measure(line) > width:
            cut = _widest_cut(line, width, measure)
            lines.append(line[:cut])
            line = line[cut:]
    lines.append(line.rstrip())
    return lines


def _widest_cut(text: str, width: int, measure: Callable[[str], int]) -> int:
    """How many characters of a too wide unit stand on one line, keeping the edge rules where possible."""
    fitting = 1
    while fitting < len(text) and measure(text[: fitting + 1]) <= width:
        fitting += 1
    for cut in range(fitting, fitting // 2, -1):
        if text[cut - 1] in _JOINTS and text[cut] not in NO_START:
            return cut
    for cut in range(fitting, 0, -1):
        if text[cut] not in NO_START and text[cut - 1] not in NO_END:
            return cut
    return fitting
