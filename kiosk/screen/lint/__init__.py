"""What must hold for every page that may stand on a kiosk, whatever the scene, language, size and theme.

places.py checks where things stand, words.py their sizes and lines, colours.py contrast in the theme, and
between.py what a scene and its page owe each other. Each rule yields findings; a page without any is sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.screen.lint.between import lint_between
from kiosk.screen.lint.colours import lint_colours
from kiosk.screen.lint.parts import Finding
from kiosk.screen.lint.places import MOST_CHOICES, lint_places
from kiosk.screen.lint.words import lint_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.screen.metrics import Metrics, TextStyle
    from kiosk.screen.page import Page

__all__ = ["MOST_CHOICES", "Finding", "lint", "lint_between", "lint_colours", "lint_layout"]


def lint(page: Page, metrics: Metrics, measure: Callable[[str, TextStyle], int]) -> tuple[Finding, ...]:
    """Everything that the page alone shows to be wrong."""
    return (*lint_layout(page, metrics, measure), *lint_colours(page))


def lint_layout(
    page: Page, metrics: Metrics, measure: Callable[[str, TextStyle], int]
) -> tuple[Finding, ...]:
    """All that does not depend on the theme."""
    return (*lint_places(page, metrics, measure), *lint_words(page, metrics))
