"""Chinese line breaking: what may begin and end a line, and that nothing gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.screen.line_breaking import NO_END, NO_START, balance_lines, break_lines

_WIDE = 10
_CHARACTERS = "请把身份证平放在读卡区，。、；：？！“”（）《》【】…ab12-/ 。，"
_TEXTS = st.text(st.sampled_from(_CHARACTERS), max_size=60)


def _measure(text: str) -> int:
    """Chinese characters are ten wide, Latin ones five."""
    return sum(5 if character.isascii() else _WIDE for character in text)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.integers(60, 300))
def test_nothing_is_lost_but_blanks_at_line_ends(text: str, width: int) -> None:
    lines = break_lines(text, width, _measure)

    assert "".join("".join(lines).split()) == "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("请把身份证平放在读卡区一二三四"), min_size=1, max_size=40), st.integers(40, 200)
)
@pytest.mark.parametrize("mark", sorted(NO_START - NO_END))
def test_no_line_begins_with_a_closing_mark(mark: str, text: str, width: int) -> None:
    marked = mark.join(text[start : start + 3] for start in range(0, len(text), 3))

    lines = break_lines(marked, width, _measure)

    assert not any(line.startswith(mark) for line in lines[1:])


@pytest.mark.parametrize("mark", sorted(NO_END - NO_START))
def test_no_line_ends_with_an_opening_mark(mark: str) -> None:
    text = f"请带上{mark}新的租房合同" * 4

    for width in range(40, 200, _WIDE):
        lines = break_lines(text, width, _measure)
        assert not any(line.endswith(mark) for line in lines)


@pytest.mark.parametrize("whole", ["0913-0000103", "CG-KSK-03", "residence", "6105", "2026年", "8:30–18:00"])
def test_words_and_numbers_stay_whole(whole: str) -> None:
    unit = whole.rstrip("年")

    for width in range(130, 300, 5):
        lines = break_lines(f"请拨打服务电话{whole}联系我们", width, _measure)
        assert any(unit in line for line in lines)


@settings(max_examples=100, deadline=None)
@given(_TEXTS, st.integers(60, 300))
def test_no_line_is_wider_than_its_room(text: str, width: int) -> None:
    lines = break_lines(text, width, _measure)

    assert all(_measure(line) <= width or len(line) == 1 for line in lines)


def test_a_word_wider_than_the_line_is_cut_rather_than_clipped() -> None:
    lines = break_lines("https://platform.example/v/CG-JZ-2026-000318", 60, _measure)

    assert len(lines) > 1
    assert "".join(lines) == "https://platform.example/v/CG-JZ-2026-000318"


def test_line_ends_in_the_text_are_kept() -> None:
    assert break_lines("一\n\n二", 100, _measure) == ("一", "", "二")


@settings(max_examples=60, deadline=None)
@given(_TEXTS, st.integers(60, 300))
def test_balancing_takes_no_more_lines(text: str, width: int) -> None:
    plain = break_lines(text, width, _measure)

    balanced = balance_lines(text, width, _measure)

    assert len(balanced) == len(plain)
    assert "".join("".join(balanced).split()) == "".join(text.split())


def test_a_title_of_two_lines_pauses_at_its_comma() -> None:
    lines = balance_lines("已退出，您的信息已清除", 100, _measure)

    assert lines == ("已退出，", "您的信息已清除")


def test_an_enumeration_is_broken_after_one_of_its_parts() -> None:
    lines = balance_lines("亲属关系、婚姻、无犯罪记录等二十项", 130, _measure)

    assert lines == ("亲属关系、婚姻、", "无犯罪记录等二十项")


def test_a_balanced_title_leaves_no_lone_character() -> None:
    lines = balance_lines("证明已打印请取走纸张和身份证", 130, _measure)

    assert [len(line) for line in lines] == [7, 7]
