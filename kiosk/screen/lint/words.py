"""Sizes of words, texts that are missing, and where Chinese lines may begin and end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kiosk.scene.contract import TextSize
from kiosk.screen.lint.parts import Finding, body_of
from kiosk.screen.metrics import CAP_PER_EM, LEAST_CAP_MM
from kiosk.screen.page import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.screen.metrics import Metrics
    from kiosk.screen.page import Page, Placed

BODY_CAP_MM = 7.3  # EN 301 549, 5.1.4, at 600 mm; by default
NEVER_FIRST = frozenset("、，。．：；？！）」』】》”")
NEVER_LAST = frozenset("（「『【《“")
MISSING = "⟦"  # stands for a text that the catalogue of this language lacks
_ROUNDING_PX = 1


def lint_words(page: Page, metrics: Metrics) -> Iterator[Finding]:
    """Every rule of words that the page alone can show."""
    least = metrics.mm(LEAST_CAP_MM / CAP_PER_EM)
    for node in page.nodes:
        words = [part for part in node.parts if isinstance(part, Words)]
        if MISSING in node.label or any(MISSING in line for part in words for line in part.lines):
            yield Finding("text_missing", node.id)
        for part in words:
            if part.style.size_px < least:
                yield Finding("text_small", node.id)
            yield from _check_breaks(node, part)
        yield from _check_body(page, node, metrics)


def _check_breaks(node: Placed, words: Words) -> Iterator[Finding]:
    lines = [line for line in words.lines if line]
    for line, following in pairwise(lines):
        if following[0] in NEVER_FIRST:
            yield Finding("line_start", node.id)
        if line[-1] in NEVER_LAST:
            yield Finding("line_end", node.id)


def _check_body(page: Page, node: Placed, metrics: Metrics) -> Iterator[Finding]:
    """By default the body is this large; half a page, and who wants them small, may have smaller words."""
    if page.text_size is TextSize.SMALL or page.low_reach:
        return
    body = body_of(node)
    if body and body.style.size_px < metrics.mm(BODY_CAP_MM / CAP_PER_EM) - _ROUNDING_PX:
        yield Finding("body_small", node.id)
