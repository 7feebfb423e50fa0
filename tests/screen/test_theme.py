"""Contrast is computed, not believed."""

from __future__ import annotations

import pytest

from kiosk.scene.contract import Theme
from kiosk.screen.theme import PALETTES, Colour, contrast

_TEXT_PAIRS = (
    *((ink, ground) for ink in (Colour.INK, Colour.QUIET) for ground in (Colour.PAGE, Colour.CARD)),
    (Colour.INK, Colour.TINT),
    (Colour.PRIMARY, Colour.PAGE),
    (Colour.PRIMARY, Colour.CARD),
    (Colour.PRIMARY, Colour.TINT),
    (Colour.ON_PRIMARY, Colour.PRIMARY),
    (Colour.ON_PRIMARY, Colour.PRIMARY_PRESSED),
    (Colour.ON_BAND, Colour.BAND),
    (Colour.ON_DANGER, Colour.DANGER),
    (Colour.ON_GOOD, Colour.GOOD),
    (Colour.ON_NOTICE, Colour.NOTICE),
)


def test_the_scale_of_contrast_runs_from_1_to_21() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((9, 9, 9), (9, 9, 9)) == pytest.approx(1)


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize(("ink", "ground"), _TEXT_PAIRS)
def test_every_text_keeps_seven_to_one(theme: Theme, ink: Colour, ground: Colour) -> None:
    palette = PALETTES[theme]

    assert contrast(palette[ink], palette[ground]) >= 7.0


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("ground", [Colour.PAGE, Colour.CARD])
def test_every_border_keeps_three_to_one(theme: Theme, ground: Colour) -> None:
    palette = PALETTES[theme]

    assert contrast(palette[Colour.BORDER], palette[ground]) >= 3.0


def test_body_text_keeps_ten_to_one_by_default() -> None:
    palette = PALETTES[Theme.STANDARD]

    assert contrast(palette[Colour.INK], palette[Colour.PAGE]) >= 10.0
