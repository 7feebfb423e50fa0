"""Renders samples and pages of the flow into pictures: python -m tests.screen.gallery OUT [filter].

The pages of the flow are those of tests/flow/situations.py; their pictures are named flow-NAME-NUMBER.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from kiosk.flow.view import view
from kiosk.flow.world import Preferences
from kiosk.scene.contract import Language, TextSize, Theme
from kiosk.screen.catalogue import Catalogues
from kiosk.screen.fonts import FontBook
from kiosk.screen.layout.composition import Typesetter, lay_out
from kiosk.screen.metrics import measure_panel
from kiosk.screen.painter import Painter
from kiosk.screen.settings import ScreenSettings
from tests.flow.bench_situations import bench_words
from tests.flow.situations import QUIET, every_state
from tests.screen.samples import dressed, sample_scenes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.scene.contract import Scene
    from kiosk.screen.page import Page

PORTRAIT = (1080, 1920, 268.0, 476.0)
LANDSCAPE = (1920, 1080, 476.0, 268.0)
SHAPES = {"portrait": PORTRAIT, "landscape": LANDSCAPE}


def panel(shape: tuple[int, int, float, float], fonts: Path, bottom_mm: float = 800.0) -> ScreenSettings:
    """Settings of a panel of this shape."""
    width, height, across, down = shape
    return ScreenSettings(width, height, across, down, bottom_mm, fullscreen=False, font_dir=fonts)


class Studio:
    """Lays out and paints scenes for one panel, without a window."""

    def __init__(self, settings: ScreenSettings) -> None:
        pygame.font.init()
        self.fonts = FontBook(settings.font_dir)
        self.metrics = measure_panel(settings)
        self.painter = Painter(self.fonts)
        self._catalogues = Catalogues()

    def lay_out(self, scene: Scene) -> Page:
        """The page of a scene."""
        say = self._catalogues.of(scene.language).say
        return lay_out(scene, Typesetter(self.metrics, say, self.fonts.measure))

    def paint(self, page: Page, pressed: str = "") -> pygame.Surface:
        """The whole page as a surface."""
        surface = pygame.Surface((page.size.w, page.size.h))
        self.painter.paint(surface, page, [page.size], pressed)
        return surface


def main() -> None:
    """Write one PNG per sample, size and orientation."""
    out, wanted = Path(sys.argv[1]), sys.argv[2:]
    out.mkdir(parents=True, exist_ok=True)
    fonts = Path(__file__).resolve().parents[2] / "var" / "fonts"
    for shape_name, shape in SHAPES.items():
        studio = Studio(panel(shape, fonts))
        for language in Language:
            for size, theme in (
                (TextSize.NORMAL, Theme.STANDARD),
                (TextSize.LARGEST, Theme.CONTRAST_DARK),
            ):
                for scene in (*sample_scenes(language), *_flow_scenes(language, size)):
                    name = f"{shape_name[0]}-{language.value[:2]}-{size.value}-{scene.name}"
                    if all(word in name for word in wanted):
                        page = studio.lay_out(dressed(scene, size, theme))
                        pygame.image.save(studio.paint(page), out / f"{name}.png")


def _flow_scenes(language: Language, size: TextSize) -> Iterator[Scene]:
    """Each page of the flow that looks different, numbered within its name."""
    seen: list[Scene] = []
    for state in (*every_state(), *bench_words(QUIET)):
        scene = view(replace(state, preferences=Preferences(language, size)))
        if scene not in seen:
            seen.append(scene)
            count = sum(other.name == scene.name for other in seen)
            yield replace(scene, name=f"flow-{scene.name}-{count}")


if __name__ == "__main__":
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    main()
