"""Finding an organisation or a person by characters, by pinyin, or by its initials."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

from kiosk.flow.browse_states import INITIALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend_client.contract import Organisation

MOST_HITS = 60
LETTERS = {"2": "abc", "3": "def", "4": "ghi", "5": "jkl", "6": "mno", "7": "pqrs", "8": "tuv", "9": "wxyz"}
_KEY_OF = {letter: key for key, letters in LETTERS.items() for letter in letters}


@dataclass(frozen=True, slots=True)
class Hit:
    """An organisation, or one of its staff (`member` counts from 0; -1 = the organisation itself)."""

    organisation: Organisation
    member: int = -1


def find(items: tuple[Organisation, ...], text: str) -> tuple[Hit, ...]:
    """What the text may mean, names that begin with it first; () for an empty text.

    After INITIALS come keys of letters, one for the first letter of each syllable.
    """
    wanted = "".join(text.split()).replace("'", "").lower()
    if not wanted.strip(INITIALS):
        return ()
    ranked = sorted(_hits(items, wanted), key=lambda found: found[0])
    return tuple(hit for _, hit in ranked[:MOST_HITS])


def _hits(items: tuple[Organisation, ...], wanted: str) -> Iterator[tuple[int, Hit]]:
    for item in items:
        place = _place(wanted, item.name, item.pinyin)
        if place >= 0:
            yield place, Hit(item)
        for number, member in enumerate(item.staff):
            place = _place(wanted, member.name, member.pinyin)
            if place < 0 and wanted in member.title:
                place = len(member.name)  # after those whose name it is
            if place >= 0:
                yield place, Hit(item, number)


def _place(wanted: str, name: str, pinyin: str) -> int:
    """Where in the name it stands, in characters or syllables; -1 = nowhere."""
    syllables = tuple(pinyin.lower().split())
    if wanted.startswith(INITIALS):
        return "".join(_KEY_OF.get(syllable[0], " ") for syllable in syllables).find(wanted[1:])
    letters = wanted[len(wanted.rstrip(ascii_lowercase)) :]
    known = wanted.removesuffix(letters)
    if known:  # characters, and perhaps letters for those that follow them
        at = name.find(known)
        return at if not letters or (at >= 0 and _spells(letters, syllables[at + len(known) :])) else -1
    starts = range(len(syllables))
    return next((start for start in starts if _spells(wanted, syllables[start:])), -1)


def _spells(letters: str, syllables: tuple[str, ...]) -> bool:
    """Whether the letters are beginnings of the syllables that follow each other: ll, lel, lelou."""
    if not letters:
        return True
    if not syllables:
        return False
    first, rest = syllables[0], syllables[1:]
    longest = min(len(first), len(letters))
    return any(
        first.startswith(letters[:count]) and _spells(letters[count:], rest)
        for count in range(longest, 0, -1)
    )
