"""Every prompt that is recorded: the texts of the catalogues, cut where a value stands, and the units."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.scene.contract import Language, Text
from kiosk.voice.numbers import tell, units_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEXTS = Path(__file__).resolve().parent.parent / "texts"
_PLACE = re.compile(r"\{(\w+)\}")
_MEASURES = "份张个条处种步分秒次台位问户天"  # 2 before one of these is 两
_EDGES = " 　\n，。：；、！？,.:;!?（）()“”…　-"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A prompt of the bank: its id, and the words that are heard."""

    id: str
    words: str
    is_value: bool = (
        False  # stands in the place of a value: in a private utterance it tells the person's data
    )


@dataclass(frozen=True, slots=True)
class Live:
    """Words that nobody could record: a name, content of the platform."""

    words: str


Piece = Recorded | Live


def all_prompts(language: Language) -> tuple[Recorded, ...]:
    """What must be recorded so that every text can be said."""
    found: list[Recorded] = []
    for key, pattern in _patterns(language).items():
        found += [piece for piece in _cut(key, pattern) if isinstance(piece, Recorded)]
    found += [Recorded(f"unit.{name}", words) for name, words in units_of(language).items()]
    return tuple(found)


def pieces_of(text: Text, language: Language, *, is_value: bool = False) -> tuple[Piece, ...]:
    """The pieces of a text in the order in which they are said; a text that is not there says nothing."""
    if not text.key:
        return _value(text.literal, language)
    pattern = _patterns(language).get(text.key, "")
    if pattern.isdigit():
        return _value(pattern, language)
    values = dict(text.values)
    parts = _cut(text.key, pattern)
    said: list[Piece] = []
    for at, part in enumerate(parts):
        if isinstance(part, Recorded):
            said.append(Recorded(part.id, part.words, is_value))
            continue
        value = values.get(part, "")
        if isinstance(value, Text):
            said += pieces_of(value, language, is_value=True)
        else:
            said += _value(value, language, name=part, counted=_is_counted(parts, at))
    return tuple(said)


def _value(words: str, language: Language, *, name: str = "", counted: bool = False) -> tuple[Piece, ...]:
    told = tell(words, language, name=name, counted=counted)
    if told is not None:
        units = units_of(language)
        return tuple(Recorded(f"unit.{unit}", units[unit], is_value=True) for unit in told)
    return (Live(words.strip()),) if _is_sayable(words) else ()


def _is_counted(parts: tuple[Recorded | str, ...], at: int) -> bool:
    """Whether a measure word follows, and no 第 stands before."""
    before, after = parts[at - 1] if at else "", parts[at + 1] if at + 1 < len(parts) else ""
    is_ordinal = isinstance(before, Recorded) and before.words.endswith("第")
    return isinstance(after, Recorded) and after.words[0] in _MEASURES and not is_ordinal


def _cut(key: str, pattern: str) -> tuple[Recorded | str, ...]:
    """Fragments to record, and between them the names of values."""
    if pattern.isdigit():
        return ()  # put together from units
    parts = _PLACE.split(pattern)
    cut: list[Recorded | str] = []
    for at, part in enumerate(parts):
        if at % 2:
            cut.append(part)
        elif _is_sayable(part):
            cut.append(Recorded(key if len(parts) == 1 else f"{key}#{at // 2}", part.strip(_EDGES)))
    return tuple(cut)


def _is_sayable(words: str) -> bool:
    return any(letter.isalnum() for letter in words)


@cache
def _patterns(language: Language) -> Mapping[str, str]:
    """The catalogue, flat; nothing where it cannot be read, which the screen reports."""
    try:
        texts = tomllib.loads((_TEXTS / f"{language.value}.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(_flatten(texts, ""))


def _flatten(texts: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in texts.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)
