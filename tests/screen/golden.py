"""What every page is, as text for people to review, and how it looks, pixel by pixel, as hashes.

`python -m tests.screen.golden` compares and names what is different; with `--update` it writes everything
anew: look at the differences (`git diff`) and at the pictures in var/golden before they are committed.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from kiosk.flow.view import view
from kiosk.flow.world import Preferences
from kiosk.scene.contract import Language, TextSize, Theme
from kiosk.screen.catalogue import Catalogues
from kiosk.screen.focus import in_order
from kiosk.screen.fonts import BOLD, REGULAR
from tests.flow.bench_situations import bench_words
from tests.flow.situations import QUIET, every_state
from tests.screen.entries import entry_looks
from tests.screen.gallery import SHAPES, Studio, panel
from tools.fonts import make_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.flow.states import Kiosk
    from kiosk.scene.contract import Node, Text

SNAPSHOTS = Path(__file__).parent / "snapshots"
PICTURES = SNAPSHOTS / "pictures.txt"
_VAR = Path(__file__).resolve().parents[2] / "var"
# Beside the plain look of every page: these pages in all the others.
_SEEN_IN_EVERY_LOOK = ("home", "services", "preview", "refusal")


@dataclass(frozen=True, slots=True)
class Look:
    """In what a picture differs from the plain look."""

    shape: str = "portrait"
    language: Language = Language.ZH
    size: TextSize = TextSize.NORMAL
    theme: Theme = Theme.STANDARD
    low_reach: bool = False

    @property
    def name(self) -> str:
        """As it stands before the hash."""
        reach = ["low"] if self.low_reach else []
        return " ".join((self.shape, self.language, self.size, self.theme, *reach))


_OTHER_LOOKS = (
    Look("landscape"),
    Look("landscape", Language.EN),
    Look(language=Language.EN),
    Look(size=TextSize.LARGEST),
    Look(low_reach=True),
    *(Look(theme=theme) for theme in Theme if theme is not Theme.STANDARD),
)


@cache
def situations() -> dict[str, Kiosk]:
    """One situation for each page, by the name of its scene."""
    found: dict[str, Kiosk] = {}
    for state in (*every_state(), *bench_words(QUIET)):
        found.setdefault(view(state).name, state)
    return dict(sorted(found.items()))


@cache
def _catalogues() -> Catalogues:
    return Catalogues()


def describe(kiosk: Kiosk, studio: Studio) -> str:
    """The page as an outline in both languages, and the way of the focus through it."""
    catalogues = _catalogues()
    lines: list[str] = []
    for language in Language:
        scene = view(replace(kiosk, preferences=Preferences(language)))
        say = catalogues.of(language).say
        lines += [f"# {scene.name}, {language}", *_outline(scene.nodes, say, ""), ""]
    order = " > ".join(node.id for node in in_order(studio.lay_out(next(entry_looks(view(kiosk))))))
    return "\n".join((*lines, f"focus: {order}", ""))


def _outline(nodes: tuple[Node, ...], say: Callable[[Text | None], str], indent: str) -> Iterator[str]:
    for node in nodes:
        marks = [
            word
            for word, is_so in (
                (f"-> {node.action}", bool(node.action)),
                ("not now", not node.enabled),
                ("chosen", node.chosen),
                ("private", node.private),
                (f"at {node.fraction:.2f}", node.fraction >= 0),
                (f"speech: {say(node.speech)}", node.speech is not None),
            )
            if is_so
        ]
        words = " | ".join(text for text in (say(node.label), say(node.detail)) if text)
        yield f"{indent}{node.role} {node.id}: {words} {' '.join(f'[{mark}]' for mark in marks)}".rstrip()
        yield from _outline(node.children, say, indent + "  ")


def looks() -> Iterator[tuple[str, Look]]:
    """Every page in the plain look, and some in all looks."""
    for name in situations():
        yield name, Look()
    for name in _SEEN_IN_EVERY_LOOK:
        yield from ((name, look) for look in _OTHER_LOOKS)


def paint(name: str, look: Look, studio: Studio) -> pygame.Surface:
    """The page of this name in this look."""
    preferences = Preferences(look.language, look.size, look.theme, low_reach=look.low_reach)
    scene = view(replace(situations()[name], preferences=preferences))
    page = studio.lay_out(next(entry_looks(scene)))
    return studio.paint(page)


def fingerprint(surface: pygame.Surface) -> str:
    """The hash of every pixel."""
    return hashlib.sha256(pygame.image.tobytes(surface, "RGB")).hexdigest()[:32]


def types_and_library(fonts: Path) -> str:
    """What the pixels depend on beside our own code: the two faces and the library that draws them."""
    faces = (hashlib.sha256((fonts / face).read_bytes()).hexdigest()[:16] for face in (REGULAR, BOLD))
    return " ".join(("made with", *faces, "pygame-ce", pygame.version.ver))


def read_pictures() -> tuple[str, dict[str, str]]:
    """What the recorded hashes depend on, and the hash of each picture by its name."""
    first, *lines = PICTURES.read_text(encoding="utf-8").splitlines()
    return first, dict(line.rsplit(": ", 1) for line in lines)


def studios(fonts: Path) -> dict[str, Studio]:
    """One for each orientation, without a window."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    return {name: Studio(panel(shape, fonts)) for name, shape in SHAPES.items()}


def main() -> int:
    """Compare, or with --update write anew; pictures that are different go to var/golden."""
    update = "--update" in sys.argv[1:]
    fonts = _VAR / "fonts"
    make_fonts(fonts)
    made = studios(fonts)
    outlines = {f"{name}.txt": describe(kiosk, made["portrait"]) for name, kiosk in situations().items()}
    changed = _settle_outlines(outlines, update=update)
    known = read_pictures()[1] if PICTURES.exists() else {}
    hashes: dict[str, str] = {}
    for name, look in looks():
        surface = paint(name, look, made[look.shape])
        title = f"{name} {look.name}"
        hashes[title] = fingerprint(surface)
        if known.get(title) != hashes[title]:
            changed.append(title)
            (_VAR / "golden").mkdir(parents=True, exist_ok=True)
            pygame.image.save(surface, _VAR / "golden" / f"{title.replace(' ', '-')}.png")
    if update:
        lines = [types_and_library(fonts), *(f"{title}: {value}" for title, value in sorted(hashes.items()))]
        PICTURES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("".join(f"{title}\n" for title in changed))
    sys.stdout.write(f"{len(outlines)} outlines, {len(hashes)} pictures, {len(changed)} different\n")
    return 0 if update or not changed else 1


def _settle_outlines(outlines: dict[str, str], *, update: bool) -> list[str]:
    SNAPSHOTS.mkdir(exist_ok=True)
    stored = {path.name: path.read_text(encoding="utf-8") for path in SNAPSHOTS.glob("*.txt")}
    stored.pop(PICTURES.name, None)
    changed = [name for name in {**stored, **outlines} if stored.get(name) != outlines.get(name)]
    if update:
        for name in changed:
            if name in outlines:
                (SNAPSHOTS / name).write_text(outlines[name], encoding="utf-8")
            else:
                (SNAPSHOTS / name).unlink()
    return changed


if __name__ == "__main__":
    sys.exit(main())
