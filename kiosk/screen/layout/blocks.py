"""Blocks stand below each other; what room is left makes them larger, up to what still looks right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.screen.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.screen.page import Placed


@dataclass(frozen=True, slots=True)
class Block:
    """Something with a least and a largest sensible height that can be placed into a rectangle."""

    id: str
    min_px: int
    max_px: int
    place: Callable[[Rect], tuple[Placed, ...]]
    gap_before_px: int = -1  # -1 = the gap of the stack
    touchable: bool = False


def least_height(blocks: Sequence[Block], gap_px: int) -> int:
    """What the stack needs at least."""
    return sum(block.min_px for block in blocks) + sum(_gaps(blocks, gap_px))


def stack(blocks: Sequence[Block], area: Rect, gap_px: int, lead: float) -> tuple[Placed, ...]:
    """Place the blocks from top to bottom; of the room that nobody uses, the share `lead` goes above."""
    heights = _grow(blocks, area.h - sum(_gaps(blocks, gap_px)))
    spare = area.h - sum(heights) - sum(_gaps(blocks, gap_px))
    y = area.y + max(0, round(spare * lead))
    placed: list[Placed] = []
    for block, height, gap in zip(blocks, heights, _gaps(blocks, gap_px), strict=True):
        y += gap
        placed.extend(block.place(Rect(area.x, y, area.w, height)))
        y += height
    return tuple(placed)


def _gaps(blocks: Sequence[Block], gap_px: int) -> list[int]:
    """The gap before each block; none before the first."""
    gaps = [gap_px if block.gap_before_px < 0 else block.gap_before_px for block in blocks]
    return [0, *gaps[1:]] if gaps else []


def _grow(blocks: Sequence[Block], room_px: int) -> list[int]:
    """Heights that share the room in proportion to what each block could use."""
    spare = room_px - sum(block.min_px for block in blocks)
    appetite = sum(block.max_px - block.min_px for block in blocks)
    if spare <= 0 or appetite <= 0:
        return [block.min_px for block in blocks]
    share = min(1.0, spare / appetite)
    return [block.min_px + int((block.max_px - block.min_px) * share) for block in blocks]
