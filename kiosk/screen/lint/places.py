"""Where things stand: size, reach, distance, order, clipping, overlaps, number of choices."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.screen.focus import in_order
from kiosk.screen.lint.parts import Finding
from kiosk.screen.metrics import PRIMARY_MM, TARGET_GAP_MM, TARGET_MM
from kiosk.screen.page import Icon, Panel, Picture, Raster, Words
from kiosk.screen.theme import Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.screen.geometry import Rect
    from kiosk.screen.metrics import Metrics, TextStyle
    from kiosk.screen.page import Page, Placed

MOST_CHOICES = 7

_CONTAINERS = frozenset(
    (
        Role.BAND,
        Role.STEPS,
        Role.FIELDS,
        Role.STEPPER,
        Role.KEYPAD,
        Role.ENTRY,
        Role.SPOTS,
        Role.FOOT,
        Role.DIALOG,
    )
)
_ROUNDING_PX = 1


def lint_places(
    page: Page, metrics: Metrics, measure: Callable[[str, TextStyle], int]
) -> tuple[Finding, ...]:
    """Everything that stands where it must not."""
    return (
        *(Finding("no_room", node) for node in page.overfull),
        *_check_controls(page, metrics),
        *_check_gaps(page, metrics),
        *_check_order(page),
        *_check_clipping(page, measure),
        *_check_overlaps(page),
        *_check_choices(page),
        *_check_grounds(page),
    )


def _check_controls(page: Page, metrics: Metrics) -> Iterator[Finding]:
    """Each control has words, is large enough, and lies in reach."""
    for node in page.nodes:
        if not node.action:
            continue
        if not node.label.strip():
            yield Finding("no_label", node.id)
        least = metrics.mm(TARGET_MM) - _ROUNDING_PX
        least_height = metrics.mm(PRIMARY_MM) - _ROUNDING_PX if node.role is Role.PRIMARY else least
        if node.rect.w < least or node.rect.h < least_height:
            yield Finding("target_small", node.id)
        if node.rect.y < metrics.reach_top_px:
            yield Finding("out_of_reach", node.id)
        if page.low_reach and node.rect.y < page.size.h // 2:
            yield Finding("not_low", node.id)


def _check_gaps(page: Page, metrics: Metrics) -> Iterator[Finding]:
    least = metrics.mm(TARGET_GAP_MM) - _ROUNDING_PX
    for first, second in combinations(page.targets, 2):
        if first.rect.gap_to(second.rect) < least:
            yield Finding("gap_small", second.id)


def _check_order(page: Page) -> Iterator[Finding]:
    """Who goes from target to target goes down a column, and to the right along a row."""
    for first, second in pairwise(in_order(page)):
        above = second.rect.bottom <= first.rect.y and _share_columns(first, second)
        before = second.rect.right <= first.rect.x and _share_rows(first, second)
        if above or before:
            yield Finding("focus_order", second.id)


def _share_columns(first: Placed, second: Placed) -> bool:
    return first.rect.x < second.rect.right and second.rect.x < first.rect.right


def _share_rows(first: Placed, second: Placed) -> bool:
    return first.rect.y < second.rect.bottom and second.rect.y < first.rect.bottom


def _check_clipping(page: Page, measure: Callable[[str, TextStyle], int]) -> Iterator[Finding]:
    """Everything lies inside its node, every node on the page, every line in its width."""
    for node in page.nodes:
        if not page.size.holds(node.rect):
            yield Finding("off_page", node.id)
        for part in node.parts:
            if not node.rect.holds(part.rect):
                yield Finding("part_outside", node.id)
            if isinstance(part, Words):
                if any(measure(line, part.style) > part.rect.w for line in part.lines):
                    yield Finding("line_cut", node.id)
                if part.rect.h < len(part.lines) * part.style.size_px:
                    yield Finding("lines_collide", node.id)


def _check_overlaps(page: Page) -> Iterator[Finding]:
    for first, second in combinations(page.nodes, 2):
        apart = first.in_dialog != second.in_dialog or not first.rect.overlaps(second.rect)
        if not apart and not _is_inside(first, second):
            yield Finding("overlap", second.id)
    for node in page.nodes:
        drawn = [part.rect for part in node.parts if isinstance(part, Words | Icon | Picture | Raster)]
        if any(one.overlaps(other) for one, other in combinations(drawn, 2)):
            yield Finding("overlap_inside", node.id)


def _is_inside(container: Placed, node: Placed) -> bool:
    return container.role in _CONTAINERS and container.rect.holds(node.rect)


def _check_choices(page: Page) -> Iterator[Finding]:
    choices = [node for node in page.nodes if node.role is Role.CHOICE]
    if len(choices) > MOST_CHOICES:
        yield Finding("too_many_choices", choices[MOST_CHOICES].id)


def _check_grounds(page: Page) -> Iterator[Finding]:
    """Words and icons stand on the colour that they were made for."""
    painted: list[tuple[Rect, Colour | None]] = []
    for node in page.nodes:
        for part in node.parts:
            if isinstance(part, Panel):
                painted.append((part.rect, part.fill))
            elif isinstance(part, Words | Icon):
                below = (fill for rect, fill in reversed(painted) if rect.overlaps(part.rect))
                if next(below, Colour.PAGE) is not part.on:
                    yield Finding("ground", node.id)
