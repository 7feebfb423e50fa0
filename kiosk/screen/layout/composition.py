"""From a scene to a laid-out page: what does not fit becomes denser, then two columns, then smaller text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role, TextSize
from kiosk.screen.geometry import Rect
from kiosk.screen.layout.blocks import Block, least_height, stack
from kiosk.screen.layout.contents import Columns, Plan, compose_nodes
from kiosk.screen.layout.dialog import place_dialog
from kiosk.screen.layout.foot import foot_height, place_foot
from kiosk.screen.layout.head import band_height, compose_help, compose_steps, compose_title, place_band
from kiosk.screen.layout.low_reach import LEFT_SHARE, low_regions, question_width, stands_apart
from kiosk.screen.layout.regions import Region, drop_overflow
from kiosk.screen.layout.ruler import Ruler
from kiosk.screen.metrics import CARD_GAP_MM, MARGIN_MM, TYPE_SCALES
from kiosk.screen.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.scene.contract import Node, Scene, Text
    from kiosk.screen.layout.ruler import Wrapping
    from kiosk.screen.metrics import Metrics, TextStyle
    from kiosk.screen.page import Placed

_SIZES = tuple(TextSize)
_DENSITIES = (1.0, 0.75, 0.55)
_BULK = frozenset(
    (
        *(Role.CHOICE, Role.FIELDS, Role.PAPER, Role.STEPPER, Role.TEXT, Role.PROGRESS, Role.NUMBER),
        *(Role.KEYPAD, Role.SPOTS, Role.ENTRY),
    )
)
_PORTRAIT_LEAD = 0.35  # of the room that nobody uses, above the content


@dataclass(frozen=True, slots=True)
class Typesetter:
    """What every page of one panel and one language is set with.

    What was measured for a page is forgotten with it, for it may name somebody; `remembers` keeps it, for
    whoever sets many pages that name nobody.
    """

    metrics: Metrics
    say: Callable[[Text | None], str]
    measure: Callable[[str, TextStyle], int]
    remembers: bool = False
    wrapped: dict[Wrapping, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def ruler(self, size: TextSize, spacing: float) -> Ruler:
        """The ruler for a size of text and a density."""
        return Ruler(self.metrics, TYPE_SCALES[size], spacing, self.say, self.measure, self.wrapped)


def lay_out(scene: Scene, typesetter: Typesetter) -> Page:
    """Place every node of the scene. `Page.overfull` names what found no room even at the smallest size."""
    if not typesetter.remembers:
        # The attempts measure the same words again and again.
        typesetter = replace(typesetter, measure=lru_cache(maxsize=None)(typesetter.measure), wrapped={})
    page = Rect(0, 0, typesetter.metrics.width_px, typesetter.metrics.height_px)
    fixed = typesetter.ruler(scene.text_size, 1.0)
    band = _first(scene, Role.BAND)
    foot = _first(scene, Role.FOOT)
    below = typesetter.ruler(_foot_size(scene, typesetter), 1.0)
    top = band_height(fixed) if band else 0
    bottom = page.h - foot_height(foot, below)
    regions = _fit_regions(scene, typesetter, Rect(0, top, page.w, bottom - top))
    nodes: list[Placed] = []
    if band:
        nodes += place_band(band, fixed, Rect(0, 0, page.w, top))
    overfull: list[str] = []
    for region in regions:
        kept, dropped = drop_overflow(region)
        overfull += dropped
        nodes += stack(kept, region.area, region.gap_px, region.lead)
    if foot and foot.children:
        nodes += place_foot(foot, below, Rect(0, bottom, page.w, page.h - bottom))
    dialog = _first(scene, Role.DIALOG)
    if dialog:
        nodes += place_dialog(dialog, fixed, page)
    return Page(
        scene.name,
        scene.seq,
        scene.theme,
        page,
        tuple(nodes),
        tuple(overfull),
        text_size=scene.text_size,
        low_reach=scene.low_reach,
        anywhere=scene.anywhere,
    )


def _foot_size(scene: Scene, typesetter: Typesetter) -> TextSize:
    """The half of a wide page is low: the largest text would leave no room for what is chosen."""
    too_large = scene.low_reach and typesetter.metrics.is_landscape and scene.text_size is TextSize.LARGEST
    return TextSize.LARGE if too_large else scene.text_size


def _fit_regions(scene: Scene, typesetter: Typesetter, middle: Rect) -> list[Region]:
    """The first plan in which everything has room; else the last."""
    regions: list[Region] = []
    low = scene.low_reach and stands_apart(_content_nodes(scene))
    build = _landscape_regions if typesetter.metrics.is_landscape else _portrait_regions
    if low:
        build = _low_regions
    for plan in _plans(scene.text_size, typesetter, low=low):
        regions = build(scene, plan, middle)
        if not any(region.overflow_px for region in regions):
            break
    return regions


def _plans(size: TextSize, typesetter: Typesetter, *, low: bool) -> Iterator[Plan]:
    """Attempts from the roomiest to the densest. Half a page takes more columns before smaller text."""
    wide = typesetter.metrics.is_landscape
    ways: tuple[Columns, ...] = (Columns.SHORT, Columns.FITTING)
    if low:
        ways = (Columns.FOUR,) if wide else (*ways, Columns.ALWAYS)
    for smaller in reversed(_SIZES[: _SIZES.index(size) + 1]):
        for columns in ways:
            for spacing in _DENSITIES:
                yield Plan(typesetter.ruler(smaller, spacing), columns)
        if wide and not low and smaller is TextSize.NORMAL:
            # Rather than words that are smaller than by default.
            for spacing in _DENSITIES:
                yield Plan(typesetter.ruler(smaller, spacing), Columns.ALWAYS)
                yield Plan(typesetter.ruler(smaller, spacing), Columns.ALWAYS, notices_right=True)
    if not (low and wide):
        yield Plan(typesetter.ruler(_SIZES[0], _DENSITIES[-1]), Columns.ALWAYS)


def _low_regions(scene: Scene, plan: Plan, middle: Rect) -> list[Region]:
    ruler = plan.ruler
    margin, above = ruler.mm(MARGIN_MM), ruler.space(7)
    area = Rect(margin, middle.y + above, middle.w - 2 * margin, middle.h - above - ruler.space(5))
    question_px = question_width(_content_nodes(scene), ruler, area.w)
    heads = (
        tuple(_compose_steps(scene, ruler, area.w)),
        tuple(_compose_question(scene, ruler, question_px)),
    )
    return low_regions(_content_nodes(scene), heads, plan, area)


def _portrait_regions(scene: Scene, plan: Plan, middle: Rect) -> list[Region]:
    ruler = plan.ruler
    margin = ruler.mm(MARGIN_MM)
    area = Rect(
        margin, middle.y + ruler.space(8), middle.w - 2 * margin, middle.h - ruler.space(8) - ruler.space(9)
    )
    head = tuple(_compose_head(scene, ruler, area.w))
    gap = ruler.space(8)
    head_px = least_height(head, gap)
    content = tuple(_compose_content(scene, plan, area.w))
    top = area.y + head_px + (ruler.space(10) if head_px else 0)
    if any(block.touchable for block in content):
        top = max(top, ruler.metrics.reach_top_px)
    body = Rect(area.x, top, area.w, area.bottom - top)
    return [
        Region(Rect(area.x, area.y, area.w, head_px), head, gap, 0.0),
        Region(body, content, ruler.space(CARD_GAP_MM + 2), _PORTRAIT_LEAD),
    ]


def _landscape_regions(scene: Scene, plan: Plan, middle: Rect) -> list[Region]:
    """The question and the figure left, what is chosen from right."""
    ruler = plan.ruler
    margin, gap = ruler.mm(MARGIN_MM), ruler.space(7)
    area = middle.inset(margin, ruler.space(7))
    steps = tuple(_compose_steps(scene, ruler, area.w))
    top = area.y + (steps[0].min_px + ruler.space(9) if steps else 0)
    left = Rect(area.x, top, round(area.w * LEFT_SHARE), area.bottom - top)
    right_x = left.right + ruler.mm(MARGIN_MM)
    right = Rect(right_x, top, area.right - right_x, left.h)
    beside, bulk = _split_content(scene, notices_right=plan.notices_right)
    head = [*_compose_question(scene, ruler, left.w), *compose_nodes(beside, plan, left.w)]
    body = tuple(compose_nodes(bulk, plan, right.w))
    if any(block.touchable for block in body):
        reach = max(right.y, ruler.metrics.reach_top_px)
        right = Rect(right.x, reach, right.w, right.bottom - reach)
    return [
        Region(Rect(area.x, area.y, area.w, steps[0].min_px if steps else 0), steps, 0, 0.0),
        Region(left, tuple(head), gap, 0.0),
        Region(right, body, ruler.space(CARD_GAP_MM), 0.0),
    ]


def _split_content(scene: Scene, *, notices_right: bool) -> tuple[list[Node], list[Node]]:
    """What stands beside the question, and what fills the right side of a landscape page."""
    nodes = _content_nodes(scene)
    if any(node.role is Role.PAPER for node in nodes):
        bulk = [node for node in nodes if node.role is Role.PAPER]
    else:
        bulk = [node for node in nodes if node.role in _BULK]
    if all(node.role is Role.PROGRESS for node in bulk):
        # A figure with the progress of what it shows, or nothing else at all.
        bulk = [node for node in nodes if node.role in {Role.PICTURE, Role.PROGRESS}]
    if notices_right:
        bulk += [node for node in nodes if node.role is Role.NOTICE and node not in bulk]
    return [node for node in nodes if node not in bulk], bulk


def _compose_head(scene: Scene, ruler: Ruler, width: int) -> Iterator[Block]:
    yield from _compose_steps(scene, ruler, width)
    yield from _compose_question(scene, ruler, width)


def _compose_steps(scene: Scene, ruler: Ruler, width: int) -> Iterator[Block]:
    steps = _first(scene, Role.STEPS)
    if steps and steps.children:
        yield compose_steps(steps, ruler, width)


def _compose_question(scene: Scene, ruler: Ruler, width: int) -> Iterator[Block]:
    announces = ruler.spacing == _DENSITIES[0] and _only_announces(scene)
    for node in scene.nodes:
        if node.role is Role.TITLE:
            yield compose_title(node, ruler, width, announces=announces)
        elif node.role is Role.HELP:
            yield compose_help(node, ruler, width, announces=announces)


def _only_announces(scene: Scene) -> bool:
    """True for a page outside the steps of a task that shows a figure and nothing to choose from."""
    roles = {node.role for node in _content_nodes(scene)}
    return roles <= {Role.PICTURE} and not any(node.role is Role.STEPS for node in scene.nodes)


def _content_nodes(scene: Scene) -> list[Node]:
    return [child for node in scene.nodes if node.role is Role.CONTENT for child in node.children]


def _compose_content(scene: Scene, plan: Plan, width: int) -> Iterator[Block]:
    return compose_nodes(_content_nodes(scene), plan, width)


def _first(scene: Scene, role: Role) -> Node | None:
    return next((node for node in scene.nodes if node.role is role), None)
