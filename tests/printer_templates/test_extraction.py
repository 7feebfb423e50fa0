"""Text taken out of a paper equals the text put in, character for character."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from printer_templates.readback import read_back
from printer_templates.specimen import specimen
from printer_templates.tounicode import to_unicode_cmap
from tests.printer_templates.papers import (
    RARE,
    general_standard_characters,
    poppler_text,
    sheet_of,
    squeezed,
)

if TYPE_CHECKING:
    from printer_templates.fonts import PaperFonts
    from printer_templates.maker import PaperMaker

LATIN_LIGATURES = frozenset("ﬀﬁﬂﬃﬄ")  # PDFium takes them apart; no Chinese text holds them


def test_every_character_that_the_font_has_is_read_back_by_two_readers(fonts: PaperFonts) -> None:
    face = fonts.regular.face
    characters = [chr(code) for code in face.charToGlyph if face.has_outline(code)]
    characters = [c for c in characters if c not in LATIN_LIGATURES and not c.isspace()]

    pdf = sheet_of(characters, fonts.regular)

    assert len(characters) > 28_000
    assert "".join(facts.text for facts in read_back(pdf)) == "".join(characters)
    assert poppler_text(pdf) == "".join(characters)


def test_the_national_list_is_read_back_from_the_bold_font(fonts: PaperFonts) -> None:
    characters = general_standard_characters() + RARE

    pdf = sheet_of(characters, fonts.bold)

    assert "".join(facts.text for facts in read_back(pdf)) == characters
    assert poppler_text(pdf) == characters


def test_every_field_of_a_certificate_is_read_back_by_two_readers(maker: PaperMaker) -> None:
    certificate = replace(specimen(), name="𬱖" + RARE, receiver="䶮𬭎小学-", purpose="子女入学（㛃）")

    pdf = maker.render(certificate).pdf

    (facts,) = maker.read_back(pdf)
    for text in (facts.text, poppler_text(pdf)):
        assert certificate.name in text
        assert certificate.citizen_number in text
        assert certificate.number in text
        assert str(certificate.address) in text
        assert certificate.address.code in text
        assert certificate.receiver in text
        assert certificate.purpose in text
        assert certificate.issuer in text
        assert squeezed("2026年11月22日 09:41") in text
        assert "校验码8F2K-71QD" in text
        assert "扫码或致电0913-0000103核验" in text


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_name_is_read_back(maker: PaperMaker, data: st.DataObject) -> None:
    name = data.draw(st.text(alphabet=general_standard_characters() + "·", min_size=1, max_size=30))
    certificate = replace(specimen(), name=name)

    (facts,) = maker.read_back(maker.render(certificate).pdf)

    assert f"申请人{name}性别" in facts.text
    assert facts.qr == certificate.qr


def test_characters_above_ffff_are_written_as_utf_16() -> None:
    cmap = to_unicode_cmap([0, 0x738B, 0x2CC56])

    assert "<01> <738B>" in cmap
    assert "<02> <D873DC56>" in cmap


def test_no_block_of_a_cmap_is_longer_than_the_format_allows() -> None:
    cmap = to_unicode_cmap(range(0x4E00, 0x4F00))

    assert [line for line in cmap.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "56 beginbfchar",
    ]
