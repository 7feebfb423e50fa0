"""Receipts, guides and the test page: what they say, that they fit, and that they name nobody."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from printer_templates.contract import DoesNotFitError, Format, MissingGlyphError
from printer_templates.specimen import acceptance_specimen, guide_specimen, trial_specimen
from printer_templates.trial_page import RARE, SENTENCE
from tests.printer_templates.papers import dots_of, poppler_text, squeezed

if TYPE_CHECKING:
    from printer_templates.maker import PaperMaker

FRAME_DOTS = 2
every_form = pytest.mark.parametrize("form", list(Format))


@every_form
def test_a_receipt_says_what_was_taken_up_and_what_comes_next(maker: PaperMaker, form: Format) -> None:
    (facts,) = maker.read_back(maker.render(acceptance_specimen(), form).pdf)

    body = (
        "受理回执本回执不是证明受理事项请工作人员协助"
        "原因没有读清您的证件，请拿起后再放一次。"
        "接下来已通知社区，工作人员会来帮您。请在附近稍候，也可以拨打本单上的电话。"
        "受理地点乐楼社区党群服务中心一楼大厅咨询电话0913-0000103代码IDR-07"
        "咨询时请出示本回执，或说出本回执上的时间和设备号。"
        "澄城县城关街道乐楼社区居民委员会2026年11月22日09:41设备CG-KSK-03"
    )
    assert facts.text == body
    assert (facts.qr, facts.session) == ("", "")


@every_form
def test_a_receipt_without_reason_place_and_code_has_no_empty_lines(maker: PaperMaker, form: Format) -> None:
    bare = replace(acceptance_specimen(), reason="", place="", code="")

    (facts,) = maker.read_back(maker.render(bare, form).pdf)

    assert "受理事项请工作人员协助接下来" in facts.text
    assert not any(label in facts.text for label in ("原因", "受理地点", "代码"))


@every_form
def test_a_guide_lists_each_thing_on_a_line_of_its_own(maker: PaperMaker, form: Format) -> None:
    rendered = maker.render(guide_specimen(), form)

    (facts,) = maker.read_back(rendered.pdf)

    solid = facts.text.replace("□", "")
    assert "请带上身份证户口簿收入和支出的凭据家人代办时带上双方的身份证" in solid
    assert "到哪里办街道便民服务大厅综合窗口，或请网格员上门" in solid
    assert "不能办的原因这项业务要由工作人员核对原件。" in solid
    assert "高龄津贴" in poppler_text(rendered.pdf)
    if form is Format.A4:
        assert facts.text.count("□") == 4


@every_form
def test_a_guide_in_english_keeps_its_words_whole(maker: PaperMaker, form: Format) -> None:
    english = replace(
        guide_specimen(),
        service="Old-age allowance",
        where="The counter of the subdistrict service hall, or ask the grid officer to come to you",
        bring=("ID card, lease or deed; both ID cards if a relative applies",),
        reasons=("Originals must be seen by staff.", "This kiosk has no camera."),
    )

    (facts,) = maker.read_back(maker.render(english, form).pdf)

    for text in (english.service, english.where, "".join(english.reasons), "lease or deed"):
        assert squeezed(text) in facts.text.replace("□", "")
    for label in ("What you need", "Where", "Bring", "Why not here", "Phone", "You can call before you go"):
        assert squeezed(label) in facts.text
    assert "请带上" not in facts.text


@every_form
def test_a_receipt_in_english_has_labels_in_english(maker: PaperMaker, form: Format) -> None:
    english = replace(
        acceptance_specimen(),
        subject="Help from a member of staff",
        reason="The printer is out of paper; nothing was printed.",
        next_step="The community has been told, and somebody will come.",
    )

    (facts,) = maker.read_back(maker.render(english, form).pdf)

    assert facts.text.startswith("受理回执Thisisnotacertificate")
    for label in ("What you asked for", "Reason", "What now", "Place", "Phone", "Code"):
        assert squeezed(label) in facts.text
    assert "咨询电话" not in facts.text


@every_form
def test_long_texts_are_all_on_the_sheet(maker: PaperMaker, form: Format) -> None:
    changes: dict[str, Any] = {
        "service": "经济困难的高龄失能老年人养老服务补贴",
        "where": "澄城县城关街道便民服务大厅一楼综合受理窗口（万泉街与古徵大道交汇处东南侧），工作日办理",
        "issuer": "陕西省渭南市澄城县城关街道办事处金水湾花园二期联合乐楼社区居民委员会",
        "bring": tuple(f"第{number}份材料的原件和复印件" for number in range(1, 9)),
    }
    long = replace(guide_specimen(), **changes)

    (facts,) = maker.read_back(maker.render(long, form).pdf)

    solid = facts.text.replace("□", "")
    for text in (long.service, long.where, long.issuer, *long.bring):
        assert squeezed(text) in solid


@pytest.mark.parametrize("field", ["subject", "reason", "next_step", "place", "issuer", "kiosk", "code"])
def test_a_text_longer_than_a_page_is_refused_without_being_named(maker: PaperMaker, field: str) -> None:
    changes: dict[str, Any] = {field: "样" * 400}

    with pytest.raises(DoesNotFitError) as caught:
        maker.render(replace(acceptance_specimen(), **changes))

    assert "样" not in str(caught.value)


def test_a_list_longer_than_a_page_is_refused(maker: PaperMaker) -> None:
    with pytest.raises(DoesNotFitError):
        maker.render(replace(guide_specimen(), bring=tuple("身份证" for _ in range(40))))


@every_form
@pytest.mark.parametrize("field", ["subject", "reason", "next_step", "place", "issuer", "kiosk", "code"])
def test_a_character_without_glyph_is_an_error_beforehand(
    maker: PaperMaker, field: str, form: Format
) -> None:
    changes: dict[str, Any] = {field: "样\ue000"}

    with pytest.raises(MissingGlyphError):
        maker.render(replace(acceptance_specimen(), **changes), form)


@every_form
def test_the_test_page_names_its_printer_and_shows_rare_characters(maker: PaperMaker, form: Format) -> None:
    rendered = maker.render(trial_specimen("凭条打印机"), form)

    (facts,) = maker.read_back(rendered.pdf)

    for text in ("打印测试页", "凭条打印机", "设备CG-KSK-03", "2026年11月22日09:41", RARE, "二维码能否扫出"):
        assert text in facts.text
    assert squeezed(SENTENCE) in facts.text
    assert RARE in poppler_text(rendered.pdf)
    assert facts.qr == "TEST CG-KSK-03 2026-11-22T09:41"


@pytest.mark.parametrize(("form", "width"), [(Format.ROLL_80, 576), (Format.ROLL_58, 384)])
def test_the_frame_of_the_test_page_is_the_last_dot_on_all_four_sides(
    maker: PaperMaker, form: Format, width: int
) -> None:
    dots = dots_of(maker, maker.render(trial_specimen(), form), width)

    for box in (
        (0, 0, width, FRAME_DOTS),
        (0, dots.height - FRAME_DOTS, width, dots.height),
        (0, 0, FRAME_DOTS, dots.height),
        (width - FRAME_DOTS, 0, width, dots.height),
    ):
        assert dots.crop(box).getextrema() == (0, 0)
    inner = dots.crop((FRAME_DOTS, FRAME_DOTS, width - FRAME_DOTS, FRAME_DOTS + 8))
    assert inner.getextrema() == (255, 255)


@pytest.mark.parametrize(("form", "width"), [(Format.ROLL_80, 576), (Format.ROLL_58, 384)])
def test_the_lines_of_the_test_page_are_as_many_dots_thick_as_they_should(
    maker: PaperMaker, form: Format, width: int
) -> None:
    dots = dots_of(maker, maker.render(trial_specimen(), form), width)
    column = dots.crop((width - 60, 8, width - 59, dots.height - 8)).tobytes()
    thick = [len(run) for run in column.split(b"\xff") if run]

    assert any(thick[at : at + 5] == [1, 2, 3, 4, 8] for at in range(len(thick)))


def test_the_test_page_on_a4_shows_seven_greys(maker: PaperMaker) -> None:
    png = maker.raster(maker.render(trial_specimen()).pdf, 0, 840)
    page = Image.open(BytesIO(png)).convert("L").crop((0, 4 * 254, 840, 4 * 254 + 1)).tobytes()

    row = [page[int(4 * (22 + 166 / 7 * (step + 0.5)))] for step in range(7)]

    assert row == sorted(row, reverse=True)
    assert len(set(row)) == 7
    assert row[-1] == 0
