from __future__ import annotations

import ctypes
from typing import Self

_PIXMAP_FORMAT = 2
_ALL_PLANES = 0xFFFFFFFF
_MAIN_BUTTON = 1


class Pointer:
    """A finger and an eye on an X display: presses through XTEST, sees single pixels through XGetImage."""

    def __init__(self, display: str) -> None:
        self._x11 = ctypes.CDLL("libX11.so.6")
        self._xtst = ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x11.XGetImage.restype = ctypes.c_void_p
        self._x11.XGetPixel.restype = ctypes.c_ulong
        opened = self._x11.XOpenDisplay(display.encode())
        if not opened:
            raise RuntimeError(f"display {display} cannot be opened")
        self._display = ctypes.c_void_p(opened)
        self._root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._display))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._x11.XCloseDisplay(self._display)

    def move(self, place: tuple[int, int]) -> None:
        """Bring the pointer to a place of the display."""
        self._xtst.XTestFakeMotionEvent(self._display, -1, place[0], place[1], ctypes.c_ulong(0))
        self._x11.XSync(self._display, 0)

    def press(self) -> None:
        """Put the finger down."""
        self._button(1)

    def release(self) -> None:
        """Lift the finger."""
        self._button(0)

    def pixel(self, place: tuple[int, int]) -> int:
        """The colour at a place, as 0xRRGGBB."""
        image = ctypes.c_void_p(
            self._x11.XGetImage(
                self._display,
                self._root,
                place[0],
                place[1],
                1,
                1,
                ctypes.c_ulong(_ALL_PLANES),
                _PIXMAP_FORMAT,
            )
        )
        colour = self._x11.XGetPixel(image, 0, 0)
        self._x11.XDestroyImage(image)
        return int(colour) & 0xFFFFFF

    def _button(self, is_down: int) -> None:
        self._xtst.XTestFakeButtonEvent(self._display, _MAIN_BUTTON, is_down, ctypes.c_ulong(0))
        self._x11.XFlush(self._display)
