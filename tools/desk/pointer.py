"""A finger on a display: touches arrive as X11 input events (XTEST), as from a real panel."""

from __future__ import annotations

import ctypes
import time
from dataclasses import dataclass
from datetime import timedelta

PRESS = timedelta(milliseconds=60)  # how long a finger rests

_LEFT_BUTTON = 1
_PRESENT_SCREEN = -1
_NOW = 0


class PointerError(Exception):
    """The display cannot be touched."""


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels."""

    width_px: int
    height_px: int


class Pointer:
    """One connection to a display. Not thread-safe."""

    def __init__(self, display: str) -> None:
        self._x11 = _load("libX11.so.6")
        self._xtst = _load("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(display.encode()))
        if not self._display:
            raise PointerError(f"display {display} does not answer")

    @property
    def size(self) -> Size:
        """Size of the display."""
        width = self._x11.XDisplayWidth(self._display, 0)
        return Size(width, self._x11.XDisplayHeight(self._display, 0))

    def move(self, x_px: int, y_px: int) -> None:
        """Put the pointer there."""
        self._xtst.XTestFakeMotionEvent(self._display, _PRESENT_SCREEN, x_px, y_px, _NOW)
        self._x11.XSync(self._display, 0)

    def press(self, *, down: bool) -> None:
        """Press or release where the pointer is."""
        self._xtst.XTestFakeButtonEvent(self._display, _LEFT_BUTTON, int(down), _NOW)
        self._x11.XSync(self._display, 0)

    def touch(self, x_px: int, y_px: int) -> None:
        """Touch once: press, rest, release."""
        self.move(x_px, y_px)
        self.press(down=True)
        time.sleep(PRESS.total_seconds())  # a real finger rests; nothing is awaited
        self.press(down=False)

    def close(self) -> None:
        """Let go of the display."""
        self._x11.XCloseDisplay(self._display)


def _load(name: str) -> ctypes.CDLL:
    try:
        return ctypes.CDLL(name)
    except OSError:
        raise PointerError(f"{name} is missing") from None
