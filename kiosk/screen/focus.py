"""Which control the keys mean. Pure: pages in, ids out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.screen.page import Page, Placed

_ROW_PX = 24  # controls whose middles are this close stand in one row
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

    def _first(self, is_meant: Callable[[Placed], bool]) -> str:
        targets = in_order(self._page) if self._page else ()
        return next((target.id for target in targets if is_meant(target)), "")


def in_order(page: Page) -> tuple[Placed, ...]:
    """What can be touched now, row by row from the top, in each row from the left."""
    rows: list[list[Placed]] = []
    for target in sorted(page.targets, key=_middle):
        if rows and _middle(target) - _middle(rows[-1][0]) <= _ROW_PX:
            rows[-1].append(target)
        else:
            rows.append([target])
    return tuple(target for row in rows for target in sorted(row, key=lambda each: each.rect.x))


def _middle(placed: Placed) -> int:
    return placed.rect.y + placed.rect.h // 2
