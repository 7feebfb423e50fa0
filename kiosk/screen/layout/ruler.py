from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.screen.geometry import Rect
from kiosk.screen.line_breaking import balance_lines, break_lines
from kiosk.screen.metrics import BORDER_MM, LEAST_CAP_MM, RADIUS_MM
from kiosk.screen.page import Align, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kiosk.scene.contract import Text
    from kiosk.screen.metrics import Metrics, TextStyle, TypeScale

    Wrapping = tuple[str, TextStyle, int, bool]  # text, style, width, balanced

_FIT_STEP = 0.9


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour of text, the ground it stands on, and whether it is a person's data."""

    colour: Colour = Colour.INK
    on: Colour = Colour.PAGE
    private: bool = False


@dataclass(frozen=True, slots=True)
class Ruler:
    """Turns mm and texts into pixels and lines, for one language, one size of text and one density."""

    metrics: Metrics
    scale: TypeScale
    spacing: float  # 1.0 = roomy; smaller where much must fit
    say: Callable[[Text | None], str]
    measure: Callable[[str, TextStyle], int]
    wrapped: dict[Wrapping, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def mm(self, length_mm: float) -> int:
        """A length that density leaves alone, in pixels."""
        return self.metrics.mm(length_mm)

    def space(self, length_mm: float) -> int:
        """A distance that shrinks with the density, in pixels."""
        return self.metrics.mm(length_mm * self.spacing)

    @property
    def radius_px(self) -> int:
        """Of every card and control."""
        return self.mm(RADIUS_MM)

    @property
    def border_px(self) -> int:
        """Of every card and control."""
        return self.mm(BORDER_MM)

    @property
    def title(self) -> TextStyle:
        """Style of the question."""
        return self.metrics.style(self.scale.title_mm, bold=True)

    @property
    def body(self) -> TextStyle:
        """Style of paragraphs and values."""
        return self.metrics.style(self.scale.body_mm)

    @property
    def strong(self) -> TextStyle:
        """Style of what can be touched."""
        return self.metrics.style(self.scale.body_mm, bold=True)

    @property
    def help(self) -> TextStyle:
        """Style of explanations."""
        return self.metrics.style(self.scale.help_mm)

    def width(self, text: str, style: TextStyle) -> int:
        """Width of a line in pixels."""
        return self.measure(text, style)

    def wrap(self, text: str, style: TextStyle, width: int, *, balance: bool = False) -> tuple[str, ...]:
        """The lines of a text in this width."""
        wrapping = (text, style, width, balance)
        lines = self.wrapped.get(wrapping)
        if lines is None:
            breaker = balance_lines if balance else break_lines
            lines = self.wrapped[wrapping] = breaker(text, width, lambda line: self.measure(line, style))
        return lines

    def words(self, text: str, style: TextStyle, width: int, tone: Tone, *, balance: bool = False) -> Words:
        """The text as lines in a box at the origin, as wide as asked for and as high as it needs."""
        lines = self.wrap(text, style, width, balance=balance)
        rect = Rect(0, 0, width, style.line_px * len(lines))
        return Words(rect, lines, style, tone.colour, tone.on, Align.LEFT, tone.private)

    def fit(self, text: str, style: TextStyle, room: tuple[int, int]) -> tuple[TextStyle, tuple[str, ...]]:
        """The largest style up to `style` in which the text fits the room, whole lines first.

        It never goes below the least legible size; what then still does not fit, the lint finds.
        """
        width, height = room
        least = min(self.metrics.style(LEAST_CAP_MM).size_px, style.size_px)
        for size in _smaller_sizes(style.size_px, least):
            smaller = type(style)(size, style.bold)
            lines = self.wrap(text, smaller, width, balance=True)
            fits_down = len(lines) * smaller.line_px <= height
            if fits_down and self._keeps_words_whole(lines, text, smaller, width):
                return smaller, lines
        smaller = type(style)(least, style.bold)
        return smaller, self.wrap(text, smaller, width)

    def fits_whole(self, text: str, style: TextStyle, room: tuple[int, int]) -> bool:
        """True where `fit` finds a size in which no word is cut and no line is left over."""
        fitting, lines = self.fit(text, style, room)
        fits_down = len(lines) * fitting.line_px <= room[1]
        return fits_down and self._keeps_words_whole(lines, text, fitting, room[0])

    def fit_all(self, texts: Sequence[str], style: TextStyle, room: tuple[int, int]) -> TextStyle:
        """The largest style up to `style` in which each of the texts fits the room: siblings look alike."""
        styles = [self.fit(text, style, room)[0] for text in texts]
        return min(styles, key=lambda fitting: fitting.size_px, default=style)

    def icon_px(self, style: TextStyle) -> int:
        """Side of an icon that stands beside text of this style."""
        return round(style.size_px * 1.2)

    def _keeps_words_whole(self, lines: tuple[str, ...], text: str, style: TextStyle, width: int) -> bool:
        longest = max(text.split(), key=len, default="")
        cut_word = longest.isascii() and self.measure(longest, style) > width
        return not cut_word and all(self.measure(line, style) <= width for line in lines)


def _smaller_sizes(size_px: int, least_px: int) -> Iterator[int]:
    """From the size down to the least in steps that one can see; every size costs an open face."""
    while size_px > least_px:
        yield size_px
        size_px = int(size_px * _FIT_STEP)
    yield least_px


def place_words(words: Words, x: int, y: int, align: Align = Align.LEFT) -> Words:
    """The same words at another place."""
    rect = Rect(x, y, words.rect.w, words.rect.h)
    return Words(rect, words.lines, words.style, words.colour, words.on, align, words.private)
