from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from printer_templates.contract import MissingGlyphError, PaperCode
from printer_templates.face import FontUnusableError
from printer_templates.fonts import open_fonts
from printer_templates.specimen import FONT_BOLD, FONT_REGULAR, specimen
from tests.printer_templates.papers import RARE, general_standard_characters

if TYPE_CHECKING:
    from pathlib import Path

    from printer_templates.fonts import PaperFonts
    from printer_templates.maker import PaperMaker


def test_every_character_of_the_national_list_can_be_printed(maker: PaperMaker) -> None:
    characters = general_standard_characters()

    assert len(set(characters)) == 8105
    assert sum(ord(character) > 0xFFFF for character in characters) == 196
    assert maker.missing_glyphs(characters + RARE) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("王\ue000样", ("U+E000",)),
        ("王\U000200ffx\U000200ff\U0002ffff", ("U+200FF", "U+2FFFF")),
        ("王\n样", ("U+000A",)),
        ("王\u200b样", ("U+200B",)),  # the font maps it, but it leaves no mark
        ("王\ud862", ("U+D862",)),  # half of a character
        ("王 样\u3000本", ()),
    ],
)
def test_missing_glyphs_are_listed_once_and_by_number(
    maker: PaperMaker, text: str, missing: tuple[str, ...]
) -> None:
    listed = maker.missing_glyphs(text)

    assert listed == missing


@pytest.mark.parametrize("field", ["name", "issuer", "purpose", "receiver", "grid", "landlord", "kiosk"])
def test_a_missing_glyph_in_any_field_stops_the_paper_and_names_no_text(
    maker: PaperMaker, field: str
) -> None:
    changes: dict[str, Any] = {field: "样本\ue123"}
    certificate = replace(specimen(), **changes)

    with pytest.raises(MissingGlyphError) as caught:
        maker.render(certificate)

    assert caught.value.characters == ("U+E123",)
    assert caught.value.code is PaperCode.MISSING_GLYPH
    assert "样本" not in str(caught.value)


def test_a_missing_glyph_in_the_address_stops_the_paper(maker: PaperMaker) -> None:
    certificate = replace(specimen(), address=replace(specimen().address, compound="\ue124"))

    with pytest.raises(MissingGlyphError, match=r"U\+E124"):
        maker.render(certificate)


def test_our_face_measures_as_the_font_says(fonts: PaperFonts) -> None:
    assert fonts.regular.width("王", 10) == pytest.approx(10)
    assert fonts.regular.width("𬱖", 10) == pytest.approx(10)
    assert 0 < fonts.regular.width("1", 10) < 10


def test_a_file_that_is_no_font_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(FONT_REGULAR.read_bytes()[:40])

    with pytest.raises(FontUnusableError, match=r"broken\.ttf"):
        open_fonts(broken, FONT_BOLD)
    with pytest.raises(FontUnusableError, match=r"absent\.ttf"):
        open_fonts(tmp_path / "absent.ttf", FONT_BOLD)
