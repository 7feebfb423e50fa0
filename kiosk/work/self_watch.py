"""Watches what no device driver can: the screen's picture, the clock, and reporters that fell silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.health import Component
from kiosk.domain.health_rules import judge_clock, judge_screen
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from kiosk.work.frames import Frames
    from kiosk.work.health_board import HealthBoard

INTERVAL_S = 1.0


@dataclass(frozen=True, slots=True)
class SelfTools:
    """What is watched."""

    board: HealthBoard
    frames: Frames
    has_screen: Callable[[], bool]
    clock_offset: Callable[[], timedelta | None]


class SelfWatch:
    """Looks every second; it touches no device and no file."""

    name = "self"

    def __init__(self, tools: SelfTools) -> None:
        self._tools = tools
        self._bell = Bell()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Watch until closed."""
        while True:
            self.look()
            self._bell.sleep(INTERVAL_S)

    def look(self) -> None:
        """Look at everything once."""
        tools, frames = self._tools, self._tools.frames
        screen = judge_screen(
            has_screen=tools.has_screen(),
            has_painted=frames.painted_age_s() is not None,
            waiting_s=frames.waiting_s(),
        )
        tools.board.tell(Component.SCREEN, screen)
        tools.board.tell(Component.CLOCK, judge_clock(tools.clock_offset()))
        tools.board.expire()
