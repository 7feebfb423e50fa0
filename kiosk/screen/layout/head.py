"""The head of a page: the band, the steps of the task, the question and its help."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.screen.geometry import Rect, columns
from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.ruler import place_words
from kiosk.screen.metrics import LEAST_CAP_MM, MARGIN_MM
from kiosk.screen.page import Align, Icon, Panel, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler
    from kiosk.screen.metrics import TextStyle

_BAND_MM = 20.0
_STEP_MM = 13.0
_FACTS_SHARE_PERCENT = 56  # of the band, for date, time and the state of the line
_FACT_GAP_MM = 7.0
_ANNOUNCED = 1.3  # times the title of a question
_TITLE_LINE_EM = 1.3


def band_height(ruler: Ruler) -> int:
    """Of the band; the same on every page."""
    return max(ruler.mm(_BAND_MM), ruler.help.line_px + ruler.mm(6))


def place_band(node: Node, ruler: Ruler, area: Rect) -> tuple[Placed, ...]:
    """Place at the left; date, time and the state of the line at the right, all in one size."""
    margin = ruler.mm(MARGIN_MM)
    facts = [_say_fact(child, ruler) for child in node.children]
    if node.detail is not None:
        facts.insert(0, (None, ruler.say(node.detail)))
    room = area.w * _FACTS_SHARE_PERCENT // 100 - margin - ruler.mm(_FACT_GAP_MM + 8) * len(facts)
    style = _fit_facts([text for _, text in facts], ruler, room)
    right = area.right - margin
    placed: list[Placed] = []
    parts: list[Part] = [Panel(area, Colour.BAND)]
    for child, text in reversed(facts):
        words = _band_words(text, ruler, style, room)
        words = place_words(words, right - words.rect.w, area.y + (area.h - words.rect.h) // 2)
        right = words.rect.x
        if child is None:
            parts.append(words)
        else:
            placed.append(_place_fact(child, ruler, words, text))
            right = placed[-1].rect.x
        right -= ruler.mm(_FACT_GAP_MM)
    parts.append(_place_name(ruler.say(node.label), ruler, Rect(margin, area.y, right - margin, area.h)))
    return Placed(node.id, node.role, area, tuple(parts), ruler.say(node.label)), *reversed(placed)


def compose_steps(node: Node, ruler: Ruler, width: int) -> Block:
    """The steps of the task in words: those done with a check, the present one filled."""
    height = max(ruler.mm(_STEP_MM), ruler.help.line_px + ruler.mm(2))
    gap = ruler.mm(2)
    mark = ruler.mm(5) + ruler.mm(1.5)
    room = (columns(Rect(0, 0, width, height), len(node.children), gap)[0].w - ruler.mm(6) - mark, height)
    texts = [ruler.say(step.label) for step in node.children]
    style = ruler.fit_all(texts, ruler.metrics.style(ruler.scale.help_mm, bold=True), room)

    def place(area: Rect) -> tuple[Placed, ...]:
        cells = columns(area, len(node.children), gap)
        present = next((index for index, step in enumerate(node.children) if step.chosen), -1)
        frame = Placed(node.id, node.role, area, (), ruler.say(node.label))
        return frame, *(
            _place_step(step, ruler, (cell, style), (index > present) - (index < present))
            for index, (step, cell) in enumerate(zip(node.children, cells, strict=True))
        )

    return Block(node.id, height, height, place)


def compose_title(node: Node, ruler: Ruler, width: int, *, announces: bool = False) -> Block:
    """The question; larger where the page announces something and asks nothing."""
    text = ruler.say(node.label)
    style = ruler.metrics.style(ruler.scale.title_mm * _ANNOUNCED, bold=True) if announces else ruler.title
    lines = ruler.wrap(text, style, width, balance=True)
    height = round(style.size_px * _TITLE_LINE_EM) * len(lines)

    def place(area: Rect) -> tuple[Placed, ...]:
        words = Words(area, lines, style, Colour.INK, Colour.PAGE, Align.LEFT, node.private)
        return (Placed(node.id, node.role, area, (words,), text, private=node.private),)

    return Block(node.id, height, height, place)


def compose_help(node: Node, ruler: Ruler, width: int, *, announces: bool = False) -> Block:
    """One sentence of help under the question."""
    text = ruler.say(node.label)
    style = ruler.body if announces else ruler.help
    lines = ruler.wrap(text, style, width, balance=True)
    height = style.line_px * len(lines)

    def place(area: Rect) -> tuple[Placed, ...]:
        parts = (Words(area, lines, style, Colour.QUIET, Colour.PAGE, Align.LEFT, node.private),)
        return (Placed(node.id, node.role, area, parts, text, private=node.private),)

    return Block(node.id, height, height, place, gap_before_px=ruler.space(3))


def _say_fact(child: Node, ruler: Ruler) -> tuple[Node | None, str]:
    return child, ruler.say(child.label)


def _fit_facts(texts: list[str], ruler: Ruler, room: int) -> TextStyle:
    """The largest style in which all facts stand side by side."""
    style = ruler.fit_all(texts, ruler.help, (room, ruler.help.line_px))
    needed = sum(ruler.width(text, style) for text in texts)
    least = ruler.metrics.style(LEAST_CAP_MM).size_px
    return style if needed <= room else replace(style, size_px=max(least, style.size_px * room // needed))


def _band_words(text: str, ruler: Ruler, style: TextStyle, room: int) -> Words:
    lines = ruler.wrap(text, style, room)
    width = max(ruler.width(line, style) for line in lines)
    return Words(Rect(0, 0, width, style.line_px * len(lines)), lines, style, Colour.ON_BAND, Colour.BAND)


def _place_fact(child: Node, ruler: Ruler, words: Words, text: str) -> Placed:
    """One fact of the band, with its icon before it."""
    box = words.rect
    if not child.icon:
        return Placed(child.id, Role.TEXT, box, (words,), text)
    side = ruler.icon_px(words.style)
    icon = Rect(box.x - side - ruler.mm(2), box.y + (box.h - side) // 2, side, side)
    rect = Rect(icon.x, min(icon.y, box.y), box.right - icon.x, max(side, box.h))
    return Placed(
        child.id, Role.TEXT, rect, (words, Icon(icon, child.icon, Colour.ON_BAND, Colour.BAND)), text
    )


def _place_name(text: str, ruler: Ruler, area: Rect) -> Words:
    style, lines = ruler.fit(text, ruler.strong, (area.w, area.h))
    height = style.line_px * len(lines)
    rect = Rect(area.x, area.y + (area.h - height) // 2, area.w, height)
    return Words(rect, lines, style, Colour.ON_BAND, Colour.BAND)


def _place_step(node: Node, ruler: Ruler, place: tuple[Rect, TextStyle], when: int) -> Placed:
    """`when` is -1 for a step that is done, 0 for the present one, 1 for one to come."""
    cell, bold = place
    style = replace(bold, bold=when == 0)
    fill, border, colour = {
        -1: (Colour.TINT, None, Colour.INK),
        0: (Colour.PRIMARY, None, Colour.ON_PRIMARY),
        1: (Colour.PAGE, Colour.LINE, Colour.QUIET),
    }[when]
    parts: list[Part] = [Panel(cell, fill, border, ruler.border_px, cell.h // 2)]
    text = ruler.say(node.label)
    mark = ruler.mm(5) if when < 0 else 0
    gap = ruler.mm(1.5) if mark else 0
    lines = ruler.wrap(text, style, cell.w - ruler.mm(6) - mark - gap)
    width = max(ruler.width(line, style) for line in lines)
    x = cell.x + (cell.w - width - mark - gap) // 2
    if mark:
        box = Rect(x, cell.y + (cell.h - mark) // 2, mark, mark)
        parts.append(Icon(box, "check", Colour.PRIMARY, fill))
    height = style.line_px * len(lines)
    rect = Rect(x + mark + gap, cell.y + (cell.h - height) // 2, width, height)
    parts.append(Words(rect, lines, style, colour, fill, Align.CENTRE))
    return Placed(node.id, node.role, cell, tuple(parts), text)
