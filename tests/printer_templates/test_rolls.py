"""Papers of a receipt printer: black dots alone, large type, nothing clipped, a code that can be read."""

from __future__ import annotations

from ctypes import c_uint
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PIL import Image

from printer_templates import qr
from printer_templates.contract import (
    DoesNotFitError,
    Format,
    MissingGlyphError,
    PickupSlip,
    ReadBackError,
)
from printer_templates.formats import DOTS_PER_MM, POINTS_PER_DOT, ROLLS
from printer_templates.leaf_wording import leaf_of_pickup
from printer_templates.roll import lay_out_leaf
from printer_templates.specimen import (
    acceptance_specimen,
    guide_specimen,
    report_specimen,
    slip_specimen,
    specimen,
    trial_specimen,
)
from tests.printer_templates.papers import RARE, dots_of, poppler_text, sheet_of

if TYPE_CHECKING:
    from printer_templates.contract import Document, Sheet
    from printer_templates.fonts import PaperFonts
    from printer_templates.maker import PaperMaker

DOTS = {Format.ROLL_80: 576, Format.ROLL_58: 384}
LEAST_BODY_MM = 3.2
ALL: dict[str, Document | Sheet] = {
    "pickup": slip_specimen(),
    "acceptance": acceptance_specimen(),
    "guide": guide_specimen(),
    "trial": trial_specimen(),
}
LONG_ISSUER = "陕西省渭南市澄城县城关街道办事处金水湾花园二期及万泉街东南片区联合乐楼社区居民委员会"
FILL, STROKE = pypdfium2.raw.FPDFPageObj_GetFillColor, pypdfium2.raw.FPDFPageObj_GetStrokeColor
on_both_rolls = pytest.mark.parametrize("form", list(DOTS))
every_sheet = pytest.mark.parametrize("paper", ALL.values(), ids=ALL)


def slip_of(name: str) -> PickupSlip:
    return replace(slip_specimen(), masked_name=name, issuer=LONG_ISSUER)


@on_both_rolls
@every_sheet
def test_a_page_is_as_wide_as_the_printer_and_as_long_as_its_content(
    maker: PaperMaker, paper: Document | Sheet, form: Format
) -> None:
    rendered = maker.render(paper, form)

    document = pypdfium2.PdfDocument(rendered.pdf)
    width, height = document.get_page_size(0)
    pages = len(document)
    document.close()
    dots = dots_of(maker, rendered, DOTS[form])
    assert pages == rendered.pages == 1
    assert width / POINTS_PER_DOT == pytest.approx(DOTS[form], abs=0.001)
    assert height / POINTS_PER_DOT == pytest.approx(dots.height, abs=0.001)
    ink = dots.point(lambda value: 255 - value).getbbox()
    assert ink is not None
    assert dots.height - ink[3] <= 6 * DOTS_PER_MM


@on_both_rolls
@every_sheet
def test_a_picture_for_the_printer_has_one_bit_and_its_exact_width(
    maker: PaperMaker, paper: Document | Sheet, form: Format
) -> None:
    image = Image.open(BytesIO(maker.bitmap(maker.render(paper, form).pdf, 0, DOTS[form])))

    assert (image.format, image.mode, image.width) == ("PNG", "1", DOTS[form])


@on_both_rolls
@every_sheet
def test_the_same_input_gives_the_same_bytes_and_the_same_dots(
    maker: PaperMaker, paper: Document | Sheet, form: Format
) -> None:
    first, second = maker.render(paper, form), maker.render(paper, form)

    assert first == second
    assert maker.bitmap(first.pdf, 0, DOTS[form]) == maker.bitmap(second.pdf, 0, DOTS[form])


@on_both_rolls
@pytest.mark.parametrize("name", ["pickup", "acceptance", "guide"])
def test_nothing_touches_the_edge_of_the_paper(maker: PaperMaker, name: str, form: Format) -> None:
    dots = dots_of(maker, maker.render(ALL[name], form), DOTS[form])

    ink = dots.point(lambda value: 255 - value).getbbox()

    assert ink is not None
    assert ink[0] >= 2
    assert ink[1] >= DOTS_PER_MM
    assert ink[2] <= DOTS[form] - 2


