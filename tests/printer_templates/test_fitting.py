"""Long texts shrink within limits and break where Chinese may break; longer ones are refused."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printer_templates.contract import DoesNotFitError, PaperAddress, PaperCode
from printer_templates.linebreak import break_between, break_lines
from printer_templates.specimen import specimen
from tests.printer_templates.papers import squeezed

if TYPE_CHECKING:
    from printer_templates.maker import PaperMaker

LONG: dict[str, Any] = {
    "name": "阿卜杜热合曼·买买提·吐尔逊江·阿卜杜克热木·艾合买提江·依明",
    "issuer": "陕西省渭南市澄城县城关街道办事处乐楼社区居民委员会",
    "purpose": "子女入学及办理城乡居民基本医疗保险参保登记、居住证申领等手续",
    "receiver": "澄城县城关第三初级中学附属小学（乐楼校区）招生办公室及学籍管理中心",
    "landlord": "陕西××房地产开发有限责任公司澄城分公司",
    "grid": "第07网格（金水湾花园二期）",
}
WORDS = ("居住", "证明，", "（登记）", "“核实”", "2026年3月5日", "产权。", "30 日", "《办法》", "×室")
LONG_ADDRESS = PaperAddress(
    county="澄城县",
    street="城关街道办事处",
    community="乐楼社区",
    compound="万泉街与古徵大道交汇处东南侧金水湾花园二期",
    building="3号商住综合楼",
    unit="东单元",
    room="负一层107号",
    code="610525001003000012",
)


def em(text: str) -> float:
    """Width in characters: Chinese ones are 1 wide, others half."""
    return sum(1 if ord(character) > 0x2000 or character == "·" else 0.5 for character in text)


def test_long_texts_are_all_on_the_paper(maker: PaperMaker) -> None:
    certificate = replace(specimen(), address=LONG_ADDRESS, **LONG)

    (facts,) = maker.read_back(maker.render(certificate).pdf)

    for text in (*LONG.values(), str(LONG_ADDRESS)):
        assert text in facts.text
    assert facts.qr == certificate.qr


@pytest.mark.parametrize("field", [*LONG, "kiosk", "number", "check_code", "issuer_phone", "sex"])
def test_a_text_longer_than_its_place_is_refused_without_being_named(maker: PaperMaker, field: str) -> None:
    changes: dict[str, Any] = {field: "样" * 200}
    certificate = replace(specimen(), **changes)

    with pytest.raises(DoesNotFitError) as caught:
        maker.render(certificate)

    assert caught.value.code is PaperCode.DOES_NOT_FIT
    assert "样" not in str(caught.value)


def test_an_address_longer_than_its_place_is_refused(maker: PaperMaker) -> None:
    certificate = replace(specimen(), address=replace(LONG_ADDRESS, compound="样" * 120))

    with pytest.raises(DoesNotFitError, match="address"):
        maker.render(certificate)


def test_fields_that_only_together_are_too_long_are_refused(maker: PaperMaker) -> None:
    fill: dict[str, Any] = {
        "name": "样" * 60,
        "purpose": "样" * 105,
        "receiver": "样" * 115,
        "landlord": "样" * 75,
    }
    address = replace(LONG_ADDRESS, compound="样" * 70)
    certificate = replace(specimen(), address=address, grid="样" * 85, **fill)

    with pytest.raises(DoesNotFitError, match="together"):
        maker.render(certificate)


def test_an_empty_address_part_leaves_no_gap(maker: PaperMaker) -> None:
    address = PaperAddress(county="澄城县", street="城关街道", community="乐楼社区", room="156号")
    assert len(fields(address)) == 8

    (facts,) = maker.read_back(maker.render(replace(specimen(), address=address)).pdf)

    assert "现住址澄城县城关街道乐楼社区156号居住方式" in facts.text


@given(text=st.text(alphabet="居住证明登记，。、（）《》“”：·×0123456789年月日 AB-", max_size=80))
def test_lines_keep_every_character_and_the_width(text: str) -> None:
    lines = break_lines(text, 12, em)

    assert squeezed("".join(lines)) == squeezed(text)
    assert all(em(line) <= 12 for line in lines)


@given(words=st.lists(st.sampled_from(WORDS), max_size=30))
def test_no_line_starts_or_ends_with_the_wrong_punctuation(words: list[str]) -> None:
    text = "居" + "".join(words)
    lines = break_lines(text, 14, em)

    assert not any(line[0] in "，。）”》×" for line in lines[1:])
    assert not any(line[-1] in "（“《" for line in lines[:-1])


def test_dates_and_numbers_with_units_stay_whole() -> None:
    lines = break_lines("登记日期2025年3月5日止，满登记 12 个月", 7, em)

    assert lines == ("登记日期", "2025年3月5日", "止，满登记", "12 个月")


def test_no_lonely_character_on_the_last_line() -> None:
    lines = break_lines("一二三四五六七八九十一", 10, em)

    assert [len(line) for line in lines] == [8, 3]


def test_parts_stay_together_where_they_fit() -> None:
    lines = break_between(("澄城县乐楼社区", "九路新村", "12号楼"), 12, em)

    assert lines == ("澄城县乐楼社区九路新村", "12号楼")
    assert break_between(("澄城县乐楼社区",), 5, em) == ()
