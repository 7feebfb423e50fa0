"""Buttons, the foot that holds them at the same place on every page, and dialogs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.screen.geometry import Rect, columns
from kiosk.screen.metrics import MARGIN_MM, PRIMARY_MM, TARGET_GAP_MM, TARGET_MM
from kiosk.screen.page import Align, Icon, Panel, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler
    from kiosk.screen.metrics import TextStyle

_PADDING_MM = 6.0
_LEADS_ON = "forward"  # this sign stands behind the words
_PRIMARY_SHARE = 0.56  # of the row of acts in portrait
_ASIDE_SHARE = 0.3  # of it, for the second of two buttons without a primary act: few people want it
_PAIR = 2
_LANDSCAPE_ACT_SHARE = 0.2  # of the width, for the first button
_LANDSCAPE_PRIMARY_TIMES = 1.35  # that, for the primary act
_LANDSCAPE_ASIDE_TIMES = 0.6  # of the primary act, for a lone second button


def act_height(ruler: Ruler) -> int:
    """Of the row with 返回 and the primary act."""
    return max(ruler.mm(PRIMARY_MM + 3), ruler.strong.line_px + ruler.mm(8))


def preference_height(ruler: Ruler) -> int:
    """Of the row with the preferences: an icon above one word."""
    return max(ruler.mm(TARGET_MM + 4), _preference_icon_px(ruler) + ruler.help.line_px + ruler.mm(4))


def foot_height(node: Node | None, ruler: Ruler) -> int:
    """Of the whole foot with its padding. The rows stand at the same height from the bottom on every page."""
    if node is None or not node.children:
        return 0
    padding = 2 * ruler.mm(_PADDING_MM)
    if ruler.metrics.is_landscape:
        return padding + max(act_height(ruler), preference_height(ruler))
    preferences, acts = _split(node)
    height = padding
    if preferences:
        height += preference_height(ruler)
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
    height = preference_height(ruler)
    low = Rect(inner.x, inner.bottom - height, inner.w, height)
    placed = _place_preferences(preferences, ruler, low)
    if acts:
        high = Rect(inner.x, inner.y, inner.w, act_height(ruler))
        placed = (*placed, *_place_acts(acts, ruler, high))
    return frame, *placed


def place_button(node: Node, ruler: Ruler, rect: Rect, *, in_dialog: bool = False) -> Placed:
    """A button or the primary act: icon and words in the middle."""
    fill, border, colour = _button_colours(node)
    parts: list[Part] = [Panel(rect, fill, border, ruler.border_px, ruler.radius_px)]
    text = ruler.say(node.label)
    side = min(ruler.icon_px(ruler.strong), rect.h // 2) if node.icon else 0
    gap = ruler.mm(3) if side else 0
    room = (rect.w - 2 * ruler.mm(4) - side - gap, rect.h - ruler.mm(2))
    style, lines = ruler.fit(text, ruler.strong, room)
    width = max(ruler.width(line, style) for line in lines)
    height = style.line_px * len(lines)
    x = rect.x + (rect.w - width - side - gap) // 2
    leads_on = node.icon == _LEADS_ON
    if side:
        left = x + width + gap if leads_on else x
        parts.append(Icon(Rect(left, rect.y + (rect.h - side) // 2, side, side), node.icon, colour, fill))
    text_x = x if leads_on else x + side + gap
    words = Rect(text_x, rect.y + (rect.h - height) // 2, width, height)
    parts.append(Words(words, lines, style, colour, fill, Align.CENTRE, node.private))
    return _touchable(node, rect, parts, text, in_dialog=in_dialog)


def _button_colours(node: Node) -> tuple[Colour, Colour | None, Colour]:
    if not node.enabled:
        return Colour.PAGE, Colour.BORDER, Colour.QUIET
    if node.role is Role.PRIMARY:
        return Colour.PRIMARY, None, Colour.ON_PRIMARY
    return Colour.CARD, Colour.PRIMARY, Colour.PRIMARY


def _place_preference(node: Node, ruler: Ruler, rect: Rect, style: TextStyle) -> Placed:
    fill = Colour.TINT if node.chosen else Colour.PAGE
    border = Colour.PRIMARY if node.chosen else None
    parts: list[Part] = [Panel(rect, fill, border, ruler.border_px, ruler.radius_px)]
    text = ruler.say(node.label)
    side = _preference_icon_px(ruler)
    lines = ruler.wrap(text, style, rect.w - ruler.mm(2))
    height = style.line_px * len(lines)
    y = rect.y + (rect.h - side - height) // 2
    parts.append(
        Icon(Rect(rect.x + (rect.w - side) // 2, y, side, side), node.icon or "dot", Colour.PRIMARY, fill)
    )
    words = Rect(rect.x + ruler.mm(1), y + side, rect.w - ruler.mm(2), height)
    parts.append(Words(words, lines, style, Colour.PRIMARY, fill, Align.CENTRE))
    return _touchable(node, rect, parts, text)


def _split(node: Node) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Preferences, and acts with the primary one last."""
    preferences = tuple(child for child in node.children if child.role is Role.PREFERENCE)
    buttons = tuple(child for child in node.children if child.role is Role.BUTTON)
    primary = tuple(child for child in node.children if child.role is Role.PRIMARY)
    return preferences, buttons + primary


def _place_preferences(preferences: Sequence[Node], ruler: Ruler, row: Rect) -> tuple[Placed, ...]:
    if not preferences:
        return ()
    cells = columns(row, len(preferences), ruler.mm(TARGET_GAP_MM))
    room = (cells[0].w - ruler.mm(2), row.h - _preference_icon_px(ruler) - ruler.mm(2))
    style = ruler.fit_all([ruler.say(node.label) for node in preferences], ruler.help, room)
    return tuple(
        _place_preference(node, ruler, cell, style) for node, cell in zip(preferences, cells, strict=True)
    )


def _preference_icon_px(ruler: Ruler) -> int:
    return max(ruler.mm(10), ruler.icon_px(ruler.help))


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


def _place_one_row(
    acts: Sequence[Node], preferences: Sequence[Node], ruler: Ruler, row: Rect
) -> tuple[Placed, ...]:
    """Landscape: the first button left, the preferences in the middle, all other acts right."""
    gap = ruler.mm(TARGET_GAP_MM + 4)
    width = round(row.w * _LANDSCAPE_ACT_SHARE)
    large = round(width * _LANDSCAPE_PRIMARY_TIMES)
    middle = Rect(row.x + width + gap, row.y, row.w - width - large - 2 * gap, row.h)
    tall = min(row.h, act_height(ruler))
    y = row.y + (row.h - tall) // 2
    left = [act for act in acts if act.role is Role.BUTTON][:1]
    right = [act for act in acts if act not in left]
    if [act.role for act in right] == [Role.BUTTON]:
        large = round(large * _LANDSCAPE_ASIDE_TIMES)  # few people want it
    return (
        *_place_preferences(preferences, ruler, middle),
        *_place_equally(left, ruler, Rect(row.x, y, width, tall), gap),
        *_place_equally(right, ruler, Rect(row.right - large, y, large, tall), ruler.mm(TARGET_GAP_MM)),
    )


def _touchable(node: Node, rect: Rect, parts: list[Part], text: str, *, in_dialog: bool = False) -> Placed:
    return replace(
        Placed(node.id, node.role, rect, tuple(parts), text, node.action, node.enabled, node.private),
        in_dialog=in_dialog,
    )
