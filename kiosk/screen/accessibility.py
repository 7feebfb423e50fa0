"""The page as a tree for assistive technology on this machine (AT-SPI), by AccessKit.

An extra: nothing here is loaded unless the settings ask for it (`[screen] accessibility = true`). What the
screen says itself needs none of this.
"""

from __future__ import annotations

import queue
import socket
from typing import TYPE_CHECKING

import accesskit

from kiosk.scene.contract import Role
from kiosk.screen.page import Picture, Raster

if TYPE_CHECKING:
    from kiosk.screen.page import Page, Placed

_WINDOW = 0
_ROLES = {
    Role.BAND: accesskit.Role.BANNER,
    Role.STEPS: accesskit.Role.LIST,
    Role.STEP: accesskit.Role.LIST_ITEM,
    Role.TITLE: accesskit.Role.HEADING,
    Role.NOTICE: accesskit.Role.STATUS,
    Role.PICTURE: accesskit.Role.IMAGE,
    Role.PAPER: accesskit.Role.IMAGE,
    Role.PROGRESS: accesskit.Role.PROGRESS_INDICATOR,
    Role.FIELDS: accesskit.Role.GROUP,
    Role.FOOT: accesskit.Role.TOOLBAR,
    Role.DIALOG: accesskit.Role.ALERT_DIALOG,
    Role.ENTRY: accesskit.Role.TEXT_INPUT,
}


class AccessibleScreen:
    """Tells the present page, and hands on what assistive technology wants touched.

    AccessKit calls back on a thread of its own: what it wants lies in a queue, and `fd` can be read.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._page: Page | None = None
        self._focused = ""
        self._numbers: dict[str, int] = {}
        self._wanted: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._bell, self._ringer = socket.socketpair()
        self._bell.setblocking(False)
        self._ringer.setblocking(False)
        self._adapter = accesskit.unix.Adapter(self._tree, self._act, _nothing)
        self._adapter.update_window_focus_state(True)

    @property
    def fd(self) -> int:
        """Can be read when `take` has something."""
        return self._bell.fileno()

    def show(self, page: Page, focused: str = "") -> None:
        """This page stands on the screen now, and this node has the focus."""
        self._page, self._focused = page, focused
        self._adapter.set_root_window_bounds(_rect(page.size), _rect(page.size))
        self._adapter.update_if_active(self._tree)

    def take(self) -> list[str]:
        """The nodes that are to be touched, in order; only those that can be touched now."""
        ids = {number: name for name, number in self._numbers.items()}
        targets = {node.id for node in self._page.targets} if self._page else set()
        while self._heard():
            pass
        taken = []
        while not self._wanted.empty():
            name = ids.get(self._wanted.get_nowait(), "")
            if name in targets:
                taken.append(name)
        return taken

    def close(self) -> None:
        """Nothing more is told."""
        self._bell.close()
        self._ringer.close()

    def _heard(self) -> bool:
        try:
            return bool(self._bell.recv(64))
        except BlockingIOError:
            return False

    def _tree(self) -> accesskit.TreeUpdate:
        page = self._page
        window = accesskit.Node(accesskit.Role.WINDOW)
        window.set_label(self._title)
        nodes = [] if page is None else [(self._number(node.id), _node(node)) for node in _told(page)]
        window.set_children([number for number, _ in nodes])
        focus = self._numbers.get(self._focused, _WINDOW)
        update = accesskit.TreeUpdate(focus if any(focus == number for number, _ in nodes) else _WINDOW)
        update.nodes = [(_WINDOW, window), *nodes]
        update.tree = accesskit.Tree(_WINDOW)
        return update

    def _act(self, request: accesskit.ActionRequest) -> None:
        if request.action == accesskit.Action.CLICK:
            self._wanted.put(request.target)
            self._ring()

    def _ring(self) -> None:
        try:
            self._ringer.send(b"\0")
        except BlockingIOError:
            return  # it rings already

    def _number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers) + 1)


def _told(page: Page) -> list[Placed]:
    """With a dialog, nothing below it; nodes that say nothing and do nothing are left out."""
    return [
        node
        for node in page.nodes
        if node.in_dialog == page.has_dialog and (node.label.strip() or node.action)
    ]


def _node(placed: Placed) -> accesskit.Node:
    node = accesskit.Node(_role(placed))
    node.set_bounds(_rect(placed.rect))
    node.set_label(placed.label)
    node.set_author_id(placed.id)
    if placed.is_touchable:
        node.add_action(accesskit.Action.CLICK)
    elif placed.action:
        node.set_disabled()
    return node


def _role(placed: Placed) -> accesskit.Role:
    if placed.action and placed.role is not Role.ENTRY:
        return accesskit.Role.BUTTON
    if any(isinstance(part, Picture | Raster) for part in placed.parts):
        return accesskit.Role.IMAGE
    return _ROLES.get(placed.role, accesskit.Role.LABEL)


def _rect(rect: tuple[int, int, int, int]) -> accesskit.Rect:
    x, y, width, height = rect
    return accesskit.Rect(x, y, x + width, y + height)


def _nothing() -> None:
    """Nobody listens any more."""
