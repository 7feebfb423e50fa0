"""Three ways through the same pages: a finger, the keys alone, the keys with nothing but what is heard.

Each way is told words, such as 打印, and finds out for itself what to touch: the finger by what it sees at a
place, the keys by what the ring stands around, the ears by what the voice says. The flow is the real one, and
so are layout, hit test, focus, keys and script; only the window and the devices are missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import pygame

from kiosk.flow import events as e
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.scene.contract import Language, Role, Text
from kiosk.scene.nodes import walk
from kiosk.screen.focus import Focus
from kiosk.screen.keys import Key, meaning_of
from kiosk.screen.touch import SETTLE_S, Touch
from kiosk.voice.prompts import Live, pieces_of
from kiosk.voice.script import of_node, script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.flow.states import Kiosk
    from kiosk.scene.contract import Node, Scene
    from kiosk.screen.page import Page
    from kiosk.voice.contract import Utterance
    from kiosk.voice.prompts import Piece
    from tests.screen.gallery import Studio

MOST_KEYS = 60  # of one page; more, and the ring goes round in vain


class LostError(AssertionError):
    """Nothing on the page answers to these words."""


class Way(Protocol):
    """How somebody finds out what to touch."""

    def find(self, words: str) -> str:
        """The id of the control that these words name. Raises LostError."""
        ...

    def show(self, scene: Scene, page: Page) -> None:
        """Another page stands there."""
        ...


class Finger:
    """Sees the words of a control, and touches its middle."""

    def __init__(self) -> None:
        self._touch = Touch(slack_px=8)
        self._page: Page | None = None
        self._now = 0.0

    def show(self, _scene: Scene, page: Page) -> None:
        self._page = page
        self._touch.show(page, self._now)

    def find(self, words: str) -> str:
        assert self._page
        named = [target for target in self._page.targets if words in target.label]
        seen = min(named, key=lambda target: target.label.find(words), default=None)  # in front, if anywhere
        if seen is None:
            raise LostError(f"{self._page.name}: no {words} among {[t.label for t in self._page.targets]}")
        middle = (seen.rect.x + seen.rect.w // 2, seen.rect.y + seen.rect.h // 2)
        self._now += 1 + SETTLE_S
        self._touch.press(middle, self._now)
        assert self._touch.pressed == seen.id
        return self._touch.release(middle, self._now)


class Keys:
    """Strikes the five keys, and sees what the ring stands around."""

    def __init__(self) -> None:
        self._focus = Focus()
        self._page: Page | None = None

    def show(self, _scene: Scene, page: Page) -> None:
        self._page = page
        self._focus.show(page)

    def find(self, words: str) -> str:
        assert self._page
        labels = {target.id: target.label for target in self._page.targets}
        for turn in range(MOST_KEYS):
            assert meaning_of(pygame.K_DOWN, 0) is Key.NEXT
            node = self._focus.move(1)
            if labels[node].startswith(words) or (turn >= len(labels) and words in labels[node]):
                assert meaning_of(pygame.K_RETURN, 0) is Key.SELECT
                return node
        raise LostError(f"{self._page.name}: the ring never stands around {words}")


@dataclass
class Ears:
    """Strikes the five keys, and hears, with the headset plugged in. It knows no page, only words."""

    heard: list[str] = field(default_factory=list)
    _focus: Focus = field(default_factory=Focus)
    _scene: Scene | None = None
    _said: tuple[Utterance, ...] = ()

    def show(self, scene: Scene, page: Page) -> None:
        self._scene = scene
        self._focus.show(page)
        said = script(scene)
        if said != self._said:
            self._said = said
            self.heard += [f"# {scene.name}", *map(_transcribed, said)]

    def find(self, words: str) -> str:
        assert self._scene
        passed: list[str] = []
        for _ in range(MOST_KEYS):
            node = self._focus.move(1)
            said = of_node(self._scene, node)
            self.heard += [f"> {_transcribed(each)}" for each in said]
            heard = said_words(tuple(replace(each, private=False) for each in said))
            # Who has not heard it in front of anything takes, the second time round, what only speaks of it.
            if heard.startswith((words, f"{_read(words)} ")) or (words in heard and heard in passed):
                return node
            passed.append(heard)
        raise LostError(f"nobody says {words}")


def _read(words: str) -> str:
    """As the voice reads them: 7 is 七."""
    return " ".join(piece.words for piece in pieces_of(Text(literal=words), Language.ZH))


def said_words(utterances: Sequence[Utterance], language: Language = Language.ZH) -> str:
    """What is heard, piece by piece; what is private only by its name."""
    told = (
        "（个人信息）"
        if utterance.private
        else " ".join(piece.words for text in utterance.texts for piece in pieces_of(text, language))
        for utterance in utterances
    )
    return "，".join(words for words in told if words)


def _transcribed(utterance: Utterance, language: Language = Language.ZH) -> str:
    """What is heard, and which prompts of the bank say it; of what is private, the prompts alone."""
    pieces = [piece for text in utterance.texts for piece in pieces_of(text, language)]
    return f"{said_words((utterance,), language)}  [{' '.join(map(_prompt, pieces))}]"


def _prompt(piece: Piece) -> str:
    """Its id in the bank; a value, which may be a person's, only as what it is."""
    if isinstance(piece, Live):
        return "LIVE"
    return "VALUE" if piece.is_value else piece.id


@dataclass(frozen=True, slots=True)
class Say:
    """Find the control that these words name, and touch it."""

    words: str


Deed = Say | e.Event


class Walk:
    """One errand at one kiosk, by one way."""

    def __init__(self, kiosk: Kiosk, way: Way, studio: Studio) -> None:
        self.kiosk = replace(kiosk, preferences=replace(kiosk.preferences, speech=True))
        self.pages: list[str] = []
        self._way = way
        self._studio = studio
        self._show()

    def go(self, deeds: Sequence[Deed]) -> list[str]:
        """Do all of it; the names of the pages on the way."""
        for deed in deeds:
            event = self._touch(deed.words) if isinstance(deed, Say) else deed
            self.kiosk, _ = step(self.kiosk, event)
            self._show()
        return self.pages

    def _touch(self, words: str) -> e.Event:
        node_id = self._way.find(words)
        node = _node(view(self.kiosk).nodes, node_id)
        assert node.enabled
        return e.Tapped(node.action)

    def _show(self) -> None:
        scene = view(self.kiosk)
        if not self.pages or self.pages[-1] != scene.name:
            self.pages.append(scene.name)
        self._way.show(scene, self._studio.lay_out(scene))


def _node(nodes: tuple[Node, ...], node_id: str) -> Node:
    found = next((node for node in walk(nodes) if node.id == node_id and node.role is not Role.ENTRY), None)
    if found is None:
        raise LostError(f"the core knows no {node_id}")
    return found
