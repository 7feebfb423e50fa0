"""Words for letters, by each engine: the words of this place first, and nothing is learned or kept."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.typing.contract import MAX_CANDIDATES, MAX_LETTERS, Candidate
from kiosk.typing.lexicon import WithLexicon, read_lexicon
from kiosk.typing.opening import open_pinyin
from kiosk.typing.rime import RimeEngine
from kiosk.typing.table import TableEngine
from tools.pinyin_table import TABLE, make_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.typing.contract import PinyinEngine

pytestmark = pytest.mark.xdist_group("typing")  # librime has one state for a whole process


@pytest.fixture(scope="module", params=[RimeEngine, TableEngine], ids=["librime", "table"])
def engine(request: pytest.FixtureRequest) -> Iterator[PinyinEngine]:
    """Both, behind the words of this place."""
    made = WithLexicon(request.param(), read_lexicon())
    yield made
    made.close()


@pytest.fixture(scope="module")
def rime() -> Iterator[RimeEngine]:
    """Librime alone."""
    made = RimeEngine()
    yield made
    made.close()


def words(engine: PinyinEngine, letters: str) -> list[str]:
    return [each.text for each in engine.candidates(letters)]


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("lelou", "乐楼路"),
        ("llsq", "乐楼社区"),
        ("lelousq", "乐楼社区"),
        ("sfz", "身份证"),
        ("shenfenz", "身份证"),
        ("jzzm", "居住证明"),
        ("cgjd", "城关街道"),
        ("wgy", "网格员"),
        ("diershiqiwangge", "第27网格"),
        ("zeng", "曾"),
        ("shan", "单"),
        ("xie", "解"),
        ("qiu", "仇"),
        ("yuchi", "尉迟"),
        ("ouy", "欧阳"),
        ("gz", "古徵社区"),
    ],
)
def test_words_of_this_place_come_first(engine: PinyinEngine, letters: str, first: str) -> None:
    found = words(engine, letters)

    assert first in found[:6]


def test_a_surname_stands_for_its_own_letters_and_leaves_the_rest(engine: PinyinEngine) -> None:
    assert engine.candidates("zhang")[0] == Candidate("张", 5)
    assert Candidate("张", 5) in engine.candidates("zhangwei")


def test_the_letters_of_a_candidate_can_be_taken_away_until_none_are_left(engine: PinyinEngine) -> None:
    letters, text = "zhonghuarenmin", ""
    while letters:
        candidate = engine.candidates(letters)[0]
        assert 1 <= candidate.letters <= len(letters)
        text, letters = text + candidate.text, letters[candidate.letters :]

    assert len(text) == 4


@pytest.mark.parametrize("letters", ["", "'", "''", "123", "你好", "\x00", "A B", "i"])
def test_what_is_no_pinyin_has_no_candidates_or_few(engine: PinyinEngine, letters: str) -> None:
    assert len(engine.candidates(letters)) <= MAX_CANDIDATES


def test_nothing_is_no_candidate(engine: PinyinEngine) -> None:
    assert engine.candidates("") == ()
    assert engine.candidates("'") == ()


def test_letters_without_end_are_cut(engine: PinyinEngine) -> None:
    assert all(each.letters <= MAX_LETTERS for each in engine.candidates("zhang" * 40))


def test_nothing_is_learned(engine: PinyinEngine) -> None:
    before = engine.candidates("zhangwei")

    for _ in range(100):
        engine.candidates("zhangwei")
        engine.candidates("weizhang")

    assert engine.candidates("zhangwei") == before


def test_one_question_leaves_nothing_for_the_next(engine: PinyinEngine) -> None:
    alone = engine.candidates("li")
    engine.candidates("zhangw")

    assert engine.candidates("li") == alone


def test_librime_knows_whole_names_and_words_by_initials(rime: RimeEngine) -> None:
    assert words(rime, "zhangwei")[0] == "张伟"
    assert words(rime, "sfz")[0] == "身份证"
    assert "社会保障" in words(rime, "shehuibaozhang")


def test_an_apostrophe_parts_syllables(rime: RimeEngine) -> None:
    assert words(rime, "xi'an")[0] == "西安"
    assert rime.candidates("xi'an")[0].letters == len("xi'an")


def test_librime_writes_nothing_of_what_is_typed_and_takes_its_folder_along() -> None:
    before = _folders()
    engine = RimeEngine()
    (folder,) = _folders() - before
    at_first = _files(folder)
    for letters in ("zhangwei", "sfz", "lelou"):
        engine.candidates(letters)

    assert _files(folder) == at_first
    engine.close()
    engine.close()
    assert _folders() == before


def test_another_engine_can_be_opened_after_one_was_closed() -> None:
    for _ in range(2):
        engine = open_pinyin()
        assert words(engine, "sfz")[0] == "身份证"
        engine.close()


def test_the_table_is_what_its_tool_makes() -> None:
    assert TABLE.read_text(encoding="utf-8") == make_table()


def test_every_word_of_the_lexicon_is_found_by_its_reading_and_by_its_initials() -> None:
    engine = WithLexicon(TableEngine(), read_lexicon())
    lost = [
        word.text
        for word in read_lexicon()
        if word.text not in words(engine, "".join(word.syllables))
        or (len(word.syllables) > 2 and word.text not in words(engine, "".join(s[0] for s in word.syllables)))
    ]

    # All grids from the eleventh to the nineteenth and so on share their initials: no page holds them all.
    assert [word for word in lost if "网格" not in word] == []


def _folders() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("kiosk-typing-*"))


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            status = (Path(place) / name).stat()
            found[str(Path(place) / name)] = (status.st_size, status.st_mtime_ns)
    return found
