"""What stands in the content besides choices and fields: paragraphs, notices, figures, paper, progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.scene.rasters import raster_size
from kiosk.screen.geometry import Rect
from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.ruler import Tone, place_words
from kiosk.screen.metrics import TARGET_MM
from kiosk.screen.page import Align, Icon, Panel, Part, Picture, Placed, Raster, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler

_A4 = (210, 297)
_PICTURE_MIN_MM = 40.0
_RASTER_MIN_MM = 54.0  # a QR code of 40 mm stands in it with its quiet zone
_PICTURE_MAX_MM = 190.0
_PICTURE_SHAPE = (6, 5)  # the figures are drawn on a field of this shape
_WORKING_DOTS = 3  # in place of a bar whose end nobody knows


def compose_paragraph(node: Node, ruler: Ruler, width: int) -> Block:
    """A TEXT node; its detail, if any, stands below it in the quiet style."""
    icon = ruler.icon_px(ruler.body) if node.icon else 0
    indent = icon + ruler.space(4) if icon else 0
    texts = [ruler.words(ruler.say(node.label), ruler.body, width - indent, Tone(private=node.private))]
    if node.detail is not None:
        tone = Tone(Colour.QUIET, private=node.private)
        texts.append(ruler.words(ruler.say(node.detail), ruler.help, width - indent, tone))
    height = max(icon, sum(text.rect.h for text in texts))

    def place(area: Rect) -> tuple[Placed, ...]:
        parts: list[Part] = []
        if icon:
            y = area.y + (texts[0].style.line_px - icon) // 2
            parts.append(
                Icon(Rect(area.x, max(area.y, y), icon, icon), node.icon, Colour.PRIMARY, Colour.PAGE)
            )
        y = area.y
        for text in texts:
            parts.append(place_words(text, area.x + indent, y))
            y += text.rect.h
        return (_placed(node, ruler, area, parts),)

    return Block(node.id, height, height, place)


def compose_notice(node: Node, ruler: Ruler, width: int) -> Block:
    """A NOTICE node: icon and words on the notice colours."""
    padding, icon = ruler.space(6), round(ruler.icon_px(ruler.body) * 1.1)
    room = width - 2 * padding - icon - ruler.space(4)
    tone = Tone(Colour.ON_NOTICE, Colour.NOTICE, node.private)
    texts = [ruler.words(ruler.say(node.label), ruler.strong if node.detail else ruler.body, room, tone)]
    if node.detail is not None:
        texts.append(ruler.words(ruler.say(node.detail), ruler.help, room, tone))
    inner = sum(text.rect.h for text in texts)
    height = max(inner, icon) + 2 * ruler.space(3.5)

    def place(area: Rect) -> tuple[Placed, ...]:
        frame = Panel(area, Colour.NOTICE, Colour.ON_NOTICE, ruler.border_px, ruler.radius_px)
        mark = Rect(area.x + padding, area.y + (area.h - icon) // 2, icon, icon)
        parts: list[Part] = [frame, Icon(mark, node.icon or "notice", Colour.ON_NOTICE, Colour.NOTICE)]
        y = area.y + (area.h - inner) // 2
        for text in texts:
            parts.append(place_words(text, mark.right + ruler.space(4), y))
            y += text.rect.h
        return (_placed(node, ruler, area, parts),)

    return Block(node.id, height, height, place)


def compose_picture(node: Node, ruler: Ruler, width: int) -> Block:
    """A PICTURE node: the figure or raster in the middle of its room, its label (if any) below."""
    shape = raster_shape(node.raster) if node.raster else _PICTURE_SHAPE
    least = ruler.mm(_RASTER_MIN_MM if node.raster else _PICTURE_MIN_MM)
    across, down = shape
    label = None
    if node.label is not None:
        label = ruler.words(
            ruler.say(node.label), ruler.help, width, Tone(Colour.QUIET, private=node.private)
        )
    below = label.rect.h + ruler.space(3) if label else 0
    most = min(ruler.mm(_PICTURE_MAX_MM), width * down // across)

    def place(area: Rect) -> tuple[Placed, ...]:
        room = Rect(area.x, area.y, area.w, area.h - below)
        frame = _centred(room, shape)
        parts: list[Part] = [Raster(frame, node.raster) if node.raster else Picture(frame, node.icon)]
        if label:
            parts.append(place_words(label, area.x, area.bottom - label.rect.h, Align.CENTRE))
        return (_placed(node, ruler, area, parts),)

    return Block(node.id, least + below, max(least, most) + below, place)


def compose_paper(node: Node, ruler: Ruler, width: int) -> Block:
    """A PAPER node: the very page, as large as its room allows, in a plain frame."""
    shape = raster_shape(node.raster)
    least = ruler.mm(100 * ruler.spacing)
    most = max(least, width * shape[1] // shape[0])

    def place(area: Rect) -> tuple[Placed, ...]:
        sheet = _centred(area, shape)
        border = max(1, ruler.border_px // 2)
        parts: list[Part] = [Panel(sheet, Colour.PAPER, Colour.BORDER, border)]
        if node.raster:
            parts.append(Raster(sheet.inset(border, border), node.raster))
        return (_placed(node, ruler, area, parts),)

    return Block(node.id, least, most, place)


def compose_progress(node: Node, ruler: Ruler, width: int) -> Block:
    """A PROGRESS node: words, and below them the bar, or dots where no end is known."""
    bar = ruler.mm(5)
    words = ruler.words(ruler.say(node.label), ruler.body, width, Tone(private=node.private))
    detail = (
        ruler.words(ruler.say(node.detail), ruler.help, width, Tone(Colour.QUIET)) if node.detail else None
    )
    height = words.rect.h + ruler.space(4) + bar + (detail.rect.h + ruler.space(3) if detail else 0)

    def place(area: Rect) -> tuple[Placed, ...]:
        parts: list[Part] = [place_words(words, area.x, area.y, Align.CENTRE)]
        track = Rect(area.x, area.y + words.rect.h + ruler.space(4), area.w, bar)
        parts += _compose_dots(track) if node.fraction < 0 else _compose_bar(track, node.fraction, ruler)
        if detail:
            parts.append(place_words(detail, area.x, track.bottom + ruler.space(3), Align.CENTRE))
        return (_placed(node, ruler, area, parts),)

    return Block(node.id, height, height, place)


def compose_stepper(node: Node, ruler: Ruler, width: int) -> Block:
    """A STEPPER node: its name, and a number between two buttons."""
    side = ruler.mm(TARGET_MM + 4)
    words = ruler.words(ruler.say(node.label), ruler.strong, width, Tone()) if node.label else None
    above = words.rect.h + ruler.space(2) if words else 0
    number = max(ruler.mm(34), 3 * ruler.title.size_px)
    beside = words is not None and _stands_beside(words, ruler, width - 2 * side - number - ruler.space(8))
    row = max(side, words.rect.h) if words and beside else side
    height = row if beside or not words else above + side

    def place(area: Rect) -> tuple[Placed, ...]:
        parts: list[Part] = []
        x = area.x
        if words:
            y = area.y + (row - words.rect.h) // 2 if beside else area.y
            parts.append(place_words(words, area.x, y))
            x = area.right - 2 * side - number if beside else area.x
        strip = Rect(x, area.bottom - (row + side) // 2, 2 * side + number, side)
        frame = _placed(node, ruler, area, parts)
        return frame, *_place_stepper_children(node, ruler, strip, side)

    return Block(node.id, height, height, place, touchable=True)


def raster_shape(raster: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG from its head; those of A4 where it is none."""
    return raster_size(raster) or _A4


