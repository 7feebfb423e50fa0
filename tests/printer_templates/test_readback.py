from __future__ import annotations

import random
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from printer_templates.contract import PaperCode, ReadBackError
from printer_templates.readback import MOST_PAGES
from printer_templates.specimen import specimen
from tests.printer_templates.papers import sheet_of

if TYPE_CHECKING:
    from printer_templates.fonts import PaperFonts
    from printer_templates.maker import PaperMaker


@pytest.fixture(scope="module")
def pdf(maker: PaperMaker) -> bytes:
    return maker.render(specimen()).pdf


def test_another_persons_paper_says_something_else(maker: PaperMaker, pdf: bytes) -> None:
    mine = specimen()
    other = replace(
        mine,
        name="李样本",
        citizen_number="610590198505050014",
        number="610525001003-JZ-2026-000124-2",
        qr="https://platform.example/v/610525001003-JZ-2026-000124-2?c=0000-0000",
    )

    (facts,) = maker.read_back(maker.render(other).pdf)

    (own,) = maker.read_back(pdf)
    for text in (mine.name, mine.citizen_number, mine.number):
        assert text in own.text
        assert text not in facts.text

    assert (own.qr, facts.qr) == (mine.qr, other.qr)


def test_the_facts_show_no_person_in_their_repr(maker: PaperMaker, pdf: bytes) -> None:
    (facts,) = maker.read_back(pdf)

    assert specimen().name not in repr(facts)
    assert specimen().name not in repr(specimen())


def test_a_page_without_a_code_has_no_code(maker: PaperMaker, fonts: PaperFonts) -> None:
    (facts,) = maker.read_back(sheet_of("居住证明", fonts.regular))

    assert (facts.text, facts.qr) == ("居住证明", "")


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5])
def test_a_paper_cut_off_is_no_paper(maker: PaperMaker, pdf: bytes, share: float) -> None:
    cut = pdf[: int(len(pdf) * share)]

    with pytest.raises(ReadBackError) as caught:
        maker.read_back(cut)

    assert caught.value.code is PaperCode.READ_BACK_DIFFERS
    with pytest.raises(ReadBackError):
        maker.raster(cut, 0, 900)


@pytest.mark.parametrize("foreign", [b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n" * 50, b"<html>", bytes(4096)])
def test_what_is_no_pdf_is_no_paper(maker: PaperMaker, foreign: bytes) -> None:
    with pytest.raises(ReadBackError):
        maker.read_back(foreign)


def test_a_page_of_another_size_is_no_paper(maker: PaperMaker, fonts: PaperFonts) -> None:
    letter = sheet_of("居住证明", fonts.regular, (612, 792))

    with pytest.raises(ReadBackError, match="A4"):
        maker.read_back(letter)
    with pytest.raises(ReadBackError, match="A4"):
        maker.raster(letter, 0, 900)


def test_too_many_pages_are_no_paper(maker: PaperMaker) -> None:
    many = maker.render(specimen(copies=MOST_PAGES + 1)).pdf

    with pytest.raises(ReadBackError, match="too many"):
        maker.read_back(many)


def test_damaged_bytes_never_crash_and_never_invent_a_paper(maker: PaperMaker, pdf: bytes) -> None:
    chance = random.Random(20261122)  # noqa: S311 - repeatable damage, no secret
    for _ in range(150):
        damaged = bytearray(pdf)
        for _ in range(chance.randint(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            pages = maker.read_back(bytes(damaged))
        except ReadBackError:
            continue
        assert all(page.qr in {"", specimen().qr} for page in pages)


def test_the_picture_has_the_width_that_was_asked_for(maker: PaperMaker, pdf: bytes) -> None:
    for width in (320, 900, 1013):
        image = Image.open(BytesIO(maker.raster(pdf, 0, width)))

        assert (image.format, image.mode, image.width) == ("PNG", "RGB", width)
        assert image.height == pytest.approx(width * 297 / 210, abs=1.5)


def test_the_picture_shows_red_as_red(maker: PaperMaker, pdf: bytes) -> None:
    image = Image.open(BytesIO(maker.raster(pdf, 0, 900)))

    colours = [colour for _, colour in image.crop((200, 230, 201, 250)).getcolors() or []]

    assert max(colour[0] - colour[2] for colour in colours if isinstance(colour, tuple)) > 60


@pytest.mark.parametrize(("page", "width"), [(1, 900), (-1, 900), (0, 0), (0, 100_000)])
def test_a_picture_that_cannot_be_is_an_error(maker: PaperMaker, pdf: bytes, page: int, width: int) -> None:
    with pytest.raises(ReadBackError):
        maker.raster(pdf, page, width)
