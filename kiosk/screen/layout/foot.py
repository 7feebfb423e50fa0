"""The foot of a page: acts and preferences, at the same place on every page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.screen.geometry import Rect, columns
from kiosk.screen.layout.buttons import act_height, as_control, place_button
from kiosk.screen.metrics import LEAST_CAP_MM, MARGIN_MM, TARGET_GAP_MM, TARGET_MM
from kiosk.screen.page import Align, Icon, Panel, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler
    from kiosk.screen.metrics import TextStyle

_PADDING_MM = 6.0
_PRIMARY_SHARE = 0.56  # of the row of acts in portrait
_ASIDE_SHARE = 0.3  # of it, for the second of two buttons without a primary act: few people want it
_PAIR = 2
_LANDSCAPE_ACT_SHARE = 0.18  # of the width, for the first button
_LANDSCAPE_PRIMARY_TIMES = 1.35  # that, for the primary act
_LANDSCAPE_ASIDE_TIMES = 0.6  # of the primary act, for a lone second button
_ONE_ROW_LEAST = 0.85  # of the size of help; where words must be smaller, there are two rows


def foot_height(node: Node | None, ruler: Ruler) -> int:
    """Of the whole foot with its padding. The rows stand at the same height from the bottom on every page."""
    if node is None or not node.children:
        return 0
    padding = 2 * ruler.mm(_PADDING_MM)
    preferences, acts = _split(node)
    width = ruler.metrics.width_px - 2 * ruler.mm(MARGIN_MM)
    if ruler.metrics.is_landscape:
        low = _preferences_height(preferences, ruler, _landscape_middle(ruler, width)[1])
        return padding + max(act_height(ruler), low)
    height = padding
    if preferences:
        height += _preferences_height(preferences, ruler, width)
    if acts:
        height += act_height(ruler)
    return height + (ruler.mm(TARGET_GAP_MM + 1) if preferences and acts else 0)


def place_foot(node: Node, ruler: Ruler, area: Rect) -> tuple[Placed, ...]:
    """返回 left, the primary act right and largest, the preferences between them or below."""
    ground = Panel(area, Colour.CARD)
    line = Panel(Rect(area.x, area.y, area.w, max(1, ruler.border_px // 2)), Colour.LINE)
    frame = Placed(node.id, node.role, area, (ground, line), ruler.say(node.label))
    inner = area.inset(ruler.mm(MARGIN_MM), ruler.mm(_PADDING_MM))
    preferences, acts = _split(node)
    if ruler.metrics.is_landscape:
        return frame, *_place_one_row(acts, preferences, ruler, inner)
    height = _preferences_height(preferences, ruler, inner.w)
    low = Rect(inner.x, inner.bottom - height, inner.w, height)
    placed = _place_preferences(preferences, ruler, low)
    if acts:
        high = Rect(inner.x, inner.y, inner.w, act_height(ruler))
        placed = (*_place_acts(acts, ruler, high), *placed)
    return frame, *placed


def _split(node: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Preferences, and acts with the primary one last."""
    preferences = tuple(child for child in node.children if child.role is Role.PREFERENCE)
    buttons = tuple(child for child in node.children if child.role is Role.BUTTON)
    primary = tuple(child for child in node.children if child.role is Role.PRIMARY)
    return preferences, buttons + primary


# --- preferences -------------------------------------------------------------------------------------------


def _preferences_height(preferences: Sequence[Node], ruler: Ruler, width: int) -> int:
    """One row with the icons above the words; two with the icons before them where the words are long."""
    if _stands_in_one_row(preferences, ruler, width):
        return max(ruler.mm(TARGET_MM + 4), _icon_px(ruler) + ruler.help.line_px + ruler.mm(4))
    return 2 * _row_height(ruler) + ruler.mm(TARGET_GAP_MM)


def _row_height(ruler: Ruler) -> int:
    return max(ruler.mm(TARGET_MM), ruler.help.line_px + ruler.mm(2))


def _icon_px(ruler: Ruler) -> int:
    return max(ruler.mm(10), ruler.icon_px(ruler.help))


def _stands_in_one_row(preferences: Sequence[Node], ruler: Ruler, width: int) -> bool:
    cell = columns(Rect(0, 0, width, 1), max(1, len(preferences)), ruler.mm(TARGET_GAP_MM))[0].w
    least = ruler.metrics.style(LEAST_CAP_MM).size_px
    style = replace(ruler.help, size_px=max(least, int(ruler.help.size_px * _ONE_ROW_LEAST)))
    room = cell - ruler.mm(2)
    return all(ruler.width(ruler.say(node.label), style) <= room for node in preferences)


