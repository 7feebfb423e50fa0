"""The slip with a pick-up number: what it says, and that nobody can take it for a certificate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from printer_templates.contract import DoesNotFitError, MissingGlyphError
from printer_templates.slip_layout import lay_out_slip
from printer_templates.slip_wording import word_slip
from printer_templates.specimen import slip_specimen, specimen
from tests.printer_templates.papers import poppler_text

if TYPE_CHECKING:
    from printer_templates.fonts import PaperFonts
    from printer_templates.maker import PaperMaker

VERY_LARGE_PT = 40


def test_the_slip_says_all_that_a_resident_must_know(maker: PaperMaker) -> None:
    (facts,) = maker.read_back(maker.render(slip_specimen()).pdf)

    assert facts.text == (
        "取件单本单不是证明，只用于领取证明"
        "取件号Q-8F2K-71QD"
        "申请人王××（610590**********28）"
        "申请事项居住证明（用途：子女入学）"
        "暂缓原因到平台的线路中断，本机没有能离线使用的登记资料。（OFF-01）"
        "领取办法请带本人身份证，到任何一台屏幕上方显示“在线”的社区自助机，刷身份证后即可打印领取。"
        "咨询领取前可以致电0913-0000103询问，请报取件号。"
        "说明：您的申请已经登记，不用重新申请。"
        "领取时只认本人身份证，本单丢失不影响领取，别人也不能凭本单代领。"
        "澄城县城关街道乐楼社区居民委员会2026年11月22日09:41"
        "设备CG-KSK-03"
    )


def test_another_reader_finds_the_same_words(maker: PaperMaker) -> None:
    text = poppler_text(maker.render(slip_specimen()).pdf)

    assert all(words in text for words in ("本单不是证明", "Q-8F2K-71QD", "王××", "0913-0000103"))


def test_the_code_is_the_pick_up_number(maker: PaperMaker) -> None:
    (facts,) = maker.read_back(maker.render(slip_specimen()).pdf)

    assert facts.qr == slip_specimen().number


def test_the_number_is_very_large(fonts: PaperFonts) -> None:
    sheet = lay_out_slip(word_slip(slip_specimen()), fonts)

    assert sheet.number.size >= VERY_LARGE_PT


def test_it_is_one_a4_page_with_a_title_of_its_own(maker: PaperMaker) -> None:
    paper = maker.render(replace(slip_specimen(), session="s-1"))

    document = pypdfium2.PdfDocument(paper.pdf)
    size, metadata = document.get_page_size(0), document.get_metadata_dict()
    pages = len(document)
    document.close()
    assert paper.pages == pages == 1
    assert size == pytest.approx((595.28, 841.89), abs=0.01)
    assert (metadata["Title"], metadata["Subject"]) == ("取件单 Q-8F2K-71QD", "取件单")
    assert metadata["Keywords"] == "kiosk-session s-1"
    assert len(paper.pdf) <= 70 * 1024


def test_a_slip_has_nothing_that_a_certificate_is_known_by(maker: PaperMaker) -> None:
    (slip,) = maker.read_back(maker.render(slip_specimen()).pdf)
    (certificate,) = maker.read_back(maker.render(specimen()).pdf)

    for words in ("校验码", "印章区", "现住址", "有效期", "公民身份号码"):
        assert words in certificate.text
        assert words not in slip.text


def test_a_second_slip_says_that_it_is_the_second(maker: PaperMaker) -> None:
    (facts,) = maker.read_back(maker.render(replace(slip_specimen(), attempt=2)).pdf)

    assert facts.text.endswith("第2次打印")


LONG: dict[str, Any] = {
    "masked_name": "阿" + "×" * 28,
    "issuer": "陕西省渭南市澄城县城关街道办事处乐楼社区居民委员会",
    "purpose": "子女入学及办理城乡居民基本医疗保险参保登记、居住证申领等手续",
    "reason": "到平台的线路中断，本机的登记资料太久没有更新，离上次入户核实的时间也太久，要等联网以后。",
}


def test_long_texts_are_all_on_the_slip(maker: PaperMaker) -> None:
    (facts,) = maker.read_back(maker.render(replace(slip_specimen(), **LONG)).pdf)

    assert all(text in facts.text for text in LONG.values())


@pytest.mark.parametrize("field", [*LONG, "kiosk", "number", "issuer_phone", "service"])
def test_a_text_longer_than_its_place_is_refused(maker: PaperMaker, field: str) -> None:
    changes: dict[str, Any] = {field: "样" * 250}

    with pytest.raises(DoesNotFitError) as caught:
        maker.render(replace(slip_specimen(), **changes))

    assert "样" not in str(caught.value)


def test_a_character_without_glyph_is_an_error_beforehand(maker: PaperMaker) -> None:
    with pytest.raises(MissingGlyphError):
        maker.render(replace(slip_specimen(), masked_name="\ue000××"))


def test_the_slip_shows_no_person_in_its_repr() -> None:
    shown = repr(slip_specimen()) + repr(word_slip(slip_specimen()))

    assert "王××" not in shown