def _stands_beside(words: Words, ruler: Ruler, room: int) -> bool:
    return len(words.lines) == 1 and ruler.width(words.lines[0], words.style) <= room


def _place_stepper_children(node: Node, ruler: Ruler, strip: Rect, side: int) -> list[Placed]:
    placed: list[Placed] = []
    x = strip.x
    for child in node.children:
        touchable = bool(child.action)
        cell = Rect(x, strip.y, side if _is_button(child) else strip.w - 2 * side, strip.h)
        x += cell.w
        text = ruler.say(child.label)
        if not _is_button(child):
            style, lines = ruler.fit(text, ruler.title, (cell.w, cell.h))
            box = Rect(cell.x, cell.y + (cell.h - style.line_px) // 2, cell.w, style.line_px * len(lines))
            words = Words(box, lines, style, Colour.INK, Colour.PAGE, Align.CENTRE, child.private)
            placed.append(Placed(child.id, child.role, cell, (words,), text, private=child.private))
            continue
        usable = touchable and child.enabled
        fill = Colour.CARD if usable else Colour.PAGE
        colour = Colour.PRIMARY if usable else Colour.BORDER
        inset = round(side * 0.3)
        parts = (
            Panel(cell, fill, colour, ruler.border_px, ruler.radius_px),
            Icon(cell.inset(inset, inset), child.icon or "dot", colour, fill),
        )
        placed.append(Placed(child.id, child.role, cell, parts, text, child.action, child.enabled))
    return placed


def _is_button(child: Node) -> bool:
    return bool(child.icon) or bool(child.action)


def _compose_bar(track: Rect, fraction: float, ruler: Ruler) -> list[Part]:
    radius = track.h // 2
    ground = Panel(track, Colour.CARD, Colour.BORDER, ruler.border_px, radius)
    inner = track.inset(2 * ruler.border_px, 2 * ruler.border_px)
    radius = inner.h // 2
    filled = Rect(inner.x, inner.y, max(inner.h, round(inner.w * fraction)), inner.h)
    return [ground, Panel(filled, Colour.PRIMARY, None, 0, radius)]


def _compose_dots(track: Rect) -> list[Part]:
    """A row of dots in the middle: something goes on."""
    pitch = 3 * track.h
    left = track.x + (track.w - pitch * (_WORKING_DOTS - 1) - track.h) // 2
    dots = (Rect(left + pitch * index, track.y, track.h, track.h) for index in range(_WORKING_DOTS))
    return [Panel(dot, Colour.PRIMARY, None, 0, track.h // 2) for dot in dots]


def _centred(area: Rect, shape: tuple[int, int]) -> Rect:
    """The largest rectangle of this shape in the middle of the area."""
    across, down = shape
    width = min(area.w, area.h * across // down)
    height = min(area.h, width * down // across)
    return Rect(area.x + (area.w - width) // 2, area.y + (area.h - height) // 2, width, height)


def _placed(node: Node, ruler: Ruler, rect: Rect, parts: list[Part]) -> Placed:
    return Placed(node.id, node.role, rect, tuple(parts), ruler.say(node.label), private=node.private)
