"""Numbers, dates, times and codes, as they are put together from recorded units."""

from __future__ import annotations

import pytest

from kiosk.scene.contract import Language, Text
from kiosk.voice.numbers import count, tell, units_of
from kiosk.voice.prompts import Live, Recorded, all_prompts, pieces_of

ZH, EN = Language.ZH, Language.EN
_DAY = Text("day", (("year", "2026"), ("month", Text("month.11")), ("day", "23")))


def _words(text: Text, language: Language) -> str:
    return "|".join(piece.words for piece in pieces_of(text, language))


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        ("0", "零", "zero"),
        ("2", "二", "two"),
        ("10", "十", "ten"),
        ("21", "二十一", "twenty-one"),
        ("100", "一百", "one|hundred"),
        ("105", "一百|零|五", "one|hundred|five"),
        ("110", "一百|一|十", "one|hundred|ten"),
        ("112", "一百|一|十二", "one|hundred|twelve"),
        ("250", "二百|五十", "two|hundred|fifty"),
        ("1000", "一千", "one|thousand"),
        ("1010", "一千|零|一|十", "one|thousand|ten"),
        ("2003", "两千|零|三", "two|thousand|three"),
        ("10050", "一|万|零|五十", "ten|thousand|fifty"),
        ("120000", "十二|万", "one|hundred|twenty|thousand"),
        ("12345678", "一千|二百|三十四|万|五千|六百|七十八", None),
        ("0107", "零|幺|零|七", "zero|one|zero|seven"),
        ("0913-0000103", "零|九|幺|三|零|零|零|零|幺|零|三", None),
        ("Q-8F2K-71QD", "Q|八|F|二|K|七|一|Q|D", "Q|eight|F|two|K|seven|one|Q|D"),
        ("61**********12", "六|一|星|一|二", "six|one|star|one|two"),
        ("1.0.2", "一|点|零|点|二", "one|point|zero|point|two"),
        ("09:05", "九|点|零|五|分", "nine|oh|five"),
        ("14:00", "十四|点", "fourteen|o'clock"),
        ("2:30", "两|点|三十|分", "two|thirty"),
    ],
)
def test_what_is_said_of_a_number(number: str, chinese: str, english: str | None) -> None:
    assert _words(Text(literal=number), ZH) == chinese
    assert english is None or _words(Text(literal=number), EN) == english


def test_a_date_is_put_together_from_recorded_pieces() -> None:
    assert _words(_DAY, ZH) == "二|零|二|六|年|十一|月|二十三|日"
    assert _words(_DAY, EN) == "twenty-three|November|twenty|twenty-six"
    assert all(isinstance(piece, Recorded) for language in Language for piece in pieces_of(_DAY, language))


@pytest.mark.parametrize(
    ("year", "words"),
    [("2005", "two|thousand|five"), ("1900", "nineteen|hundred"), ("1906", "nineteen|oh|six")],
)
def test_years_in_english(year: str, words: str) -> None:
    units = units_of(EN)
    assert "|".join(units[unit] for unit in tell(year, EN, name="year") or ()) == words


def test_two_of_something_is_liang_and_the_second_is_er() -> None:
    assert _words(Text("preview.count", (("count", "2"),)), ZH) == "两|份"
    assert _words(Text("printing.sheet", (("sheet", "2"), ("sheets", "2"))), ZH) == "第|二|张，共|两|张"


def test_values_that_are_texts_are_said_as_texts() -> None:
    until = Text("who_you_are.way_until", (("mode", Text("mode.rented")), ("day", _DAY)))

    assert _words(until, ZH) == "租住|至|二|零|二|六|年|十一|月|二十三|日"
    assert all(
        isinstance(piece, Recorded) and (piece.is_value or piece.words == "至")
        for piece in pieces_of(until, ZH)
    )


def test_names_and_words_of_the_platform_are_live() -> None:
    assert pieces_of(Text(literal=" 王×× "), ZH) == (Live("王××"),)
    assert pieces_of(Text(literal="—"), ZH) == ()


def test_every_number_up_to_a_million_is_made_of_units_that_are_recorded() -> None:
    for language in Language:
        recorded = {prompt.id for prompt in all_prompts(language)}
        for number in (*range(2100), *range(2100, 1_000_001, 977)):
            assert {f"unit.{unit}" for unit in count(number, language)} <= recorded, number


@pytest.mark.parametrize("language", Language)
def test_ids_are_unique_and_no_prompt_is_empty_or_holds_a_place(language: Language) -> None:
    prompts = all_prompts(language)

    assert len({prompt.id for prompt in prompts}) == len(prompts) > 1000
    assert all(any(letter.isalnum() for letter in prompt.words) for prompt in prompts)
    assert not any("{" in prompt.words or "}" in prompt.words for prompt in prompts)
