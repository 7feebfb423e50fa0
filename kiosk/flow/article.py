"""Articles as pages: cut by sentences, so that a page fits in its text size however the panel stands.

The flow cannot measure. It counts in widths of half a character against the lines that the narrower of both
orientations has room for; a test lays every page out and looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from kiosk.scene.contract import TextSize

if TYPE_CHECKING:
    from collections.abc import Iterator

# Full characters in a line, and lines on a page.
_ROOM = {
    TextSize.SMALL: (33, 14),
    TextSize.NORMAL: (22, 9),
    TextSize.LARGE: (18, 6),
    TextSize.LARGEST: (13, 4),
}
_PIECE = 2 * 50  # half characters: less than the smallest page
_SENTENCE = re.compile(r"[^。！？；…]*[。！？；…]+[”’」』）》〉】]*|[^。！？；…]+$")
_PAUSE = "，、：, "
_NEVER_FIRST = "，。、；：！？）》〉】”’」』…—·,.;:!?)%"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of an article: the number of its first piece, and its paragraphs or parts of them."""

    first: int
    texts: tuple[str, ...]


def leaves(paragraphs: tuple[str, ...], size: TextSize) -> tuple[Leaf, ...]:
    """The pages of an article in this text size; at least one. Pieces are the same in every size."""
    pages: list[Leaf] = []
    texts: list[str] = []
    first = last_paragraph = 0
    for number, (paragraph, piece) in enumerate(_pieces(paragraphs)):
        joined = texts and paragraph == last_paragraph
        longer = [*texts[:-1], texts[-1] + piece] if joined else [*texts, piece]
        if texts and not _fits(longer, size):
            pages.append(Leaf(first, tuple(texts)))
            first, longer = number, [piece]
        texts, last_paragraph = longer, paragraph
    return (*pages, Leaf(first, tuple(texts)))


def leaf_at(pages: tuple[Leaf, ...], piece: int) -> int:
    """The number of the page that holds this piece."""
    return max(number for number, leaf in enumerate(pages) if number == 0 or leaf.first <= piece)


def shorten(words: str, most: int) -> str:
    """At most so many characters; what was cut is marked."""
    return words if len(words) <= most else words[: most - 1].rstrip(_NEVER_FIRST) + "…"


def cut(paragraph: str) -> tuple[str, ...]:
    """The pieces of a paragraph, none of them longer than the smallest page."""
    return tuple(part for sentence in _SENTENCE.findall(paragraph) for part in _shorter(sentence))


def _pieces(paragraphs: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for number, paragraph in enumerate(paragraphs):
        yield from ((number, piece) for piece in cut(paragraph.strip()))


def _shorter(sentence: str) -> Iterator[str]:
    while _width(sentence) > _PIECE:
        at = _place_to_cut(sentence)
        yield sentence[:at]
        sentence = sentence[at:]
    if sentence.strip():
        yield sentence


def _place_to_cut(sentence: str) -> int:
    """After the last pause that fits; else where a line may end."""
    most = 1
    while _width(sentence[: most + 1]) <= _PIECE:
        most += 1
    pause = max(sentence.rfind(mark, 0, most) for mark in _PAUSE)
    at = pause + 1 if pause > most // 3 else most
    while at > 1 and sentence[at] in _NEVER_FIRST:
        at -= 1
    return at


def _fits(texts: list[str], size: TextSize) -> bool:
    columns, lines = _ROOM[size]
    needed = sum(-(-_width(text) // (2 * columns)) for text in texts)
    return needed + (len(texts) - 1) <= lines  # a paragraph stands apart from the next


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)
