"""What must hold for every laid-out page, whatever the scene, language, size of text and theme."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.screen.metrics import CAP_PER_EM, LEAST_CAP_MM, PRIMARY_MM, TARGET_GAP_MM, TARGET_MM
from kiosk.screen.page import Icon, Panel, Picture, Raster, Words
from kiosk.screen.theme import PALETTES, Colour, contrast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.screen.geometry import Rect
    from kiosk.screen.metrics import Metrics, TextStyle
    from kiosk.screen.page import Page, Placed

MOST_CHOICES = 7
TEXT_CONTRAST = 7.0  # WCAG 2.2, 1.4.6
SIGN_CONTRAST = 3.0  # WCAG 2.2, 1.4.11: icons and borders of controls

_CONTAINERS = frozenset(
    (Role.BAND, Role.STEPS, Role.FIELDS, Role.STEPPER, Role.KEYPAD, Role.SPOTS, Role.FOOT, Role.DIALOG)
)
_ROUNDING_PX = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule and the node that breaks it."""

    rule: str
    node: str


def lint(page: Page, metrics: Metrics, measure: Callable[[str, TextStyle], int]) -> tuple[Finding, ...]:
    """Everything that is wrong with the page; nothing, if it may stand on a kiosk."""
    return (
        *(Finding("no_room", node) for node in page.overfull),
        *_check_controls(page, metrics),
        *_check_gaps(page, metrics),
        *_check_contrast(page),
        *_check_grounds(page),
        *_check_clipping(page, metrics, measure),
        *_check_overlaps(page),
        *_check_choices(page),
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


def _check_gaps(page: Page, metrics: Metrics) -> Iterator[Finding]:
    least = metrics.mm(TARGET_GAP_MM) - _ROUNDING_PX
    for first, second in combinations(page.targets, 2):
        if first.rect.gap_to(second.rect) < least:
            yield Finding("gap_small", second.id)


def _check_contrast(page: Page) -> Iterator[Finding]:
    palette = PALETTES[page.theme]
    for node in page.nodes:
        for part in node.parts:
            match part:
                case Words() if contrast(palette[part.colour], palette[part.on]) < TEXT_CONTRAST:
                    yield Finding("text_contrast", node.id)
                case Icon() if contrast(palette[part.colour], palette[part.on]) < SIGN_CONTRAST:
                    yield Finding("icon_contrast", node.id)
                case Panel(border=Colour() as border) if node.is_touchable:
                    if contrast(palette[border], palette[Colour.PAGE]) < SIGN_CONTRAST:
                        yield Finding("border_contrast", node.id)
                case _:
                    pass


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


def _check_clipping(
    page: Page, metrics: Metrics, measure: Callable[[str, TextStyle], int]
) -> Iterator[Finding]:
    """Everything lies inside its node, every node on the page, every line in its width."""
    least_px = metrics.mm(LEAST_CAP_MM / CAP_PER_EM)
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
                if part.style.size_px < least_px:
                    yield Finding("text_small", node.id)


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
