"""Contrast of everything that is read, recognised or touched, in the theme of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.scene.contract import Theme
from kiosk.screen.lint.parts import Finding, body_of
from kiosk.screen.page import Icon, Panel, Words
from kiosk.screen.theme import PALETTES, Colour, contrast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.screen.page import Page
    from kiosk.screen.theme import Palette, Rgb

TEXT_CONTRAST = 7.0  # WCAG 2.2, 1.4.6
BODY_CONTRAST = 10.0  # VVSG 2.0, 7.1-C: by default
SIGN_CONTRAST = 3.0  # WCAG 2.2, 1.4.11: icons, borders of controls, the ring of the focus
_GROUNDS = (Colour.PAGE, Colour.CARD)  # what controls stand on


def lint_colours(page: Page) -> tuple[Finding, ...]:
    """All that depends on the theme."""
    palette = PALETTES[page.theme]
    return (
        *_check_contrast(page, palette),
        *_check_body(page, palette),
        *check_ring(palette),
    )


def check_ring(palette: Palette) -> Iterator[Finding]:
    """One of the two rings around what has the focus can be seen on every ground that controls stand on."""
    for ground in _GROUNDS:
        rings = (contrast(palette[ring], palette[ground]) for ring in (Colour.FOCUS, Colour.FOCUS_INSIDE))
        if max(rings) < SIGN_CONTRAST:
            yield Finding("ring_contrast", ground.value)


def _check_contrast(page: Page, palette: Palette) -> Iterator[Finding]:
    for node in page.nodes:
        for part in node.parts:
            match part:
                case Words() if contrast(palette[part.colour], palette[part.on]) < TEXT_CONTRAST:
                    yield Finding("text_contrast", node.id)
                case Icon() if contrast(palette[part.colour], palette[part.on]) < SIGN_CONTRAST:
                    yield Finding("icon_contrast", node.id)
                case _:
                    pass
        edge = next((part.border or part.fill for part in node.parts if isinstance(part, Panel)), None)
        if edge and node.is_touchable and not _shows(palette[edge], palette):
            yield Finding("border_contrast", node.id)


def _shows(edge: Rgb, palette: Palette) -> bool:
    """A control is told apart from whatever it may stand on by its border, or by its colour without one."""
    return all(contrast(edge, palette[ground]) >= SIGN_CONTRAST for ground in _GROUNDS)


def _check_body(page: Page, palette: Palette) -> Iterator[Finding]:
    if page.theme is not Theme.STANDARD:
        return
    for node in page.nodes:
        body = body_of(node) if node.enabled else None
        if body and contrast(palette[body.colour], palette[body.on]) < BODY_CONTRAST:
            yield Finding("body_contrast", node.id)
