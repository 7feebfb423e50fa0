from __future__ import annotations

import re
from collections import OrderedDict
from typing import TYPE_CHECKING

import pygame

from kiosk.screen.glyph_ranges import GlyphRanges, read_glyph_ranges
from kiosk.screen.metrics import TextStyle

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.screen.theme import Rgb

FAMILY = "Noto Sans CJK SC"
REGULAR = "NotoSansSC-Regular.otf"
BOLD = "NotoSansSC-Bold.otf"

# Blocks that the SC face covers without a gap (a test looks): no need to ask about their characters.
_CERTAIN = re.compile("[ -~、-〕一-龥！-～]*")
_CACHE_BYTES = 8 * 1024 * 1024
_OPEN_FACES = 12  # each takes about 1 MB with its glyphs; opening one takes 2 ms
_LEAST_DIGIT_PX = 6


class FontsUnusableError(Exception):
    """The font folder lacks a face, or holds another one than the simplified Chinese."""


class FontBook:
    """Measures and draws lines of text. A character without a glyph becomes a box with its code point.

    Drawn lines are kept for reuse, but never private ones.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fonts: OrderedDict[TextStyle, pygame.font.Font] = OrderedDict()
        self._ranges: GlyphRanges | None = None
        self._drawn: OrderedDict[tuple[str, TextStyle, Rgb], pygame.Surface] = OrderedDict()
        self._drawn_bytes = 0

    def measure(self, text: str, style: TextStyle) -> int:
        """Width of a line in pixels."""
        font = self._font(style)
        if _CERTAIN.fullmatch(text):
            return font.size(text)[0]
        return sum(
            style.size_px if missing else font.size(run)[0] for run, missing in self._cut_at_missing(text)
        )

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

    def _font(self, style: TextStyle) -> pygame.font.Font:
        font = self._fonts.get(style)
        if font is None:
            font = _open_face(self._folder / (BOLD if style.bold else REGULAR), style.size_px)
            self._fonts[style] = font
            if len(self._fonts) > _OPEN_FACES:
                self._fonts.popitem(last=False)
        else:
            self._fonts.move_to_end(style)
        return font

    def _cut_at_missing(self, text: str) -> list[tuple[str, bool]]:
        """Runs of the text; each missing character is a run of its own, marked True."""
        if _CERTAIN.fullmatch(text):
            return [(text, False)]
        if self._ranges is None:
            self._ranges = read_glyph_ranges(self._folder / REGULAR)
        runs: list[tuple[str, bool]] = []
        for character in text:
            missing = not self._ranges.has(character)
            if not missing and runs and not runs[-1][1]:
                runs[-1] = (runs[-1][0] + character, False)
            else:
                runs.append((character, missing))
        return runs

    def _draw_runs(self, text: str, style: TextStyle, colour: Rgb) -> pygame.Surface:
        font = self._font(style)
        runs = self._cut_at_missing(text)
        if len(runs) == 1 and not runs[0][1]:
            return font.render(text, True, colour)
        pieces = [
            self._draw_code_box(run, style, colour) if missing else font.render(run, True, colour)
            for run, missing in runs
        ]
        width = sum(piece.get_width() for piece in pieces)
        surface = pygame.Surface((max(1, width), font.get_height()), pygame.SRCALPHA)
        x = 0
        for piece in pieces:
            surface.blit(piece, (x, 0))
            x += piece.get_width()
        return surface

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


def _open_face(path: Path, size_px: int) -> pygame.font.Font:
    try:
        font = pygame.font.Font(path, size_px)
    except (OSError, pygame.error) as error:
        raise FontsUnusableError(f"{path} cannot be opened; make it with tools/fonts.py") from error
    if not font.name.startswith(FAMILY):
        raise FontsUnusableError(f"{path} is {font.name!r}, not {FAMILY!r}")
    return font


def _bytes_of(surface: pygame.Surface) -> int:
    return surface.get_pitch() * surface.get_height()
