"""Which control the keys mean. Pure: pages in, ids out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.screen.page import Page, Placed

_WAYS_BACK = ("back", "finish", "home", "leave")


class Focus:
    """Nothing has the focus until a key was used, and after a touch."""

    def __init__(self) -> None:
        self._page: Page | None = None
        self._is_shown = False
        self._node = ""

    @property
    def node(self) -> str:
        """The id of the control that has it; "" = none."""
        return self._node if self._is_shown else ""

    def show(self, page: Page) -> None:
        """The same page again: the same control keeps it. On another page, the first one has it."""
        is_same = self._page is not None and self._page.name == page.name
        self._page = page
        ids = [target.id for target in in_order(page)]
        if not is_same or self._node not in ids:
            self._node = ids[0] if ids else ""

    def move(self, steps: int) -> str:
        """On by so many controls, round at the ends; the first key only shows where it is."""
        ids = [target.id for target in in_order(self._page)] if self._page else []
        if not ids:
            return ""
        if self._is_shown:
            place = ids.index(self._node) if self._node in ids else 0
            self._node = ids[(place + steps) % len(ids)]
        self._is_shown = True
        return self._node

    def hide(self) -> None:
        """Somebody touches the screen."""
        self._is_shown = False

    def way_back(self) -> str:
        """The control that leads back from here; "" = there is none."""
        return self._first(lambda target: target.action.split(":")[0] in _WAYS_BACK)

    def digit(self, sign: str) -> str:
        """The key of the keypad on the screen with this sign; "" = there is none."""
        return self._first(lambda target: target.label.strip() == sign)

    def switch(self, verb: str) -> str:
        """The control whose action begins with this verb; "" = there is none."""
        return self._first(lambda target: target.action.startswith(f"{verb}:"))

    def wish(self, action: str) -> str:
        """The control with this very action; "" = there is none."""
        return self._first(lambda target: target.action == action)

    def _first(self, is_meant: Callable[[Placed], bool]) -> str:
        targets = in_order(self._page) if self._page else ()
        return next((target.id for target in targets if is_meant(target)), "")


def in_order(page: Page) -> tuple[Placed, ...]:
    """What can be touched now, in reading order: row by row, and in each row from the left.

    Something as tall as several rows stands before or after all of them, as its place says.
    """
    return tuple(_ordered(page.targets))


def _ordered(targets: Sequence[Placed]) -> list[Placed]:
    rows = _cut(targets, lambda each: (each.rect.y, each.rect.bottom))
    if len(rows) > 1:
        return [target for row in rows for target in _ordered(row)]
    stacks = _cut(targets, lambda each: (each.rect.x, each.rect.right))
    if len(stacks) <= 1:
        return sorted(targets, key=lambda each: (each.rect.y, each.rect.x))
    groups: list[list[Placed]] = []
    for is_single, neighbours in groupby(stacks, key=lambda stack: len(stack) == 1):
        together = [target for stack in neighbours for target in stack]
        groups += [[target] for target in together] if is_single else [together]
    if len(groups) == 1:  # stacks side by side whose rows do not match
        groups = stacks
    return [target for group in groups for target in _ordered(group)]


def _cut(targets: Sequence[Placed], extent: Callable[[Placed], tuple[int, int]]) -> list[list[Placed]]:
    """The targets in groups, between which a straight line divides the page."""
    groups: list[list[Placed]] = []
    end = 0
    for target in sorted(targets, key=extent):
        start, stop = extent(target)
        if groups and start < end:
            groups[-1].append(target)
        else:
            groups.append([target])
        end = max(end, stop)
    return groups
