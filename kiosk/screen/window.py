"""The one window, and how to wait for it without polling."""

from __future__ import annotations

import ctypes
import os
from typing import TYPE_CHECKING

import pygame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.screen.geometry import Rect
    from kiosk.screen.settings import ScreenSettings

TITLE = "Community kiosk"
_X_LIBRARY = "libX11.so.6"
_WANTED_EVENTS = (
    pygame.QUIT,
    pygame.KEYDOWN,
    pygame.MOUSEBUTTONDOWN,
    pygame.MOUSEBUTTONUP,
    pygame.MOUSEMOTION,
    pygame.FINGERDOWN,
    pygame.FINGERUP,
    pygame.WINDOWEXPOSED,
)


class WindowError(Exception):
    """No window can be opened on this display."""


class Window:
    """A borderless or full-screen window with a software surface."""

    def __init__(self, settings: ScreenSettings) -> None:
        # Without it every update goes through a GL texture: 152 instead of 44 MB, 12.6 instead of 1.9 ms.
        os.environ["SDL_FRAMEBUFFER_ACCELERATION"] = "0"
        # SIGTERM is the program's own affair.
        os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"
        os.environ.setdefault("SDL_VIDEO_WINDOW_POS", "0,0")
        os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", "community-kiosk")
        style = pygame.FULLSCREEN if settings.fullscreen else pygame.NOFRAME
        try:
            pygame.display.init()
            pygame.font.init()
            self.surface = pygame.display.set_mode((settings.width_px, settings.height_px), style)
        except pygame.error as error:
            raise WindowError(f"no window on this display: {error}") from error
        pygame.display.set_caption(TITLE)
        pygame.mouse.set_visible(False)
        pygame.event.set_blocked(None)
        pygame.event.set_allowed(_WANTED_EVENTS)
        self.is_fullscreen = settings.fullscreen
        self.event_fd = _connection_number()

    def events(self) -> list[pygame.event.Event]:
        """What has happened since. Wait on `event_fd` only after an empty answer."""
        return pygame.event.get()

    def update(self, areas: Sequence[Rect]) -> None:
        """Bring those areas of the surface to the panel."""
        pygame.display.update([pygame.Rect(area) for area in areas])

    def update_all(self) -> None:
        """Bring the whole surface to the panel, after another window lay above it for instance."""
        pygame.display.flip()

    def close(self) -> None:
        """Close the window."""
        pygame.quit()


def _connection_number() -> int | None:
    """File descriptor of the X connection; None on displays other than X11."""
    if pygame.display.get_driver() != "x11":
        return None
    display = pygame.display.get_wm_info()["display"]
    unwrap = ctypes.pythonapi.PyCapsule_GetPointer
    unwrap.restype = ctypes.c_void_p
    unwrap.argtypes = (ctypes.py_object, ctypes.c_char_p)
    number = ctypes.CDLL(_X_LIBRARY).XConnectionNumber
    number.restype = ctypes.c_int
    number.argtypes = (ctypes.c_void_p,)
    return int(number(unwrap(display, b"display")))
