"""Entries as people see them: with nothing typed, with letters, written on, with digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.scene.nodes import entry_of
from kiosk.screen.entry.desk import EntryDesk
from kiosk.typing.contract import Point
from kiosk.typing.lexicon import WithLexicon, read_lexicon
from kiosk.typing.table import TableEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.scene.contract import Scene
    from kiosk.typing.contract import Stroke

STROKES = ((Point(0.1, 0.45), Point(0.9, 0.45)), (Point(0.5, 0.1), Point(0.5, 0.9)))


class KnownCharacters:
    """A handwriting engine that reads everything as the same characters."""

    def characters(self, strokes: tuple[Stroke, ...]) -> tuple[str, ...]:
        """Nothing without strokes."""
        return tuple("十士二右女卜廿千干于") if strokes else ()

    def close(self) -> None:
        """Nothing is held."""


def make_desk() -> EntryDesk:
    """A desk whose engines need nothing of the machine."""
    return EntryDesk(lambda: WithLexicon(TableEngine(), read_lexicon()), KnownCharacters)


def entry_looks(scene: Scene) -> Iterator[Scene]:
    """The scene with its keys in each of their states; the scene alone where nothing is typed on it."""
    if entry_of(scene.nodes) is None:
        yield scene
        return
    desk = make_desk()
    yield desk.show(scene)
    for letter in "lelou":
        desk.touch(f"entry-key-{letter}")
    yield desk.show(scene)
    desk.touch("entry-candidate-0")
    yield desk.show(scene)
    desk.touch("entry-mode-digits")
    yield desk.show(scene)
    desk.touch("entry-mode-hand")
    yield desk.show(scene)
    for stroke in STROKES:
        desk.write(stroke)
    yield desk.show(scene)
