"""Numbers, times and codes as recorded units: which of them, in which order."""

from __future__ import annotations

import re
import string
from functools import cache

from kiosk.scene.contract import Language

_DIGITS = "零一二三四五六七八九"
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_CODE = re.compile(r"[A-Z0-9*.\- ]{1,40}")
_LONGEST_NUMBER = 8  # more digits than these are a number to dial or to copy, not to count
_LONG_RUN = 3  # so many digits in a row are told one by one, and 1 is then yāo
_YEAR_DIGITS = 4
_TEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 20, 100, 1000
_WAN, _YI, _MILLION = 10_000, 100_000_000, 1_000_000
_DIGIT_BY_DIGIT = {"phone", "job", "digits", "year"}


@cache
def units_of(language: Language) -> dict[str, str]:
    """Every unit of a language: its name, and the words that are recorded."""
    letters = {letter: letter for letter in string.ascii_uppercase}
    if language is Language.EN:
        words = {"oh": "oh", "o_clock": "o'clock", "hundred": "hundred", "thousand": "thousand"}
        extra = {"million": "million", "star": "star", "point": "point"}
        return letters | {str(n): _english_below_hundred(n) for n in range(_HUNDRED)} | words | extra
    units = {str(n): _chinese_below_hundred(n) for n in range(_HUNDRED)}
    units |= {f"{n}00": f"{_DIGITS[n]}百" for n in range(1, _TEN)}
    units |= {f"{n}000": f"{'两' if n == 2 else _DIGITS[n]}千" for n in range(1, _TEN)}  # noqa: PLR2004 2 is 两
    marks = {"two": "两", "yao": "幺", "wan": "万", "yi": "亿", "o_clock": "点", "minutes": "分"}
    return letters | units | marks | {"point": "点", "star": "星"}


def tell(words: str, language: Language, *, name: str = "", counted: bool = False) -> tuple[str, ...] | None:
    """The units of a value; none where it is no number, time or code.

    `name` is what the catalogue calls the value; `counted` means that a measure word follows (2 is 两).
    """
    words = words.strip()
    if clock := _TIME.fullmatch(words):
        return _tell_time(int(clock[1]), int(clock[2]), language)
    if words.isascii() and words.isdigit() and not _is_told_by_digit(words, name):
        return (
            ("two",) if counted and words == "2" and language is Language.ZH else count(int(words), language)
        )
    if name == "year" and language is Language.EN and len(words) == _YEAR_DIGITS and words.isdigit():
        return _english_year(int(words))
    if _CODE.fullmatch(words) and any(letter.isdigit() or letter == "*" for letter in words):
        return _spell(words, language, is_year=name == "year")
    return None


def count(number: int, language: Language) -> tuple[str, ...]:
    """A number of things."""
    return _count_chinese(number) if language is Language.ZH else _count_english(number)


def say_in_chinese(digits: str) -> str:
    """The words of digits that stand in a text, for whoever must pronounce them."""
    units = units_of(Language.ZH)
    return "".join(units[unit] for unit in tell(digits, Language.ZH) or ())


def _is_told_by_digit(words: str, name: str) -> bool:
    leads_with_zero = len(words) > 1 and words.startswith("0")
    return leads_with_zero or len(words) > _LONGEST_NUMBER or name in _DIGIT_BY_DIGIT


def _chinese_below_hundred(number: int) -> str:
    tens, ones = divmod(number, _TEN)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _english_below_hundred(number: int) -> str:
    if number < _TWENTY:
        return _ONES[number]
    tens, ones = divmod(number, _TEN)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _count_chinese(number: int) -> tuple[str, ...]:
    if number < _HUNDRED:
        return (str(number),)
    for size, name in ((_YI, "yi"), (_WAN, "wan")):
        if number >= size:
            above, rest = divmod(number, size)
            return (*_count_chinese(above), name, *_rest_in_chinese(rest, size))
    size = _THOUSAND if number >= _THOUSAND else _HUNDRED
    above, rest = divmod(number, size)
    return (str(above * size), *_rest_in_chinese(rest, size))


def _rest_in_chinese(rest: int, size: int) -> tuple[str, ...]:
    """What follows a round number: 零 where a place is left out, 一十 in place of 十."""
    if not rest:
        return ()
    bridge = ("0",) if rest < size // _TEN else ()
    ten = ("1",) if _TEN <= rest < _TWENTY else ()
    return (*bridge, *ten, *_count_chinese(rest))


def _count_english(number: int) -> tuple[str, ...]:
    if number < _HUNDRED:
        return (str(number),)
    for size, name in ((_MILLION, "million"), (_THOUSAND, "thousand"), (_HUNDRED, "hundred")):
        if number >= size:
            above, rest = divmod(number, size)
            return (*_count_english(above), name, *(_count_english(rest) if rest else ()))
    return ()


def _english_year(year: int) -> tuple[str, ...]:
    century, rest = divmod(year, _HUNDRED)
    if century % _TEN == 0 and rest < _TEN:
        return _count_english(year)
    if not rest:
        return (str(century), "hundred")
    return (str(century), *(("oh",) if rest < _TEN else ()), str(rest))


def _tell_time(hour: int, minute: int, language: Language) -> tuple[str, ...]:
    if language is Language.EN:
        if not minute:
            return (str(hour), "o_clock")
        return (str(hour), *(("oh",) if minute < _TEN else ()), str(minute))
    clock = ("two" if hour == 2 else str(hour), "o_clock")  # noqa: PLR2004 two o'clock is 两点
    if not minute:
        return clock
    return (*clock, *(("0",) if minute < _TEN else ()), str(minute), "minutes")


def _spell(words: str, language: Language, *, is_year: bool) -> tuple[str, ...]:
    """Sign by sign; a row of stars is one star, and what only divides is not said."""
    long_run = re.search(rf"\d{{{_LONG_RUN}}}", words) is not None
    one = "yao" if language is Language.ZH and long_run and not is_year else "1"
    told = []
    for sign in re.sub(r"\*+", "*", words):
        if sign == "1":
            told.append(one)
        elif sign.isalnum():
            told.append(sign)
        elif sign in ".*":
            told.append({".": "point", "*": "star"}[sign])
    return tuple(told)
