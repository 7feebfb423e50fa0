"""A hand before the real loop, on a panel that tells its fingers apart."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pygame

from kiosk.scene.wire import Hello, Painted, Tap
from kiosk.screen.link import Link
from kiosk.screen.loop import Loop
from kiosk.screen.stage import Stage
from kiosk.screen.touch import DEBOUNCE_S, SETTLE_S, Touch
from kiosk.screen.window import Window
from tests.screen.appliance import FakeCore
from tests.screen.gallery import PORTRAIT, Studio, panel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.scene.contract import Scene

PANEL = 7
_QUIET_S = 0.2


class Hand:
    """Touches the glass as SDL tells it: the first finger as a mouse too, all of them as fingers."""

    def __init__(self, core: FakeCore) -> None:
        self._core = core
        self._place = (0, 0)

    def aim(self, place: tuple[int, int]) -> None:
        """Where it touches from now on."""
        self._place = place

    def meet(self, scene: Scene) -> None:
        """Another page, painted."""
        self._core.send(scene)
        assert isinstance(self._core.receive(), Painted)

    def land(self, finger: int) -> None:
        """A finger comes down."""
        if finger == 0:
            _post(pygame.MOUSEBUTTONDOWN, button=1, pos=self._place)
        _post(pygame.FINGERDOWN, touch_id=PANEL, finger_id=finger)

    def lift(self, finger: int) -> None:
        """A finger goes up."""
        if finger == 0:
            _post(pygame.MOUSEBUTTONUP, button=1, pos=self._place)
        _post(pygame.FINGERUP, touch_id=PANEL, finger_id=finger)

    def says(self) -> str:
        """The node that the screen says was touched; "" = none."""
        time.sleep(DEBOUNCE_S)
        if self._core.is_silent_for(_QUIET_S):
            return ""
        said = self._core.receive()
        assert isinstance(said, Tap)
        return said.node


def _post(kind: int, **values: object) -> None:
    pygame.event.post(pygame.event.Event(kind, values))


def middle_of(scene: Scene, node: str, fonts: Path) -> tuple[int, int]:
    """Where that node of the scene stands."""
    rects = (each.rect for each in Studio(panel(PORTRAIT, fonts)).lay_out(scene).targets if each.id == node)
    rect = next(rects)
    return (rect.x + rect.w // 2, rect.y + rect.h // 2)


@contextmanager
def hand_before(scene: Scene, fonts: Path, directory: Path) -> Iterator[Hand]:
    """Before that page, on the real loop."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    settings = panel(PORTRAIT, fonts)
    window = Window(settings)  # never closed: that would take the fonts from all other tests of this process
    stop, stopper = socket.socketpair()
    with closing(FakeCore(directory / "screen.sock")) as core, stop, stopper:
        hello = Hello(settings.width_px, settings.height_px)
        with closing(Link(directory / "screen.sock", hello, time.monotonic())) as link:
            loop = Loop(window, Stage(window.surface, settings), Touch(0), link)
            thread = threading.Thread(target=loop.run, args=(time.monotonic, stop, None))
            thread.start()
            core.accept()
            assert isinstance(core.receive(), Hello)
            hand = Hand(core)
            hand.meet(scene)
            time.sleep(SETTLE_S)
            try:
                yield hand
            finally:
                stopper.send(b"!")
                thread.join()
