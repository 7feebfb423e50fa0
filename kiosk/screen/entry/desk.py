"""What was typed into the entry of the present page. It is forgotten when another page comes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.scene.nodes import entry_of
from kiosk.scene.wire import MAX_TYPED
from kiosk.screen.entry.contract import (
    CANDIDATE,
    CLEAR,
    ERASE,
    KEY,
    MODE,
    MORE,
    PREFIX,
    SHOWN,
    Mode,
)
from kiosk.screen.entry.keys import Written, with_keys
from kiosk.screen.entry.strokes import squared
from kiosk.typing.contract import MAX_LETTERS, Candidate

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.scene.contract import Node, Scene
    from kiosk.typing.contract import HandwritingEngine, PinyinEngine, Point, Stroke


class EntryDesk:
    """Answers the keys of an entry. The engines are opened when they are needed, and closed with the page."""

    def __init__(
        self,
        open_pinyin: Callable[[], PinyinEngine],
        open_handwriting: Callable[[], HandwritingEngine | None],
    ) -> None:
        self._open_pinyin = open_pinyin
        self._open_handwriting = open_handwriting
        self._pinyin: PinyinEngine | None = None
        self._handwriting: HandwritingEngine | None = None
        self._can_write = True  # until there is no engine for it
        self._place: tuple[str, str] | None = None  # scene and node of the present entry
        self._mode = Mode.PINYIN
        self._text = self._letters = ""
        self._strokes: tuple[Stroke, ...] = ()
        self._across = 1.0
        self._page = 0

    @property
    def node(self) -> str:
        """The id of the present entry; "" = the page has none."""
        return self._place[1] if self._place else ""

    @property
    def text(self) -> str:
        """What stands there now, the letters that are no word yet too."""
        return (self._text + self._letters)[:MAX_TYPED]

    def show(self, scene: Scene) -> Scene:
        """The scene with the keys of its entry; what was typed stays while the same entry does."""
        entry = entry_of(scene.nodes)
        place = (scene.name, entry.id) if entry else None
        if place != self._place:
            self._place = place
            self._forget(entry.detail.literal if entry and entry.detail else "")
            self.close()
        if entry is None:
            return scene
        written = Written(
            self._mode, self.text, self._candidates(), self._page, bool(self._letters or self._strokes)
        )
        return replace(scene, nodes=_replaced(scene.nodes, with_keys(entry, written, self._modes())))

    def touch(self, node: str) -> bool:
        """Answer a key; False where the node is none of these."""
        if not self._place or not node.startswith(PREFIX):
            return False
        if node.startswith(KEY):
            self._key(node.removeprefix(KEY))
        elif node.startswith(CANDIDATE):
            self._choose(int(node.removeprefix(CANDIDATE)))
        elif node.startswith(MODE):
            self._mode, self._letters, self._strokes, self._page = Mode(node.removeprefix(MODE)), "", (), 0
        elif node == MORE:
            pages = -(-len(self._candidates()) // SHOWN)
            self._page = (self._page + 1) % max(1, pages)
        elif node == ERASE:
            self._erase()
        elif node == CLEAR:
            self._text, self._letters, self._strokes, self._page = "", "", (), 0
        return True

    def write(self, stroke: Stroke, across: float = 1.0) -> None:
        """A stroke is done, on a pad that is `across` times as wide as high."""
        self._strokes, self._across = (*self._strokes, stroke), across
        self._page = 0

    @property
    def strokes(self) -> tuple[tuple[Point, ...], ...]:
        """What stands on the pad."""
        return self._strokes

    @property
    def is_written_on(self) -> bool:
        """True while there is a pad to write on."""
        return self._place is not None and self._mode is Mode.HAND

    def close(self) -> None:
        """Give back the engines; they are opened again when they are needed."""
        for engine in (self._pinyin, self._handwriting):
            if engine is not None:
                engine.close()
        self._pinyin = self._handwriting = None

    def _forget(self, text: str) -> None:
        self._mode = Mode.PINYIN
        self._text, self._letters = text, ""
        self._strokes = ()
        self._page = 0

    def _modes(self) -> tuple[Mode, ...]:
        return tuple(mode for mode in Mode if mode is not Mode.HAND or self._can_write)

    def _key(self, sign: str) -> None:
        if self._mode is Mode.PINYIN:
            self._letters = (self._letters + sign)[:MAX_LETTERS]
            self._page = 0
        else:
            self._text = (self._text + sign)[:MAX_TYPED]

    def _choose(self, at: int) -> None:
        candidates = self._candidates()
        if at < len(candidates):
            chosen = candidates[at]
            self._text = (self._text + chosen.text)[:MAX_TYPED]
            self._letters = self._letters[chosen.letters :]
            self._strokes, self._page = (), 0

    def _erase(self) -> None:
        if self._strokes:
            self._strokes = self._strokes[:-1]
        elif self._letters:
            self._letters = self._letters[:-1]
        else:
            self._text = self._text[:-1]
        self._page = 0

    def _candidates(self) -> tuple[Candidate, ...]:
        if self._mode is Mode.PINYIN and self._letters:
            if self._pinyin is None:
                self._pinyin = self._open_pinyin()
            return self._pinyin.candidates(self._letters)
        if self._mode is Mode.HAND and self._strokes:
            if self._handwriting is None:
                self._handwriting = self._open_handwriting()
            if self._handwriting is None:
                self._can_write, self._mode, self._strokes = False, Mode.PINYIN, ()
                return ()
            return tuple(
                Candidate(each, 0)
                for each in self._handwriting.characters(squared(self._strokes, self._across))
            )
        return ()


def _replaced(nodes: tuple[Node, ...], entry: Node) -> tuple[Node, ...]:
    return tuple(
        entry
        if node.id == entry.id and node.role is Role.ENTRY
        else replace(node, children=_replaced(node.children, entry))
        for node in nodes
    )
