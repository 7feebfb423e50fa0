"""The keys by which numbers are typed."""

from __future__ import annotations

from kiosk.flow.parts import literal, t
from kiosk.scene.contract import Node, Role

_KEYS = (*"123456789", "clear", "0", "erase")
_SIGNS = {"clear": "close", "erase": "back"}


def keys(typed: int, most: int) -> tuple[Node, ...]:
    """Ten digits, clear and erase; `typed` of at most `most` digits stand there already."""
    return tuple(_key(name, typed, most) for name in _KEYS)


def _key(name: str, typed: int, most: int) -> Node:
    if name in _SIGNS:
        label = t(f"act.{name}")
        return Node(f"key-{name}", Role.BUTTON, label, icon=_SIGNS[name], action=name, enabled=typed > 0)
    return Node(f"key-{name}", Role.BUTTON, literal(name), action=f"key:{name}", enabled=typed < most)
