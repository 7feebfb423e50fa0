"""What must hold between a scene and its page: all can be reached, all can be said, no word is cut."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiosk.scene.contract import Role
from kiosk.scene.nodes import walk
from kiosk.screen.focus import in_order
from kiosk.screen.lint.parts import Finding
from kiosk.screen.page import Words
from kiosk.voice.script import script, without_speech

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kiosk.scene.contract import Node, Scene, Text
    from kiosk.screen.page import Page


def lint_between(scene: Scene, page: Page, say: Callable[[Text | None], str]) -> tuple[Finding, ...]:
    """Everything that is wrong between the scene and its page."""
    return (*_check_focus(scene, page), *_check_speech(scene), *_check_words(scene, page, say))


def _reachable(scene: Scene) -> Sequence[Node]:
    """The roots of what can be reached: with a dialog, the dialog alone."""
    dialogs = tuple(node for node in scene.nodes if node.role is Role.DIALOG)
    return dialogs or scene.nodes


def _check_focus(scene: Scene, page: Page) -> Iterator[Finding]:
    """Everything that can be touched is reached by the keys once."""
    wanted = {node.id for node in walk(_reachable(scene)) if node.action and node.enabled}
    reached = Counter(target.id for target in in_order(page))
    for node in sorted(wanted - reached.keys()):
        yield Finding("focus_missing", node)
    for node, times in reached.items():
        if times > 1:
            yield Finding("focus_twice", node)


def _check_speech(scene: Scene) -> Iterator[Finding]:
    """Each node that is read or touched can be said, and each control is in what is said of the page."""
    dumb = set(without_speech(scene))
    said = {utterance.node for utterance in script(scene)}
    unsaid = {node.id for node in walk(_reachable(scene)) if node.action and node.id not in said}
    for node in sorted(dumb | unsaid):
        yield Finding("no_speech", node)


def _check_words(scene: Scene, page: Page, say: Callable[[Text | None], str]) -> Iterator[Finding]:
    """Latin words and numbers stand on one line."""
    broken = {
        node.id: [part.lines for part in node.parts if isinstance(part, Words) and len(part.lines) > 1]
        for node in page.nodes
    }
    for node in walk(scene.nodes):
        wrapped = broken.get(node.id, [])
        texts = [say(node.label), say(node.detail)] if wrapped else []
        if any(_cuts_word(text, lines) for lines in wrapped for text in texts):
            yield Finding("word_cut", node.id)


def _cuts_word(text: str, lines: tuple[str, ...]) -> bool:
    """True where two letters or digits that stand together in the text stand on two lines."""
    at = 0
    cut = False
    for line in lines:
        start = text.find(line, at)
        if start < 0:
            return False  # these are lines of another text
        cut = cut or bool(line and at and start == at and _is_latin(text[at - 1]) and _is_latin(text[at]))
        at = start + len(line)
    return cut


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
