"""The nodes that stand for the keys of an entry. Pure: what was written in, nodes out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.scene.contract import Node, Role, Text
from kiosk.screen.entry.contract import (
    ACTION,
    CANDIDATE,
    CLEAR,
    ERASE,
    KEY,
    MODE,
    MORE,
    PAD,
    SHOWN,
    Mode,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.typing.contract import Candidate

_LETTERS = "qwertyuiopasdfghjklzxcvbnm"
_DIGITS = "1234567890"
_SIGNS = {Mode.PINYIN: _LETTERS, Mode.DIGITS: _DIGITS, Mode.HAND: ""}


@dataclass(frozen=True, slots=True)
class Written:
    """What an entry holds; `page` of the candidates is shown. `is_open` = letters or strokes wait."""

    mode: Mode
    text: str = field(repr=False)
    candidates: tuple[Candidate, ...] = field(repr=False)
    page: int
    is_open: bool


def with_keys(entry: Node, written: Written, modes: tuple[Mode, ...]) -> Node:
    """The entry as a page shows it; with an action of its own it would be a control."""
    children = (
        *_candidates(written),
        *(_key(sign) for sign in _SIGNS[written.mode]),
        *((Node(PAD, Role.TEXT, Text("entry.pad")),) if written.mode is Mode.HAND else ()),
        _control(
            ERASE,
            "act.erase",
            "back" if written.mode is Mode.PINYIN else "",
            enabled=bool(written.text or written.is_open),
        ),
        *(_mode(mode, written.mode) for mode in modes),
        _control(CLEAR, "act.clear", "", enabled=bool(written.text or written.is_open)),
    )
    detail = Text(literal=written.text) if written.text else None
    return replace(entry, detail=detail, action="", children=children)


def _candidates(written: Written) -> Iterator[Node]:
    if written.mode is Mode.DIGITS:
        return
    first = written.page * SHOWN
    for at, candidate in enumerate(written.candidates[first : first + SHOWN], first):
        yield Node(f"{CANDIDATE}{at}", Role.BUTTON, Text(literal=candidate.text), action=ACTION)
    if len(written.candidates) > SHOWN:
        yield Node(MORE, Role.BUTTON, Text("entry.more"), icon="forward", action=ACTION)


def _key(sign: str) -> Node:
    return Node(f"{KEY}{sign}", Role.BUTTON, Text(literal=sign.upper()), action=ACTION)


def _mode(mode: Mode, present: Mode) -> Node:
    return Node(f"{MODE}{mode}", Role.BUTTON, Text(f"entry.{mode}"), action=ACTION, chosen=mode is present)


def _control(node_id: str, key: str, icon: str, *, enabled: bool) -> Node:
    return Node(node_id, Role.BUTTON, Text(key), icon=icon, action=ACTION, enabled=enabled)
