"""The right face, and what happens to characters that it lacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pygame
import pytest
from fontTools.ttLib import TTFont

from kiosk.screen.fonts import _CACHE_BYTES, BOLD, COMMON, RARE, REGULAR, FontBook, FontsUnusableError
from kiosk.screen.glyph_ranges import GlyphRangesError, read_glyph_ranges
from kiosk.screen.metrics import TextStyle
from tests.screen.appliance import ROOT
from tools.fonts import FAMILY, FontsMissingError, make_fonts

_STYLE = TextStyle(40)
_INK = (0, 0, 0)
_RARE = "𬱖"  # U+2CC56: in the face
_RARER = "\U00020abc"  # Extension B: only in the face for rare characters
_MISSING = "\U000f0001"  # for private use: in neither


@pytest.mark.parametrize("name", [REGULAR, BOLD, *COMMON.values()])
def test_every_face_is_the_simplified_chinese_one(fonts: Path, name: str) -> None:
    pygame.font.init()

    assert pygame.font.Font(fonts / name, 20).name.startswith(FAMILY)


def test_the_japanese_face_is_refused(tmp_path: Path) -> None:
    collection = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    (tmp_path / REGULAR).symlink_to(collection)

    with pytest.raises(FontsUnusableError, match="JP"):
        FontBook(tmp_path).measure("直", _STYLE)


def test_making_the_fonts_again_changes_nothing(fonts: Path) -> None:
    before = (fonts / REGULAR).stat()

    make_fonts(fonts)

    assert (fonts / REGULAR).stat().st_mtime_ns == before.st_mtime_ns


def test_a_font_that_was_cut_short_is_made_again(fonts: Path, tmp_path: Path) -> None:
    whole = (fonts / REGULAR).read_bytes()
    (tmp_path / REGULAR).write_bytes(whole[: len(whole) // 2])

    make_fonts(tmp_path)

    assert (tmp_path / REGULAR).read_bytes() == whole
    assert {path.name for path in tmp_path.iterdir()} == {REGULAR, BOLD, RARE, *COMMON.values()}


def test_the_tool_says_which_package_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tools.fonts._FOLDERS", (tmp_path,))

    with pytest.raises(FontsMissingError, match="apt-get install fonts-noto-cjk"):
        make_fonts(tmp_path / "out")


def test_the_tool_runs_as_a_program(fonts: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/fonts.py", "--out", str(fonts)], cwd=ROOT, capture_output=True, check=True
    )

    assert REGULAR in done.stdout.decode()


def test_the_blocks_taken_for_certain_have_no_gap(fonts: Path) -> None:
    ranges = read_glyph_ranges(fonts / REGULAR)
    blocks = ((0x20, 0x7E), (0x3001, 0x3015), (0x4E00, 0x9FA5), (0xFF01, 0xFF5E))

    missing = [
        hex(code) for first, last in blocks for code in range(first, last + 1) if not ranges.has(chr(code))
    ]

    assert missing == []


def test_all_texts_of_the_kiosk_are_set_in_the_faces_of_common_characters(fonts: Path) -> None:
    common = read_glyph_ranges(fonts / COMMON[REGULAR]).characters()
    texts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "kiosk" / "texts").glob("*.toml"))

    assert set(texts) - common == {"\n"}
    assert read_glyph_ranges(fonts / COMMON[BOLD]).characters() == common


@pytest.mark.parametrize("style", [TextStyle(26), TextStyle(41, bold=True), TextStyle(66)])
def test_a_face_of_common_characters_draws_as_the_whole_one(
    fonts: Path, tmp_path: Path, style: TextStyle
) -> None:
    for name in (REGULAR, BOLD):
        (tmp_path / name).symlink_to(fonts / name)
    line = "古徵社区—Reg. “No. 7”：AV Type, fi，（二〇二六年）"
    common, whole = FontBook(fonts), FontBook(tmp_path)

    drawn = [pygame.image.tobytes(book.draw(line, style, _INK), "RGBA") for book in (common, whole)]

    assert drawn[0] == drawn[1]
    assert common.measure(line, style) == whole.measure(line, style)
    assert not any("Common" not in name for name, _ in common._fonts)
    assert not any("Common" in name for name, _ in whole._fonts)


def test_a_face_of_common_characters_is_opened_without_ten_thousand_seeks(fonts: Path) -> None:
    """Its list of glyphs is of format 0, which is read in one piece (CFF, Technical Note 5176, 13)."""
    for name in COMMON.values():
        with TTFont(fonts / name, lazy=True) as face:
            (top,) = face["CFF "].cff.topDictIndex
            table = face.reader["CFF "]
            assert table[top.rawDict["charset"]] == 0


def test_glyph_ranges_of_no_font_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "font").write_bytes(b"OTTO\0\1" + bytes(20))

    with pytest.raises(GlyphRangesError):
        read_glyph_ranges(tmp_path / "font")


def test_a_missing_character_has_its_own_box_and_is_never_dropped(fonts: Path) -> None:
    book = FontBook(fonts)

    assert book.measure(f"王{_MISSING}芳", _STYLE) == book.measure("王芳", _STYLE) + _STYLE.size_px
    assert book.measure(_RARE, _STYLE) == book.measure("王", _STYLE)
    box = pygame.mask.from_surface(book.draw(_MISSING, _STYLE, _INK, private=True))
    assert box.count() > _STYLE.size_px * 4, "the frame and the digits of the code point are drawn"


@pytest.mark.parametrize("character", "𬱖龑㛃䶮𠮷" + _RARER)
def test_rare_characters_of_names_are_drawn_and_not_boxed(fonts: Path, character: str) -> None:
    book = FontBook(fonts)
    line = book.draw(f"王{character}芳", _STYLE, _INK, private=True)
    alone = book.draw(character, _STYLE, _INK, private=True)
    kinds = {name: read_glyph_ranges(fonts / name).has(character) for name in (REGULAR, RARE)}

    assert any(kinds.values())
    assert line.get_width() == book.measure(f"王{character}芳", _STYLE)
    assert book.measure(character, _STYLE) == _STYLE.size_px
    assert line.get_height() == book.draw("王芳", _STYLE, _INK, private=True).get_height()
    assert pygame.mask.from_surface(alone).count() > _STYLE.size_px
    undrawn = pygame.font.Font(fonts / (REGULAR if kinds[REGULAR] else RARE), _STYLE.size_px)
    notdef = undrawn.render(_MISSING, True, _INK)
    assert pygame.image.tobytes(alone, "RGBA") != pygame.image.tobytes(notdef, "RGBA")


def test_a_rare_character_is_cut_off_nowhere_and_stands_on_the_line(fonts: Path) -> None:
    book = FontBook(fonts)
    ink = pygame.mask.from_surface(book.draw(_RARER, _STYLE, _INK, private=True))
    whole = pygame.mask.from_surface(
        pygame.font.Font(fonts / RARE, _STYLE.size_px).render(_RARER, True, _INK)
    )
    beside = pygame.mask.from_surface(book.draw("国", _STYLE, _INK, private=True)).get_bounding_rects()[0]

    assert ink.count() == whole.count()
    rects = ink.get_bounding_rects()
    assert min(rect.top for rect in rects) >= beside.top - _STYLE.size_px // 8
    assert max(rect.bottom for rect in rects) <= beside.bottom + _STYLE.size_px // 8


@pytest.mark.parametrize("damaged", [False, True])
def test_without_the_rare_face_its_characters_become_boxes(
    fonts: Path, tmp_path: Path, *, damaged: bool
) -> None:
    (tmp_path / REGULAR).symlink_to(fonts / REGULAR)
    if damaged:
        (tmp_path / RARE).write_bytes(b"\0\1\0\0\0\1" + bytes(20))
    boxed, drawn = (FontBook(folder).draw(_RARER, _STYLE, _INK) for folder in (tmp_path, fonts))

    assert pygame.mask.from_surface(boxed).count() > _STYLE.size_px * 4
    assert pygame.image.tobytes(boxed, "RGBA") != pygame.image.tobytes(drawn, "RGBA")


def test_two_missing_characters_look_different(fonts: Path) -> None:
    """The code point stands in the box, so that staff can tell names apart."""
    book = FontBook(fonts)

    boxes = {pygame.image.tobytes(book.draw(chr(code), _STYLE, _INK), "RGBA") for code in (0xF0001, 0xF0002)}

    assert len(boxes) == 2


def test_a_private_text_is_never_kept(fonts: Path) -> None:
    book = FontBook(fonts)

    book.draw("王*芳", _STYLE, _INK, private=True)
    book.draw("姓名", _STYLE, _INK)

    assert not book.knows("王*芳", _STYLE, _INK)
    assert book.knows("姓名", _STYLE, _INK)


def test_the_store_of_drawn_lines_is_bounded(fonts: Path) -> None:
    book = FontBook(fonts)

    for number in range(120):
        book.draw(f"第{number}网格的便民服务大厅在这里", TextStyle(80), _INK)

    assert book._drawn_bytes <= _CACHE_BYTES
    assert not book.knows("第0网格的便民服务大厅在这里", TextStyle(80), _INK)