@on_both_rolls
@every_sheet
def test_all_is_drawn_in_black(maker: PaperMaker, paper: Document | Sheet, form: Format) -> None:
    document = pypdfium2.PdfDocument(maker.render(paper, form).pdf)

    colours = {
        colour
        for item in document[0].get_objects()
        for colour in (colour_of(item, FILL), colour_of(item, STROKE))
    }

    document.close()
    assert colours == {(0, 0, 0, 255)}


def test_the_colours_of_a_certificate_are_told_from_black(maker: PaperMaker) -> None:
    document = pypdfium2.PdfDocument(maker.render(specimen()).pdf)

    colours = {colour_of(item, STROKE) for item in document[0].get_objects()}

    document.close()
    assert len(colours) > 1


def colour_of(item: Any, ask: Any) -> tuple[int, ...]:
    """A colour of something on a page, as red, green, blue and how much of it there is."""
    parts = tuple(c_uint() for _ in range(4))
    assert ask(item, *parts)
    return tuple(part.value for part in parts)


@on_both_rolls
def test_a_slip_says_the_same_on_a_roll_as_on_a4(maker: PaperMaker, form: Format) -> None:
    slip = replace(slip_specimen(), session="s-1", attempt=2)
    rendered = maker.render(slip, form)

    (facts,) = maker.read_back(rendered.pdf)

    (page,) = maker.read_back(maker.render(slip).pdf)
    assert set(facts.text) | set("（）") >= set(page.text)
    assert facts.session == "s-1"
    assert facts.text.endswith("第2次打印")
    for words in ("王××", "610590**********28", "Q-8F2K-71QD", "本单不是证明", "0913-0000103"):
        assert words in facts.text
        assert words in poppler_text(rendered.pdf)


@on_both_rolls
@pytest.mark.parametrize("name", ["pickup", "trial"])
def test_the_code_is_read_from_the_very_dots(maker: PaperMaker, name: str, form: Format) -> None:
    rendered = maker.render(ALL[name], form)

    text = qr.decode(dots_of(maker, rendered, DOTS[form]))

    assert text == maker.read_back(rendered.pdf)[0].qr != ""


@on_both_rolls
def test_a_module_is_a_whole_number_of_dots_and_at_least_four(maker: PaperMaker, form: Format) -> None:
    dots = dots_of(maker, maker.render(slip_specimen(), form), DOTS[form])
    symbol = qr.encode(slip_specimen().number, 30)
    rows = [dots.crop((0, y, dots.width, y + 1)).tobytes() for y in range(dots.height)]
    finder = next(row for row in rows if (b"\0" * 28) in row and is_edge_of(row, symbol))

    left, right = finder.index(b"\0"), finder.rindex(b"\0") + 1
    module, rest = divmod(right - left, symbol.side)

    assert rest == 0
    assert module >= 4
    quiet = 4 * module
    assert left >= quiet
    assert dots.width - right >= quiet
    for run in symbol.runs:
        at = left + run.column * module
        assert dots.getpixel((at, rows.index(finder) + run.row * module)) == 0


def is_edge_of(row: bytes, symbol: qr.Symbol) -> bool:
    """True for the top row of a code: its first seven modules are black, the next one is white."""
    left = row.index(b"\0")
    run = len(row[left:]) - len(row[left:].lstrip(b"\0"))
    return run % 7 == 0 and run // 7 >= 4 and run < len(row) / 2 and symbol.runs[0].length == 7


@on_both_rolls
def test_the_body_is_large_enough_for_old_eyes(maker: PaperMaker, fonts: PaperFonts, form: Format) -> None:
    roll = ROLLS[form]
    page = lay_out_leaf(leaf_of_pickup(slip_specimen()), roll, fonts)

    sizes = [block.setting.size for block in page.blocks if hasattr(block, "setting")]

    assert min(sizes) / POINTS_PER_DOT / DOTS_PER_MM >= LEAST_BODY_MM
    assert roll.title > 1.5 * roll.body
    assert page.height_mm < 260


