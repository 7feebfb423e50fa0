"""The way through the tree of a page, for everybody who looks for something in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.scene.contract import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiosk.scene.contract import Node


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """All nodes and what is inside them, depth first, in reading order."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def entry_of(nodes: Iterable[Node]) -> Node | None:
    """The entry of a page; None where nothing is typed on it."""
    return next((node for node in walk(nodes) if node.role is Role.ENTRY), None)
