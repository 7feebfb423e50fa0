from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.screen.layout.blocks import least_height

if TYPE_CHECKING:
    from kiosk.screen.geometry import Rect
    from kiosk.screen.layout.blocks import Block


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page with the blocks that go there."""

    area: Rect
    blocks: tuple[Block, ...]
    gap_px: int
    lead: float  # share of unused room above the blocks

    @property
    def overflow_px(self) -> int:
        """How much room is missing."""
        return max(0, least_height(self.blocks, self.gap_px) - self.area.h)


def drop_overflow(region: Region) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Leave out blocks from the end that nobody can touch, rather than paint over others."""
    blocks = list(region.blocks)
    dropped: list[str] = []
    while least_height(blocks, region.gap_px) > region.area.h and blocks:
        silent = [block for block in blocks if not block.touchable]
        victim = silent[-1] if silent else blocks[-1]
        blocks.remove(victim)
        dropped.append(victim.id)
    return tuple(blocks), tuple(dropped)
