"""The technician's report: every row on paper, each state in words, page by page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from printer_templates.contract import (
    DoesNotFitError,
    MissingGlyphError,
    ReadinessReport,
    ReadinessRow,
    ReadinessSection,
)
from printer_templates.specimen import report_specimen
from tests.printer_templates.papers import poppler_text, squeezed

if TYPE_CHECKING:
    from printer_templates.maker import PaperMaker

LONG_FACTS = "序列号 E78098K1N000123，固件 1.42，" * 12


def only(*rows: ReadinessRow) -> ReadinessReport:
    return replace(report_specimen(), sections=(ReadinessSection("设备状态", rows),))


def test_the_report_says_who_where_when_and_the_conclusion(maker: PaperMaker) -> None:
    (facts,) = maker.read_back(maker.render(report_specimen()).pdf)

    assert facts.text.startswith(
        "设备检测报告服务点：乐楼社区党群服务中心一楼大厅设备：CG-KSK-03"
        "检测时间：2026年11月22日09:41检测人：JS-0012×结论：有故障，不能投入使用"
        "正常9项，异常1项，不明1项。"
    )
    assert "社保卡读卡器×异常SSC-03读卡器没有接好，自2026-11-2209:12" in facts.text
    assert facts.text.endswith("检测人签字：社区签收：设备CG-KSK-03第1页/共1页")


@pytest.mark.parametrize(
    ("is_ready", "conclusion"),
    [(True, "√结论：可以投入使用"), (False, "×结论：有故障，不能投入使用"), (None, "？结论：部分情况不明")],
)
def test_each_conclusion_is_a_sign_and_words(
    maker: PaperMaker, *, is_ready: bool | None, conclusion: str
) -> None:
    (facts,) = maker.read_back(maker.render(replace(report_specimen(), is_ready=is_ready)).pdf)

    assert conclusion in facts.text


@pytest.mark.parametrize(
    ("state", "mark"),
    [("good", "√正常"), ("bad", "×异常"), ("unknown", "？不明"), ("", "？不明"), ("fine", "？不明")],
)
def test_each_state_is_a_sign_and_a_word_and_what_is_none_is_unknown(
    maker: PaperMaker, state: str, mark: str
) -> None:
    (facts,) = maker.read_back(maker.render(only(ReadinessRow("扫码器", state))).pdf)

    assert f"扫码器{mark}" in facts.text


def test_many_rows_take_several_pages_none_is_lost_and_each_says_which_it_is(maker: PaperMaker) -> None:
    rows = tuple(ReadinessRow(f"项目{number}号", "good", facts=f"读数{number}") for number in range(120))
    rendered = maker.render(only(*rows))

    pages = maker.read_back(rendered.pdf)

    assert len(pages) == rendered.pages == 5
    text = "".join(page.text for page in pages)
    assert all(f"项目{number}号√正常读数{number}" in text for number in range(120))
    assert [page.text[-7:] for page in pages] == [f"第{number}页/共5页" for number in range(1, 6)]
    assert all(page.text.startswith("设备检测报告") for page in pages)


def test_no_heading_stands_alone_at_the_foot_of_a_page(maker: PaperMaker) -> None:
    row = ReadinessRow("扫码器", "good")
    for count in range(18, 30):
        sections = (ReadinessSection("设备状态", (row,) * count), ReadinessSection("引导检测", (row,)))
        pages = maker.read_back(maker.render(replace(report_specimen(), sections=sections)).pdf)

        (page,) = (page.text for page in pages if "引导检测" in page.text)
        assert page.partition("引导检测")[2].startswith("项目结果代码情况扫码器")


def test_long_facts_wrap_and_are_all_there(maker: PaperMaker) -> None:
    rendered = maker.render(
        only(ReadinessRow("符合国家标准的A4激光打印机（备用）", "good", "PRN-12", LONG_FACTS))
    )

    text = maker.read_back(rendered.pdf)[0].text

    assert squeezed(LONG_FACTS) in text
    assert "符合国家标准的A4激光打印机（备用）" in text


def test_facts_longer_than_any_row_are_refused(maker: PaperMaker) -> None:
    with pytest.raises(DoesNotFitError) as caught:
        maker.render(only(ReadinessRow("扫码器", "good", facts="样" * 2000)))

    assert "样" not in str(caught.value)


def test_a_report_longer_than_any_paper_is_refused(maker: PaperMaker) -> None:
    with pytest.raises(DoesNotFitError):
        maker.render(only(*(ReadinessRow("扫码器", "good") for _ in range(900))))


def test_a_report_without_any_section_is_still_a_report(maker: PaperMaker) -> None:
    rendered = maker.render(replace(report_specimen(), sections=(), is_ready=None))

    assert "部分情况不明" in poppler_text(rendered.pdf)


def test_a_character_without_glyph_is_an_error_beforehand(maker: PaperMaker) -> None:
    with pytest.raises(MissingGlyphError):
        maker.render(only(ReadinessRow("扫码器", "good", facts="\ue000")))


def test_the_same_report_gives_the_same_bytes(maker: PaperMaker) -> None:
    assert maker.render(report_specimen(60)) == maker.render(report_specimen(60))
