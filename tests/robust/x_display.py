"""Hands on an X display, and eyes that see whether one window has all of it."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Self

DESKTOP = 0xFF00FF  # painted behind everything; no theme of the kiosk has it
_ALL_PLANES = 0xFFFFFFFF
_COLOUR = 0xFFFFFF
_NOW = 0
_PRESENT_SCREEN = -1
_VIEWABLE = 2
_CLIENT_MESSAGE = 33
_WORD = ctypes.c_ulong
_ERROR_HANDLER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class _Attributes(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        ("visual", ctypes.c_void_p),
        ("root", _WORD),
        *((name, ctypes.c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing_store")),
        *((name, _WORD) for name in ("backing_planes", "backing_pixel")),
        ("save_under", ctypes.c_int),
        ("colormap", _WORD),
        *((name, ctypes.c_int) for name in ("map_installed", "map_state")),
        *((name, ctypes.c_long) for name in ("all_event_masks", "your_event_mask", "do_not_propagate_mask")),
        ("override_redirect", ctypes.c_int),
        ("screen", ctypes.c_void_p),
    )


class _Image(ctypes.Structure):
    """The beginning of an XImage, as far as its pixels are described."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", ctypes.c_void_p),
        *((name, ctypes.c_int) for name in ("byte_order", "unit", "bit_order", "pad", "depth")),
        *((name, ctypes.c_int) for name in ("bytes_per_line", "bits_per_pixel")),
    )


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_int),
        ("serial", _WORD),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", _WORD),
        ("message_type", _WORD),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 16),  # an XEvent is a union of 24 longs
    )


@dataclass(frozen=True, slots=True)
class TopWindow:
    """One mapped window that lies directly on the display."""

    id: int
    place: tuple[int, int, int, int]  # x, y, width, height


class XDisplay:
    """One connection to one display. Not thread-safe; close it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._x11 = ctypes.CDLL("libX11.so.6")
        self._xtst = ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        for function in ("XDefaultRootWindow", "XInternAtom", "XStringToKeysym", "XCreateSimpleWindow"):
            getattr(self._x11, function).restype = _WORD
        self._x11.XGetImage.restype = ctypes.POINTER(_Image)
        # A window may be gone by the time it is asked about: that is an answer, not the end of the test.
        self._x11.XSetErrorHandler(_PATIENT)
        opened = self._x11.XOpenDisplay(name.encode())
        if not opened:
            raise RuntimeError(f"display {name} cannot be opened")
        self._display = ctypes.c_void_p(opened)
        self._root = _WORD(self._x11.XDefaultRootWindow(self._display))
        self.size = (self._x11.XDisplayWidth(self._display, 0), self._x11.XDisplayHeight(self._display, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._x11.XCloseDisplay(self._display)

    # --- hands ------------------------------------------------------------------------------------------

    def move(self, place: tuple[int, int]) -> None:
        """Bring the pointer there."""
        self._xtst.XTestFakeMotionEvent(self._display, _PRESENT_SCREEN, *place, _WORD(_NOW))

    def button(self, number: int, *, down: bool) -> None:
        """Press or release a button where the pointer is; 1 is the finger, 4 to 7 are the wheel."""
        self._xtst.XTestFakeButtonEvent(self._display, number, int(down), _WORD(_NOW))

    def key(self, name: str, *, down: bool) -> None:
        """Press or release a key by its X name; what this keyboard does not have is left out."""
        code = self._x11.XKeysymToKeycode(self._display, _WORD(self._x11.XStringToKeysym(name.encode())))
        if code & 0xFF:
            self._xtst.XTestFakeKeyEvent(self._display, code & 0xFF, int(down), _WORD(_NOW))

    def ask_to_close(self, window: int) -> None:
        """What a window manager sends where somebody closes a window (WM_DELETE_WINDOW)."""
        protocols, delete = (self._atom(name) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
        message = _ClientMessage(_CLIENT_MESSAGE, 0, 1, self._display, window, protocols, 32)
        message.data[0] = delete
        self._x11.XSendEvent(self._display, _WORD(window), 0, ctypes.c_long(0), ctypes.byref(message))

    def flush(self) -> None:
        """Let everything happen that was asked for, and wait until it has."""
        self._x11.XSync(self._display, 0)

    def lay_desktop(self) -> None:
        """Paint what nobody must ever see behind all windows."""
        self._x11.XSetWindowBackground(self._display, self._root, _WORD(DESKTOP))
        self._x11.XClearWindow(self._display, self._root)
        self.flush()

    def open_window(self, place: tuple[int, int, int, int]) -> int:
        """Another program's window, above all others."""
        colours = (0, _WORD(0), _WORD(0xFFFFFF))
        window = int(self._x11.XCreateSimpleWindow(self._display, self._root, *place, *colours))
        self._x11.XMapRaised(self._display, _WORD(window))
        self.flush()
        return window

    # --- eyes -------------------------------------------------------------------------------------------

    def windows(self) -> tuple[TopWindow, ...]:
        """The windows that can be seen or are covered by others, the topmost last."""
        root, parent, children = _WORD(), _WORD(), ctypes.POINTER(_WORD)()
        count = ctypes.c_uint()
        found = (ctypes.byref(each) for each in (root, parent, children, count))
        self._x11.XQueryTree(self._display, self._root, *found)
        ids = [int(children[at]) for at in range(count.value)]
        if children:
            self._x11.XFree(children)
        seen = ((each, self._attributes(each)) for each in ids)
        return tuple(
            TopWindow(each, (is_.x, is_.y, is_.width, is_.height))
            for each, is_ in seen
            if is_.map_state == _VIEWABLE
        )

    def focus(self) -> int:
        """The window that keys go to; 0 for none, 1 for whichever lies under the pointer."""
        window, revert = _WORD(), ctypes.c_int()
        self._x11.XGetInputFocus(self._display, ctypes.byref(window), ctypes.byref(revert))
        return window.value

    def shows_desktop(self, area: tuple[int, int, int, int]) -> bool:
        """Whether one pixel of that area is the desktop's."""
        colours = self._colours(area)
        return DESKTOP in {colour & _COLOUR for colour in colours}

    def _colours(self, area: tuple[int, int, int, int]) -> set[int]:
        image = self._x11.XGetImage(self._display, self._root, *area, _WORD(_ALL_PLANES), 2)
        if not image:
            return set()
        size = image.contents.bytes_per_line * image.contents.height
        pixels = ctypes.string_at(image.contents.data, size)
        self._x11.XDestroyImage(image)
        return set(memoryview(pixels).cast("I"))

    def _attributes(self, window: int) -> _Attributes:
        attributes = _Attributes()
        self._x11.XGetWindowAttributes(self._display, _WORD(window), ctypes.byref(attributes))
        return attributes

    def _atom(self, name: bytes) -> int:
        return int(self._x11.XInternAtom(self._display, name, 0))


def _go_on(_display: object, _error: object) -> int:
    return 0


_PATIENT = _ERROR_HANDLER(_go_on)
