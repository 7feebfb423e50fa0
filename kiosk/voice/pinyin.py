"""What a speech engine is given: Chinese as numbered pinyin, everything else as English."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from pypinyin import Style, lazy_pinyin

from kiosk.scene.contract import Language
from kiosk.voice.numbers import say_in_chinese

_OVERRIDES = Path(__file__).with_name("pronunciation.toml")
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff×○"
_RUNS = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<number>[0-9]+)|(?P<latin>[A-Za-z](?:[A-Za-z' ]*[A-Za-z])?)|(?P<rest>.)",
    re.DOTALL,
)
_PAUSES = {"，": ",", "、": ",", "；": ",", "：": ",", "。": ".", "！": ".", "？": "?", "\n": "."}
_KEPT = ",.;:?!"
_BEFORE_ONE = set("第期周十百千零一二三四五六七八九")  # 一 keeps its first tone after these
_SPELLED_UP_TO = 4  # so many capitals in a row are letters, not a word
_FALLING, _NEUTRAL = "4", "5"


def to_speak(words: str, language: Language) -> str:
    """The input of the engine, as SSML without a root."""
    if language is Language.EN:
        return escape(_in_english(words))
    said = []
    for run in _RUNS.finditer(words):
        if run["han"]:
            said.append(" ".join(syllables(run["han"])))
        elif run["number"]:
            said.append(" ".join(syllables(say_in_chinese(run["number"]))))
        elif run["latin"]:
            said.append(f'<voice language="en">{escape(_spell_capitals(run["latin"]))}</voice>')
        else:
            said.append(_PAUSES.get(run["rest"], run["rest"] if run["rest"] in _KEPT else ""))
    return " ".join(part for part in said if part)


def syllables(han: str) -> list[str]:
    """The syllables of Chinese characters with tone numbers; what nobody can read is left out."""
    found: list[str] = []
    for part in _cut_at_overrides(han):
        fixed = _overrides()[Language.ZH].get(part)
        found += fixed.split() if fixed else _read(part)
    return found


def _read(han: str) -> list[str]:
    read = lazy_pinyin(han, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
    if len(read) != len(han):
        return read
    return [_soften(han, read, at) for at in range(len(read))]


def _soften(han: str, read: list[str], at: int) -> str:
    """不 and 一 change their tone before the next syllable; the third tone is the engine's affair."""
    following = read[at + 1][-1:] if at + 1 < len(read) else ""
    if han[at] == "不" and following == _FALLING:
        return "bu2"
    if han[at] == "一" and following and not (at and han[at - 1] in _BEFORE_ONE):
        return "yi2" if following in {_FALLING, _NEUTRAL} else "yi4"
    return read[at]


def _cut_at_overrides(han: str) -> list[str]:
    return [part for part in _override_pattern().split(han) if part]


@cache
def _override_pattern() -> re.Pattern[str]:
    longest_first = sorted(_overrides()[Language.ZH], key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})")


@cache
def _overrides() -> dict[Language, dict[str, str]]:
    tables = tomllib.loads(_OVERRIDES.read_text(encoding="utf-8"))
    return {language: tables[language.value] for language in Language}


def _in_english(words: str) -> str:
    table = _overrides()[Language.EN]
    return re.sub(r"[A-Za-z']+", lambda word: table.get(word[0], _spell_capitals(word[0])), words)


def _spell_capitals(word: str) -> str:
    is_abbreviation = word.isupper() and 1 < len(word) <= _SPELLED_UP_TO
    return " ".join(word) if is_abbreviation else word
