from __future__ import annotations

import re
from collections import OrderedDict
from enum import Enum
from typing import TYPE_CHECKING, assert_never

import pygame

from kiosk.screen.glyph_ranges import GlyphRanges, GlyphRangesError, read_glyph_ranges
from kiosk.screen.metrics import TextStyle

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.screen.theme import Rgb

FAMILY = "Noto Sans CJK SC"
REGULAR = "NotoSansSC-Regular.otf"
BOLD = "NotoSansSC-Bold.otf"
COMMON = {REGULAR: "NotoSansSC-Regular-Common.otf", BOLD: "NotoSansSC-Bold-Common.otf"}
RARE = "HanaMinB.ttf"  # Extensions B to F; where it is not installed, their characters become boxes

# Blocks that the SC face covers without a gap (a test looks): no need to ask about their characters.
_CERTAIN = re.compile("[ -~、-〕一-龥！-～]*")
_CACHE_BYTES = 8 * 1024 * 1024
# A page has up to 10. One of common characters opens in 0.6 ms and takes 0.5 MB, a whole one 2.3 ms and 2.5.
_OPEN_FACES = 10
_LEAST_DIGIT_PX = 6


class FontsUnusableError(Exception):
    """The font folder lacks a face, or holds another one than the simplified Chinese."""


class _Source(Enum):
    """What draws a character: the first of these that can."""

    MAIN = "main"
    RARE = "rare"
    BOX = "box"


