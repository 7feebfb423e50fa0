"""Pixels: the same every time, and no others than those that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame
import pytest

from kiosk.scene.contract import Language, Role, TextSize, Theme
from kiosk.screen.figures import PICTURES
from kiosk.screen.icons import ICONS, draw_icon
from kiosk.screen.pictures import draw_picture
from kiosk.screen.stage import Stage
from kiosk.screen.strokes import PathError, parse_path
from tests.screen.gallery import PORTRAIT, Studio, panel
from tests.screen.samples import dressed, sample, sample_scenes

if TYPE_CHECKING:
    from pathlib import Path


def _pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


@pytest.fixture(name="stage")
def make_stage(fonts: Path) -> tuple[Stage, pygame.Surface]:
    surface = pygame.Surface(PORTRAIT[:2])
    return Stage(surface, panel(PORTRAIT, fonts)), surface


def test_the_same_scene_gives_the_same_pixels(fonts: Path) -> None:
    first, second = (Studio(panel(PORTRAIT, fonts)) for _ in range(2))
    scene = sample("who_you_are")

    assert _pixels(first.paint(first.lay_out(scene))) == _pixels(second.paint(second.lay_out(scene)))


def test_a_page_painted_over_another_looks_as_if_painted_alone(
    stage: tuple[Stage, pygame.Surface], portrait: Studio
) -> None:
    shown, surface = stage
    scenes = sample_scenes(Language.ZH)

    for scene in (*scenes[:12:2], scenes[-1], scenes[11], *scenes[-4:-2]):
        shown.show(shown.compose(scene), "")
        assert _pixels(surface) == _pixels(portrait.paint(portrait.lay_out(scene))), scene.name


def test_pressed_feedback_changes_the_control_and_nothing_else(
    stage: tuple[Stage, pygame.Surface],
) -> None:
    shown, surface = stage
    page = shown.compose(sample("preview"))
    shown.show(page, "")

    for target in page.targets:
        before = surface.copy()
        areas = shown.press(target.id)
        changed = _changed_rect(before, surface)
        assert areas == (target.rect,)
        assert changed.w > 0, target.id
        assert pygame.Rect(target.rect).contains(changed), target.id
        shown.press("")
        assert _pixels(surface) == _pixels(before)


@pytest.mark.parametrize("theme", list(Theme))
def test_pressed_feedback_shows_on_every_kind_of_control(portrait: Studio, theme: Theme) -> None:
    for name in ("home", "preview", "warning", "purpose"):
        page = portrait.lay_out(dressed(sample(name), TextSize.NORMAL, theme))
        plain = portrait.paint(page)
        for target in page.targets:
            assert _changed_rect(plain, portrait.paint(page, target.id)).w > 0, (name, target.id)


def test_a_clock_tick_repaints_only_the_clock(stage: tuple[Stage, pygame.Surface]) -> None:
    shown, _ = stage
    page = shown.compose(sample("home"))
    shown.show(page, "")
    later = sample("home", Language.ZH)
    band = next(node for node in page.nodes if node.role is Role.BAND)

    areas = shown.show(shown.compose(later), "")

    assert areas == ()
    assert band.rect.h < page.size.h // 10


def test_a_paper_is_forgotten_with_its_page(stage: tuple[Stage, pygame.Surface]) -> None:
    shown, _ = stage
    shown.show(shown.compose(sample("preview")), "")
    kept = len(shown._painter._rasters)

    shown.show(shown.compose(sample("take_card")), "")

    assert (kept, len(shown._painter._rasters)) == (1, 0)


def test_every_icon_and_picture_can_be_drawn_and_shows_something() -> None:
    for name in ICONS:
        assert pygame.mask.from_surface(draw_icon(name, 40, (0, 0, 0))).count() > 20, name
    for name in PICTURES:
        drawn = draw_picture(name, (150, 100), Theme.STANDARD)
        assert len({tuple(drawn.get_at((x, y))) for x in range(0, 150, 3) for y in range(0, 100, 3)}) > 3, (
            name
        )


def test_an_unknown_icon_is_a_plain_box_and_no_crash() -> None:
    assert pygame.mask.from_surface(draw_icon("nobody-drew-this", 40, (0, 0, 0))).count() > 20


@pytest.mark.parametrize("path", ["Q 1 2", "M 1", "L", "M 1 H"])
def test_a_damaged_path_is_an_error(path: str) -> None:
    with pytest.raises(PathError):
        parse_path(path)


def _changed_rect(before: pygame.Surface, after: pygame.Surface) -> pygame.Rect:
    """The box around all pixels that differ."""
    difference = before.copy()
    difference.blit(after, (0, 0), special_flags=pygame.BLEND_SUB)
    other = after.copy()
    other.blit(before, (0, 0), special_flags=pygame.BLEND_SUB)
    difference.blit(other, (0, 0), special_flags=pygame.BLEND_ADD)
    mask = pygame.mask.from_threshold(difference, (0, 0, 0), (1, 1, 1, 255))
    mask.invert()
    boxes = mask.get_bounding_rects()
    return boxes[0].unionall(boxes[1:]) if boxes else pygame.Rect(0, 0, 0, 0)
