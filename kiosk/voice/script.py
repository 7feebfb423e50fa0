"""What is said of a page: the same tree that is painted, as utterances in the order of the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.scene.contract import Role, Text
from kiosk.voice.contract import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.scene.contract import Node, Scene

_SURROUNDINGS = {Role.BAND, Role.STEPS}  # the same on many pages: said only to whoever asks where they are
_BUTTONS = {Role.CHOICE, Role.BUTTON, Role.PRIMARY, Role.PREFERENCE}
_TYPED = {Role.KEYPAD, Role.ENTRY}
_HIDDEN = "●"  # stands for each typed character that nobody is to see
_FIRST = {Role.TITLE: 0, Role.HELP: 1, Role.NOTICE: 2}  # then everything else, as it stands


def script(scene: Scene) -> tuple[Utterance, ...]:
    """The whole page, in order; a dialog alone where there is one."""
    dialogs = [node for node in scene.nodes if node.role is Role.DIALOG]
    nodes = _sayable(tuple(dialogs) or scene.nodes)
    in_order = sorted(nodes, key=lambda each: _FIRST.get(each[0].role, len(_FIRST)))
    said = (_utter(node, private=private) for node, private in in_order)
    return tuple(utterance for utterance in said if utterance.texts)


def of_node(scene: Scene, node_id: str) -> tuple[Utterance, ...]:
    """What is said when the focus comes to this node; nothing for a node that is not there."""
    for node, private in _walk(scene.nodes, private=False):
        if node.id == node_id:
            utterance = _utter(node, private=private)
            return (utterance,) if utterance.texts else ()
    return ()


def where_am_i(scene: Scene, focused: str = "") -> tuple[Utterance, ...]:
    """The page, the step of the way, place and time, and the node that has the focus."""
    said = [Utterance("where", (Text("voice.page"),))]
    for node, private in _walk(scene.nodes, private=False):
        if node.role is Role.TITLE:
            said.append(_utter(node, private=private))
        elif node.role is Role.STEPS:
            said += _present_step(node)
        elif node.role is Role.BAND:
            said += [_utter(each, private=private) for each in (node, *node.children)]
    if at := of_node(scene, focused):
        said += [Utterance("focus", (Text("voice.focus"),)), *at]
    return tuple(utterance for utterance in said if utterance.texts)


def without_speech(scene: Scene) -> tuple[str, ...]:
    """The ids of nodes that are read or touched and of which nothing could be said."""
    return tuple(node.id for node, _ in _walk(scene.nodes, private=False) if _is_dumb(node))


def _is_dumb(node: Node) -> bool:
    texts = (node.speech, node.label, node.detail)
    if not (node.action or any(texts)):
        return False
    return not any(text.key or _has_words(text.literal) for text in texts if text)


def _has_words(literal: str) -> bool:
    return any(letter.isalnum() or letter == _HIDDEN for letter in literal)


def _sayable(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, bool]]:
    for node in nodes:
        if node.role not in _SURROUNDINGS:
            yield from _walk((node,), private=False)


def _walk(nodes: tuple[Node, ...], *, private: bool) -> Iterator[tuple[Node, bool]]:
    """Every node, and whether it or one around it is private."""
    for node in nodes:
        hidden = private or node.private
        yield node, hidden
        yield from _walk(node.children, private=hidden)


def _utter(node: Node, *, private: bool) -> Utterance:
    label = node.speech or node.label
    detail = None if node.speech else _detail(node)
    kind = _kind(node)
    state = (Text("voice.chosen"),) if node.chosen else ()
    if node.enabled:
        texts = (label, detail, *kind, *state, *_progress(node))
    else:
        texts = (label, *kind, Text("voice.not_now"), detail)
    return Utterance(node.id, tuple(text for text in texts if text), private)


def _kind(node: Node) -> tuple[Text, ...]:
    if node.role is Role.ENTRY:
        return (Text("voice.entry"),)
    return (Text("voice.button"),) if node.role in _BUTTONS else ()


def _detail(node: Node) -> Text | None:
    if node.role not in _TYPED or (node.detail and node.detail.key):
        return node.detail
    typed = node.detail.literal if node.detail else ""
    if not typed:
        return Text("voice.nothing_typed")
    if set(typed) == {_HIDDEN}:
        return Text("voice.typed_hidden", (("count", str(len(typed))),))
    return Text("voice.typed", (("digits", typed),))


def _progress(node: Node) -> tuple[Text, ...]:
    if node.role is not Role.PROGRESS or node.fraction < 0:
        return ()
    return (Text("voice.percent", (("percent", str(int(node.fraction * 100))),)),)


def _present_step(steps: Node) -> list[Utterance]:
    """Which step of how many, and its name."""
    for at, step in enumerate(steps.children):
        if step.chosen and step.label:
            place = (("number", str(at + 1)), ("count", str(len(steps.children))))
            return [Utterance(step.id, (Text("voice.step", place), step.label))]
    return []
