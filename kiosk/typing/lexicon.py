"""Words of this place before all others: surnames, communities, grids, papers."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from kiosk.typing.contract import MAX_CANDIDATES, MAX_LETTERS, Candidate
from kiosk.typing.syllables import Match, match

if TYPE_CHECKING:
    from kiosk.typing.contract import PinyinEngine

_MOST_BEGUN = 5  # words that the letters only begin, before all that the engine knows


@dataclass(frozen=True, slots=True)
class Word:
    """A word and how it is read."""

    text: str
    syllables: tuple[str, ...]


def read_lexicon() -> tuple[Word, ...]:
    """The words of lexicon.toml, the most wanted first."""
    text = resources.files("kiosk.typing").joinpath("lexicon.toml").read_text(encoding="utf-8")
    groups = tomllib.loads(text)
    return tuple(Word(word, tuple(read.split())) for group in groups.values() for word, read in group.items())


class WithLexicon:
    """See kiosk.typing.contract.PinyinEngine: another engine, behind the words of this place."""

    def __init__(self, engine: PinyinEngine, words: tuple[Word, ...]) -> None:
        self._engine = engine
        self._words: defaultdict[str, list[Word]] = defaultdict(list)  # by the letter that they begin with
        for word in words:
            self._words[word.syllables[0][0]].append(word)

    def candidates(self, letters: str) -> tuple[Candidate, ...]:
        """The words of this place that the letters may stand for or begin, then what the engine knows."""
        typed = letters[:MAX_LETTERS]
        begin = self._words.get(typed.lstrip("'")[:1], ())
        matches = [(match(typed, word.syllables), word.text) for word in begin]
        whole = [Candidate(text, len(typed)) for how, text in matches if how is Match.WHOLE]
        begun = [Candidate(text, len(typed)) for how, text in matches if how is Match.BEGUN]
        own = (*whole, *begun[: max(0, _MOST_BEGUN - len(whole))])
        others = (each for each in self._engine.candidates(letters) if each not in own)
        return (*own, *others)[:MAX_CANDIDATES]

    def close(self) -> None:
        """Give back what the engine holds."""
        self._engine.close()
