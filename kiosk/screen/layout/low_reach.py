"""Low reach: what can be touched stands in the lower half, what is only read above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.scene.nodes import walk
from kiosk.screen.geometry import Rect
from kiosk.screen.layout.blocks import Block, least_height
from kiosk.screen.layout.contents import compose_nodes
from kiosk.screen.layout.regions import Region
from kiosk.screen.metrics import CARD_GAP_MM, MARGIN_MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Node
    from kiosk.screen.layout.contents import Plan
    from kiosk.screen.layout.ruler import Ruler

LEFT_SHARE = 0.42  # of a landscape page, for the question
_LEAD = 0.35  # of the room that nobody uses, above what is only read


def stands_apart(nodes: Sequence[Node]) -> bool:
    """True where there is something to touch in the content."""
    return any(_can_be_touched(node) for node in nodes)


def question_width(nodes: Sequence[Node], ruler: Ruler, width: int) -> int:
    """All the width, unless something to read stands at its right."""
    beside = ruler.metrics.is_landscape and not all(_can_be_touched(node) for node in nodes)
    return round(width * LEFT_SHARE) if beside else width


def low_regions(
    nodes: Sequence[Node], heads: Sequence[tuple[Block, ...]], plan: Plan, area: Rect
) -> list[Region]:
    """Regions of a page whose content has something to touch. `heads` are the steps and the question."""
    ruler = plan.ruler
    silent = [node for node in nodes if not _can_be_touched(node)]
    low = tuple(compose_nodes([node for node in nodes if _can_be_touched(node)], plan, area.w))
    steps, question = heads
    steps_px = least_height(steps, 0)
    top = area.y + (steps_px + ruler.space(9) if steps else 0)
    rest = Rect(area.x, top, area.w, 0)
    upper = [_question_alone(question, ruler, rest)]
    if silent:
        upper = (_beside if ruler.metrics.is_landscape else _below)(silent, question, plan, rest)
    needed = max(region.area.y + least_height(region.blocks, region.gap_px) for region in upper)
    half = max(ruler.metrics.height_px // 2, ruler.metrics.reach_top_px, needed + ruler.space(8))
    return [
        Region(Rect(area.x, area.y, area.w, steps_px), steps, 0, 0.0),
        *(_down_to(region, half - ruler.space(8)) for region in upper),
        Region(Rect(area.x, half, area.w, area.bottom - half), low, ruler.space(CARD_GAP_MM), 0.0),
    ]


def _can_be_touched(node: Node) -> bool:
    return any(each.action for each in walk((node,)))


def _down_to(region: Region, bottom: int) -> Region:
    """The region with all the room down to `bottom`, where its height is still open."""
    if region.area.h:
        return region
    x, y, width, _ = region.area
    return Region(Rect(x, y, width, bottom - y), region.blocks, region.gap_px, region.lead)


def _question_alone(question: tuple[Block, ...], ruler: Ruler, area: Rect) -> Region:
    """Near what is asked, where nothing else is to be read."""
    return Region(area, question, ruler.space(8), 1.0)


def _below(silent: Sequence[Node], question: tuple[Block, ...], plan: Plan, area: Rect) -> list[Region]:
    """Portrait: what is read below the question."""
    ruler = plan.ruler
    gap = ruler.space(8)
    height = least_height(question, gap)
    top = area.y + height + (ruler.space(10) if height else 0)
    read = tuple(compose_nodes(silent, plan, area.w))
    return [
        Region(Rect(area.x, area.y, area.w, height), question, gap, 0.0),
        Region(Rect(area.x, top, area.w, 0), read, ruler.space(CARD_GAP_MM), _LEAD),
    ]


def _beside(silent: Sequence[Node], question: tuple[Block, ...], plan: Plan, area: Rect) -> list[Region]:
    """Landscape: what is read at the right of the question."""
    ruler = plan.ruler
    left = round(area.w * LEFT_SHARE)
    right = area.w - left - ruler.mm(MARGIN_MM)
    read = tuple(compose_nodes(silent, plan, right))
    return [
        Region(Rect(area.x, area.y, left, 0), question, ruler.space(7), 0.0),
        Region(Rect(area.right - right, area.y, right, 0), read, ruler.space(CARD_GAP_MM), 0.0),
    ]
