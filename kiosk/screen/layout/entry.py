"""An entry with its keys: what was typed, candidates, keys or a pad, and the ways to type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.screen.entry.contract import CANDIDATE, CLEAR, ERASE, KEY, MODE, MORE, PAD
from kiosk.screen.geometry import Rect
from kiosk.screen.layout.blocks import Block
from kiosk.screen.layout.buttons import place_button
from kiosk.screen.metrics import TARGET_GAP_MM, TARGET_MM
from kiosk.screen.page import Align, Panel, Part, Placed, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Node
    from kiosk.screen.layout.ruler import Ruler

_ROW_MAX_MM = 26.0
_WIDTH_MAX_MM = 252.0  # wider, the hand has too far to go
_PER_ROW = 4  # candidates
_CANDIDATE_ROWS = 2
_LETTER_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_DIGIT_ROWS = ("12345", "67890")
_PAD_ROWS = 4
_BESIDE_GAP_MM = 10.0
_MOST_SHOWN = 20  # characters of what was typed: its end


@dataclass(frozen=True, slots=True)
class _Cell:
    """Something in a row: how wide beside the others, and how many rows high."""

    node: Node | None  # None = nothing stands there
    share: float = 1.0


_Row = tuple[_Cell, ...]


def compose_entry(node: Node, ruler: Ruler, *, beside: bool = False) -> Block:
    """An ENTRY node with its keys, as kiosk.screen.entry.keys makes them; `beside` = keys at the right."""
    upper = [_candidate_row(node, row) for row in range(_CANDIDATE_ROWS)] if _has_candidates(node) else []
    keys, tabs = _key_rows(node), _tab_row(node)
    gap = ruler.mm(TARGET_GAP_MM + 0.5)
    row_px = max(ruler.mm(TARGET_MM), ruler.strong.line_px)
    pad = _child(node, PAD)
    key_rows = _PAD_ROWS - 1 if pad else len(keys)
    rows = max(2 + len(upper), key_rows) if beside else 2 + len(upper) + key_rows
    least = rows * row_px + (rows - 1) * gap
    most = rows * ruler.mm(_ROW_MAX_MM) + (rows - 1) * gap

    def place(area: Rect) -> tuple[Placed, ...]:
        high = min(ruler.mm(_ROW_MAX_MM), (area.h - (rows - 1) * gap) // rows)
        if beside:
            half = (area.w - ruler.mm(_BESIDE_GAP_MM)) // 2
            left, right = Rect(area.x, area.y, half, area.h), Rect(area.right - half, area.y, half, area.h)
        else:
            wide = min(area.w, ruler.mm(_WIDTH_MAX_MM))
            left = right = Rect(area.x + (area.w - wide) // 2, area.y, wide, area.h)
        shown = Rect(left.x, left.y, left.w, high)
        frame = Placed(
            node.id, node.role, shown, tuple(_compose_display(node, ruler, shown)), ruler.say(node.label)
        )
        y = shown.bottom + gap
        placed = [frame]
        for row in upper:
            placed += _place_row(row, ruler, Rect(left.x, y, left.w, high), gap)
            y += high + gap
        key_y = area.y if beside else y
        field = Rect(right.x, key_y, right.w, key_rows * (high + gap) - gap)
        placed += _place_keys(node, keys, ruler, (field, high, gap))
        tab_y = y if beside else field.bottom + gap
        placed += _place_row(tabs, ruler, Rect(left.x, tab_y, left.w, high), gap)
        return tuple(placed)

    return Block(node.id, least, max(least, most), place, touchable=True)


def _child(node: Node, node_id: str) -> Node | None:
    return next((child for child in node.children if child.id == node_id), None)


def _has_candidates(node: Node) -> bool:
    """Their room stays free while there are none, so that no key moves; digits have none."""
    return _child(node, f"{KEY}1") is None


def _candidate_row(node: Node, row: int) -> _Row:
    shown = [child for child in node.children if child.id.startswith(CANDIDATE)]
    cells = [*shown, *([None] * (_CANDIDATE_ROWS * _PER_ROW - 1 - len(shown))), _child(node, MORE)]
    return tuple(_Cell(each) for each in cells[row * _PER_ROW : (row + 1) * _PER_ROW])


def _key_rows(node: Node) -> list[_Row]:
    rows = _LETTER_ROWS if _child(node, f"{KEY}q") else _DIGIT_ROWS if _child(node, f"{KEY}1") else ()
    longest = max(map(len, rows), default=0)
    made: list[_Row] = []
    for at, signs in enumerate(rows):
        cells = [_Cell(_child(node, f"{KEY}{sign}")) for sign in signs]
        spare = longest - len(signs)
        if at == len(rows) - 1 and spare:
            cells.append(_Cell(_child(node, ERASE), spare))
        elif spare:
            cells = [_Cell(None, spare / 2), *cells, _Cell(None, spare / 2)]
        made.append(tuple(cells))
    return made


def _tab_row(node: Node) -> _Row:
    tabs = [child for child in node.children if child.id.startswith(MODE)]
    own = [] if _child(node, f"{KEY}q") else [_child(node, ERASE)]
    return tuple(_Cell(each) for each in (*tabs, *own, _child(node, CLEAR)))


def _place_keys(node: Node, rows: Sequence[_Row], ruler: Ruler, room: tuple[Rect, int, int]) -> list[Placed]:
    field, high, gap = room
    pad = _child(node, PAD)
    if pad is not None:
        return [_place_pad(pad, ruler, field)]
    placed: list[Placed] = []
    for at, row in enumerate(rows):
        placed += _place_row(row, ruler, Rect(field.x, field.y + at * (high + gap), field.w, high), gap)
    return placed


def _place_row(row: _Row, ruler: Ruler, strip: Rect, gap: int) -> list[Placed]:
    total = sum(cell.share for cell in row) or 1
    unit = (strip.w + gap) / total
    placed: list[Placed] = []
    x = float(strip.x)
    for cell in row:
        width = cell.share * unit - gap
        if cell.node is not None:
            rect = Rect(round(x), strip.y, round(x + width) - round(x), strip.h)
            placed.append(_place_key(cell.node, ruler, rect))
        x += cell.share * unit
    return placed


def _place_key(node: Node, ruler: Ruler, rect: Rect) -> Placed:
    key = place_button(node, ruler, rect)
    if not node.chosen:
        return key
    panel = Panel(rect, Colour.TINT, Colour.PRIMARY, ruler.border_px * 2, ruler.radius_px)
    parts = tuple(_on_tint(part) for part in key.parts[1:])
    return replace(key, parts=(panel, *parts))


def _on_tint(part: Part) -> Part:
    return replace(part, on=Colour.TINT) if isinstance(part, Words) else part


def _place_pad(pad: Node, ruler: Ruler, field: Rect) -> Placed:
    text = ruler.say(pad.label)
    style, lines = ruler.fit(text, ruler.help, (field.w - 2 * ruler.mm(6), ruler.help.line_px * 2))
    words = Rect(
        field.x + ruler.mm(6), field.y + ruler.mm(3), field.w - 2 * ruler.mm(6), style.line_px * len(lines)
    )
    parts = (
        Panel(field, Colour.CARD, Colour.BORDER, ruler.border_px, ruler.radius_px),
        Words(words, lines, style, Colour.QUIET, Colour.CARD, Align.CENTRE),
    )
    return Placed(pad.id, pad.role, field, parts, text)


def _compose_display(node: Node, ruler: Ruler, box: Rect) -> list[Part]:
    """What was typed; before that, what is asked for."""
    typed = ruler.say(node.detail)
    typed = typed if len(typed) <= _MOST_SHOWN else "…" + typed[-_MOST_SHOWN:]
    room = Rect(box.x + ruler.mm(5), box.y, box.w - 2 * ruler.mm(5), box.h)
    style, lines = ruler.fit(typed or ruler.say(node.label), ruler.body, (room.w, room.h))
    height = min(room.h, style.line_px * len(lines))
    words = Rect(room.x, room.y + (room.h - height) // 2, room.w, height)
    colour = Colour.INK if typed else Colour.QUIET
    return [
        Panel(box, Colour.CARD, Colour.PRIMARY, ruler.border_px, ruler.radius_px),
        Words(words, lines, style, colour, Colour.CARD, private=node.private),
    ]
