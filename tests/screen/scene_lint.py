"""Every page of the flow in every language, size, theme, reach and orientation against every rule.

`python -m tests.screen.scene_lint` (or `make scene-lint`) goes through all of them, one process per
orientation, names what it finds, and ends with one line of figures; it fails where anything was found.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.flow.view import view
from kiosk.flow.world import Preferences
from kiosk.scene.contract import Language, Role, TextSize, Theme
from kiosk.screen.catalogue import Catalogues
from kiosk.screen.layout.composition import Typesetter, lay_out
from kiosk.screen.lint import lint_between, lint_colours, lint_layout
from kiosk.screen.own_scenes import NO_CORE, STARTING
from tests.flow.situations import every_look
from tests.screen.entries import entry_looks
from tests.screen.gallery import SHAPES, Studio, panel
from tools.fonts import make_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.scene.contract import Scene

Looks = tuple[tuple[TextSize, bool], ...]  # size of text, low reach
EVERY_LOOK: Looks = tuple(product(TextSize, (False, True)))
_FONTS = Path(__file__).resolve().parents[2] / "var" / "fonts"


@dataclass(frozen=True, slots=True)
class Report:
    """What one pass looked at, and what it found: (scene, rule, node) and how often."""

    scenes: int
    combinations: int
    found: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def lint_all(shape: str, language: Language, fonts: Path = _FONTS, looks: Looks = EVERY_LOOK) -> Report:
    """All pages of one orientation and language, in these sizes and reaches and every theme."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    studio = Studio(panel(SHAPES[shape], fonts))
    # The same words are measured for one page after the other.
    typesetter = Typesetter(
        studio.metrics,
        Catalogues().of(language).say,
        lru_cache(maxsize=None)(studio.fonts.measure),
        remembers=True,
    )
    found: Counter[tuple[str, str, str]] = Counter()
    combinations, most = 0, 0
    for size, low in looks:
        scenes = tuple(_scenes(Preferences(language, size, low_reach=low)))
        most = max(most, len(scenes))
        combinations += len(scenes) * len(Theme)
        for scene in scenes:
            found.update((scene.name, rule, node) for rule, node in _lint(scene, typesetter))
    return Report(most, combinations, found)


def _scenes(preferences: Preferences) -> Iterator[Scene]:
    """Each page that looks different; what the band says of time and line is the same everywhere."""
    seen = set()
    for state in every_look():
        scene = view(replace(state, preferences=preferences))
        looks = tuple(node for node in scene.nodes if node.role is not Role.BAND)
        if (scene.name, looks) not in seen:
            seen.add((scene.name, looks))
            yield from entry_looks(scene)
    for own in (STARTING, NO_CORE):
        yield replace(own, text_size=preferences.text_size, low_reach=preferences.low_reach)


def _lint(scene: Scene, typesetter: Typesetter) -> Iterator[tuple[str, str]]:
    page = lay_out(scene, typesetter)
    findings = [
        *lint_layout(page, typesetter.metrics, typesetter.measure),
        *lint_between(scene, page, typesetter.say),
    ]
    for theme in Theme:
        findings += lint_colours(replace(page, theme=theme))
    return ((finding.rule, finding.node) for finding in findings)


def main() -> int:
    """All passes side by side; the last line says what was looked at and what was found."""
    started = time.monotonic()
    make_fonts(_FONTS)
    passes = list(product(SHAPES, Language))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        reports = list(pool.map(lint_all, *zip(*passes, strict=True)))
    findings = 0
    for (shape, language), report in zip(passes, reports, strict=True):
        for (scene, rule, node), times in sorted(report.found.items()):
            sys.stdout.write(f"{shape} {language}: {scene}: {rule}: {node} ({times} times)\n")
        findings += report.found.total()
    scenes = max(report.scenes for report in reports)
    combinations = sum(report.combinations for report in reports)
    taken = time.monotonic() - started
    sys.stdout.write(f"{scenes} scenes, {combinations} combinations, {findings} findings ({taken:.0f} s)\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
