"""Pinyin by a table of characters alone: for machines without librime. It holds nothing that is typed."""

from __future__ import annotations

import re
from importlib import resources

from kiosk.typing.contract import MAX_CANDIDATES, MAX_LETTERS, Candidate

_NO_LETTER = re.compile("[^a-z']")


class TableEngine:
    """See kiosk.typing.contract.PinyinEngine: the characters of the first syllable, the longest first."""

    def __init__(self) -> None:
        self._characters = dict(_read_table())

    def candidates(self, letters: str) -> tuple[Candidate, ...]:
        """Characters that the beginning of the letters may stand for, best first."""
        typed = _NO_LETTER.sub("", letters)[:MAX_LETTERS]
        lead = len(typed) - len(typed.lstrip("'"))
        typed = typed[lead:].split("'")[0]
        found: list[Candidate] = []
        for end in range(len(typed), 0, -1):
            known = self._characters.get(typed[:end], "")
            if not known and not found and end == len(typed):
                known = self._begun(typed)
            found += [Candidate(character, lead + end) for character in known]
        return tuple(found[:MAX_CANDIDATES])

    def close(self) -> None:
        """Nothing is held."""

    def _begun(self, letters: str) -> str:
        """The first characters of each syllable that begins so."""
        begun = [known for read, known in self._characters.items() if read.startswith(letters)]
        ranks = max(map(len, begun), default=0)
        return "".join(known[rank] for rank in range(ranks) for known in begun if rank < len(known))[
            :MAX_CANDIDATES
        ]


def _read_table() -> list[tuple[str, str]]:
    text = resources.files("kiosk.typing").joinpath("pinyin.txt").read_text(encoding="utf-8")
    lines = (line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return [(read, characters) for read, characters in lines]