class FontBook:
    """Measures and draws lines of text; what no face has becomes a box with its code point.

    Drawn lines are kept for reuse, but never private ones.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fonts: OrderedDict[tuple[str, int], pygame.font.Font] = OrderedDict()
        self._common: frozenset[str] | None = None
        self._ranges: tuple[tuple[_Source, GlyphRanges], ...] | None = None
        self._drawn: OrderedDict[tuple[str, TextStyle, Rgb], pygame.Surface] = OrderedDict()
        self._drawn_bytes = 0

    def measure(self, text: str, style: TextStyle) -> int:
        """Width of a line in pixels."""
        if self._is_common(text):
            return self._font(style, common=True).size(text)[0]
        if _CERTAIN.fullmatch(text):
            return self._font(style).size(text)[0]
        return sum(self._measure_run(run, source, style) for run, source in self._cut_by_source(text))

    def draw(self, text: str, style: TextStyle, colour: Rgb, *, private: bool = False) -> pygame.Surface:
        """The line as a surface with transparent ground; its height is that of the face."""
        if private:
            return self._draw_runs(text, style, colour)
        key = (text, style, colour)
        known = self._drawn.get(key)
        if known is not None:
            self._drawn.move_to_end(key)
            return known
        surface = self._draw_runs(text, style, colour)
        self._keep(key, surface)
        return surface

    def knows(self, text: str, style: TextStyle, colour: Rgb) -> bool:
        """True while a drawn line is kept."""
        return (text, style, colour) in self._drawn

    def _keep(self, key: tuple[str, TextStyle, Rgb], surface: pygame.Surface) -> None:
        self._drawn[key] = surface
        self._drawn_bytes += _bytes_of(surface)
        while self._drawn_bytes > _CACHE_BYTES and len(self._drawn) > 1:
            _, oldest = self._drawn.popitem(last=False)
            self._drawn_bytes -= _bytes_of(oldest)

    def _font(self, style: TextStyle, *, common: bool = False) -> pygame.font.Font:
        name = BOLD if style.bold else REGULAR
        return self._face(COMMON[name] if common else name, style.size_px)

    def _is_common(self, text: str) -> bool:
        if self._common is None:
            self._common = _read_common(self._folder)
        return self._common.issuperset(text)

    def _face(self, name: str, size_px: int) -> pygame.font.Font:
        font = self._fonts.get((name, size_px))
        if font is None:
            font = _open_face(self._folder / name, size_px)
            self._fonts[name, size_px] = font
            if len(self._fonts) > _OPEN_FACES:
                self._fonts.popitem(last=False)
        else:
            self._fonts.move_to_end((name, size_px))
        return font

    def _source_of(self, character: str) -> _Source:
        if self._ranges is None:
            self._ranges = _read_chain(self._folder)
        return next((source for source, ranges in self._ranges if ranges.has(character)), _Source.BOX)

    def _cut_by_source(self, text: str) -> list[tuple[str, _Source]]:
        """Runs of the text by what draws them; each character that nothing draws is a run of its own."""
        if _CERTAIN.fullmatch(text):
            return [(text, _Source.MAIN)]
        runs: list[tuple[str, _Source]] = []
        for character in text:
            source = self._source_of(character)
            if source is not _Source.BOX and runs and runs[-1][1] is source:
                runs[-1] = (runs[-1][0] + character, source)
            else:
                runs.append((character, source))
        return runs

    def _measure_run(self, run: str, source: _Source, style: TextStyle) -> int:
        match source:
            case _Source.MAIN:
                return self._font(style).size(run)[0]
            case _Source.RARE:
                return self._face(RARE, style.size_px).size(run)[0]
            case _Source.BOX:
                return style.size_px
            case _:
                assert_never(source)

    def _draw_runs(self, text: str, style: TextStyle, colour: Rgb) -> pygame.Surface:
        if self._is_common(text):
            return self._font(style, common=True).render(text, True, colour)
        font = self._font(style)
        runs = self._cut_by_source(text)
        if [source for _, source in runs] in ([], [_Source.MAIN]):
            return font.render(text, True, colour)
        pieces = [self._draw_run(run, source, style, colour) for run, source in runs]
        width = sum(piece.get_width() for piece, _ in pieces)
        surface = pygame.Surface((max(1, width), font.get_height()), pygame.SRCALPHA)
        x = 0
        for piece, top in pieces:
            surface.blit(piece, (x, top))
            x += piece.get_width()
        return surface

    def _draw_run(
        self, run: str, source: _Source, style: TextStyle, colour: Rgb
    ) -> tuple[pygame.Surface, int]:
        """The run, and how far below the line's top it begins, so that all stand on one baseline."""
        match source:
            case _Source.MAIN:
                return self._font(style).render(run, True, colour), 0
            case _Source.RARE:
                face = self._face(RARE, style.size_px)
                return face.render(run, True, colour), self._font(style).get_ascent() - face.get_ascent()
            case _Source.BOX:
                return self._draw_code_box(run, style, colour), 0
            case _:
                assert_never(source)

    def _draw_code_box(self, character: str, style: TextStyle, colour: Rgb) -> pygame.Surface:
        """A box as wide as the character would be, with its code point in two rows of digits."""
        font = self._font(style)
        side = style.size_px
        surface = pygame.Surface((side, font.get_height()), pygame.SRCALPHA)
        top = (font.get_height() - side) // 2
        frame = pygame.Rect(1, top + 1, side - 2, side - 2)
        pygame.draw.rect(surface, colour, frame, max(1, side // 20))
        digits = f"{ord(character):X}"
        half = (len(digits) + 1) // 2
        small = self._font(TextStyle(max(_LEAST_DIGIT_PX, round(side * 0.36))))
        for row, part in enumerate((digits[:half], digits[half:])):
            drawn = small.render(part, True, colour)
            middle = (side // 2, top + side * (1 + 2 * row) // 4 + (side // 16 if row == 0 else -side // 16))
            surface.blit(drawn, drawn.get_rect(center=middle))
        return surface


def _read_chain(folder: Path) -> tuple[tuple[_Source, GlyphRanges], ...]:
    """What each face has, in the order in which they are asked. The rare one may be missing."""
    main = (_Source.MAIN, read_glyph_ranges(folder / REGULAR))
    try:
        return (main, (_Source.RARE, read_glyph_ranges(folder / RARE)))
    except (OSError, GlyphRangesError):
        return (main,)


def _read_common(folder: Path) -> frozenset[str]:
    """What both faces of common characters have; nothing where they were not made."""
    try:
        ranges = [read_glyph_ranges(folder / name) for name in COMMON.values()]
    except (OSError, GlyphRangesError):
        return frozenset()
    return ranges[0].characters() & ranges[1].characters()


def _open_face(path: Path, size_px: int) -> pygame.font.Font:
    try:
        font = pygame.font.Font(path, size_px)
    except (OSError, pygame.error) as error:
        raise FontsUnusableError(f"{path} cannot be opened; make it with tools/fonts.py") from error
    if path.name != RARE and not font.name.startswith(FAMILY):
        raise FontsUnusableError(f"{path} is {font.name!r}, not {FAMILY!r}")
    return font


def _bytes_of(surface: pygame.Surface) -> int:
    return surface.get_pitch() * surface.get_height()
