"""A board on which every component hangs, for tests of those who report to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.health import Component, Health
from kiosk.work.health_board import HealthBoard
from tests.core.stand import LogBook
from tests.work.conditions import NOW

if TYPE_CHECKING:
    from kiosk.domain.health import Finding
    from kiosk.flow.events import Event


class Hall:
    """A board with everything, and what was posted."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.book = LogBook()
        self.now_s = 0.0
        self.board = HealthBoard(
            Component, lambda: NOW, self.events.append, self.book.log, lambda: self.now_s
        )

    def finding(self, component: Component) -> Finding:
        found = self.board.board().of(component)
        assert found
        return found

    def state(self, component: Component) -> tuple[Health, object]:
        found = self.finding(component)
        return found.health, found.code