def _place_preferences(preferences: Sequence[Node], ruler: Ruler, area: Rect) -> tuple[Placed, ...]:
    if not preferences:
        return ()
    gap = ruler.mm(TARGET_GAP_MM)
    if _stands_in_one_row(preferences, ruler, area.w):
        cells = columns(area, len(preferences), gap)
        room = cells[0].w - ruler.mm(2)
        place = _place_upright
    else:
        per_row = -(-len(preferences) // 2)
        high = _row_height(ruler)
        rows = (Rect(*area[:3], high), Rect(area.x, area.bottom - high, area.w, high))
        cells = tuple(cell for row in rows for cell in columns(row, per_row, gap))
        room = cells[0].w - ruler.mm(9) - _sign_px(ruler)
        place = _place_level
    texts = [ruler.say(node.label) for node in preferences]
    style = ruler.fit_all(texts, ruler.help, (room, ruler.help.line_px))
    return tuple(place(node, ruler, cell, style) for node, cell in zip(preferences, cells, strict=False))


def _sign_px(ruler: Ruler) -> int:
    """Side of the icon before the words."""
    return min(_icon_px(ruler), ruler.mm(11))


def _place_upright(node: Node, ruler: Ruler, rect: Rect, style: TextStyle) -> Placed:
    """The icon above the words."""
    fill, panel = _ground(node, ruler, rect)
    text = ruler.say(node.label)
    side = _icon_px(ruler)
    lines = ruler.wrap(text, style, rect.w - ruler.mm(2))
    height = style.line_px * len(lines)
    y = rect.y + (rect.h - side - height) // 2
    icon = Rect(rect.x + (rect.w - side) // 2, y, side, side)
    words = Rect(rect.x + ruler.mm(1), y + side, rect.w - ruler.mm(2), height)
    parts: list[Part] = [
        panel,
        Icon(icon, node.icon or "dot", Colour.PRIMARY, fill),
        Words(words, lines, style, Colour.PRIMARY, fill, Align.CENTRE),
    ]
    return as_control(node, rect, parts, text)


def _place_level(node: Node, ruler: Ruler, rect: Rect, style: TextStyle) -> Placed:
    """The icon before the words, at the same distance from the left in every cell."""
    fill, panel = _ground(node, ruler, rect)
    text = ruler.say(node.label)
    side = _sign_px(ruler)
    x = rect.x + ruler.mm(4) + side + ruler.mm(3)
    lines = ruler.wrap(text, style, rect.right - ruler.mm(2) - x)
    height = style.line_px * len(lines)
    parts: list[Part] = [
        panel,
        Icon(
            Rect(rect.x + ruler.mm(4), rect.y + (rect.h - side) // 2, side, side),
            node.icon or "dot",
            Colour.PRIMARY,
            fill,
        ),
        Words(
            Rect(x, rect.y + (rect.h - height) // 2, rect.right - ruler.mm(2) - x, height),
            lines,
            style,
            Colour.PRIMARY,
            fill,
        ),
    ]
    return as_control(node, rect, parts, text)


def _ground(node: Node, ruler: Ruler, rect: Rect) -> tuple[Colour, Panel]:
    fill = Colour.TINT if node.chosen else Colour.PAGE
    border = Colour.PRIMARY if node.chosen else Colour.BORDER
    return fill, Panel(rect, fill, border, ruler.border_px, ruler.radius_px)


# --- acts --------------------------------------------------------------------------------------------------


def _place_acts(acts: Sequence[Node], ruler: Ruler, row: Rect) -> tuple[Placed, ...]:
    """Buttons share the left, the primary act has the right; alone it has the whole row."""
    gap = ruler.mm(TARGET_GAP_MM + 2)
    buttons = [act for act in acts if act.role is Role.BUTTON]
    primary = [act for act in acts if act.role is Role.PRIMARY]
    if not primary:
        left = Rect(row.x, row.y, round(row.w * (1 - _PRIMARY_SHARE)) - gap, row.h)
        if len(buttons) == _PAIR:
            width = round(row.w * _ASIDE_SHARE)
            aside = Rect(row.right - width, row.y, width, row.h)
            return place_button(buttons[0], ruler, left), place_button(buttons[1], ruler, aside)
        return _place_equally(buttons, ruler, left if len(buttons) < _PAIR else row, gap)
    if not buttons:
        return (place_button(primary[0], ruler, row),)
    width = round(row.w * (_PRIMARY_SHARE if len(buttons) == 1 else 1 / (len(buttons) + 1) + 0.1))
    right = Rect(row.right - width, row.y, width, row.h)
    left = Rect(row.x, row.y, row.w - width - gap, row.h)
    return *_place_equally(buttons, ruler, left, gap), place_button(primary[0], ruler, right)


def _place_equally(buttons: Sequence[Node], ruler: Ruler, row: Rect, gap: int) -> tuple[Placed, ...]:
    if not buttons:
        return ()
    cells = columns(row, len(buttons), gap)
    return tuple(place_button(node, ruler, cell) for node, cell in zip(buttons, cells, strict=True))


def _landscape_middle(ruler: Ruler, width: int) -> tuple[int, int]:
    """Widths of the first button and of the room for the preferences, of a landscape foot."""
    first = round(width * _LANDSCAPE_ACT_SHARE)
    gap = ruler.mm(TARGET_GAP_MM + 4)
    return first, width - first - round(first * _LANDSCAPE_PRIMARY_TIMES) - 2 * gap


def _place_one_row(
    acts: Sequence[Node], preferences: Sequence[Node], ruler: Ruler, row: Rect
) -> tuple[Placed, ...]:
    """Landscape: the first button left, the preferences in the middle, all other acts right."""
    gap = ruler.mm(TARGET_GAP_MM + 4)
    width, between = _landscape_middle(ruler, row.w)
    large = round(width * _LANDSCAPE_PRIMARY_TIMES)
    low = _preferences_height(preferences, ruler, between)
    middle = Rect(row.x + width + gap, row.y + (row.h - low) // 2, between, low)
    tall = min(row.h, act_height(ruler))
    y = row.y + (row.h - tall) // 2
    left = [act for act in acts if act.role is Role.BUTTON][:1]
    right = [act for act in acts if act not in left]
    if [act.role for act in right] == [Role.BUTTON]:
        large = round(large * _LANDSCAPE_ASIDE_TIMES)  # few people want it
    return (
        *_place_equally(left, ruler, Rect(row.x, y, width, tall), gap),
        *_place_preferences(preferences, ruler, middle),
        *_place_equally(right, ruler, Rect(row.right - large, y, large, tall), ruler.mm(TARGET_GAP_MM)),
    )
