"""Whether the kiosk's one window still has the whole display."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.robust.x_display import XDisplay

UNDER_THE_POINTER = 1  # keys go to whichever window lies there, and there is only one


class Guard:
    """`window` is the kiosk's own; `lives` says whether its program still runs."""

    def __init__(self, display: XDisplay, window: int, lives: Callable[[], bool]) -> None:
        self._display = display
        self._window = window
        self._lives = lives

    def look(self, dice: random.Random) -> list[str]:
        """What is wrong at this moment, as `left: ...` and `desktop: ...`."""
        if not self._lives():
            return ["left: the screen's program has ended"]
        wrong = list(self._look_at_windows())
        if any(self._display.shows_desktop(area) for area in self._samples(dice)):
            wrong.append("desktop: what lies behind the kiosk can be seen")
        return wrong

    def _look_at_windows(self) -> list[str]:
        windows = self._display.windows()
        own = [each for each in windows if each.id == self._window]
        if not own:
            return ["left: the kiosk's window is gone"]
        wrong = []
        if own[0].place != (0, 0, *self._display.size):
            wrong.append(f"left: the kiosk's window lies at {own[0].place}")
        if windows[-1].id != self._window:
            wrong.append("left: another window lies above")
        if self._display.focus() not in {self._window, UNDER_THE_POINTER}:
            wrong.append("left: keys go elsewhere")
        return wrong

    def _samples(self, dice: random.Random) -> tuple[tuple[int, int, int, int], ...]:
        """The four edges, and a line across and one down wherever chance has it."""
        width, height = self._display.size
        across = ((0, y, width, 1) for y in (0, dice.randrange(height), height - 1))
        down = ((x, 0, 1, height) for x in (0, dice.randrange(width), width - 1))
        return (*across, *down)


def kiosk_window(display: XDisplay) -> int:
    """The topmost window, of a display on which nothing but the kiosk has been started."""
    windows = display.windows()
    assert windows, "the screen shows no window"
    return windows[-1].id