@on_both_rolls
@pytest.mark.parametrize("name", [RARE + "𬱖龑㛃𠅤·", "阿卜杜热合曼·买买提·吐尔逊江·依明"])
def test_a_long_name_of_rare_characters_and_a_long_issuer_wrap(
    maker: PaperMaker, name: str, form: Format
) -> None:
    rendered = maker.render(slip_of(name), form)

    (facts,) = maker.read_back(rendered.pdf)

    assert name in facts.text
    assert LONG_ISSUER in facts.text
    ink = dots_of(maker, rendered, DOTS[form]).point(lambda value: 255 - value).getbbox()
    assert ink is not None
    assert ink[2] <= DOTS[form] - 2


@on_both_rolls
def test_a_sheet_longer_than_any_sheet_is_refused_without_being_named(
    maker: PaperMaker, form: Format
) -> None:
    with pytest.raises(DoesNotFitError) as caught:
        maker.render(replace(slip_specimen(), reason="样" * 3000), form)

    assert "样" not in str(caught.value)


@on_both_rolls
@pytest.mark.parametrize("field", ["masked_name", "reason", "issuer", "kiosk", "number"])
def test_a_character_without_glyph_is_an_error_beforehand(
    maker: PaperMaker, field: str, form: Format
) -> None:
    changes: dict[str, Any] = {field: "样\ue000"}

    with pytest.raises(MissingGlyphError):
        maker.render(replace(slip_specimen(), **changes), form)


@on_both_rolls
def test_certificates_and_reports_are_a4_only(maker: PaperMaker, form: Format) -> None:
    for paper in (specimen(), report_specimen()):
        with pytest.raises(ValueError, match="A4"):
            maker.render(paper, form)


def test_a_wider_printer_gets_the_page_in_its_middle(maker: PaperMaker) -> None:
    rendered = maker.render(slip_specimen(), Format.ROLL_80)

    wide = dots_of(maker, rendered, 640)

    assert wide.width == 640
    assert wide.crop((32, 0, 608, wide.height)).tobytes() == dots_of(maker, rendered, 576).tobytes()


def test_a_narrower_printer_gets_a_code_that_can_still_be_read(maker: PaperMaker) -> None:
    rendered = maker.render(slip_specimen(), Format.ROLL_80)

    narrow = dots_of(maker, rendered, 512)

    assert narrow.width == 512
    assert qr.decode(narrow) == slip_specimen().number


@pytest.mark.parametrize("width", [0, 20, 100_000])
def test_a_printer_of_impossible_width_gets_nothing(maker: PaperMaker, width: int) -> None:
    rendered = maker.render(slip_specimen(), Format.ROLL_80)

    with pytest.raises(ReadBackError):
        maker.bitmap(rendered.pdf, 0, width)


def test_only_a_page_of_a_roll_has_dots(maker: PaperMaker, fonts: PaperFonts) -> None:
    for pdf in (maker.render(specimen()).pdf, sheet_of("居", fonts.regular, (200, 300)), b"%PDF-1.4"):
        with pytest.raises(ReadBackError):
            maker.bitmap(pdf, 0, 576)
    with pytest.raises(ReadBackError):
        maker.bitmap(maker.render(slip_specimen(), Format.ROLL_80).pdf, 1, 576)


def test_a_preview_of_a_roll_keeps_its_shape_and_has_a_limit(maker: PaperMaker) -> None:
    pdf = maker.render(slip_specimen(), Format.ROLL_58).pdf

    image = Image.open(BytesIO(maker.raster(pdf, 0, 450)))

    assert (image.mode, image.width) == ("RGB", 450)
    assert image.height > 4 * image.width
    with pytest.raises(ReadBackError):
        maker.raster(pdf, 0, 4000)
