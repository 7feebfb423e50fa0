"""A hand that rests on the glass means nothing; only how many fingers lie there is asked."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pygame
import pytest

from kiosk.scene.wire import Hello, Painted, Tap
from kiosk.screen.contacts import FORGOTTEN_S, Contacts
from kiosk.screen.link import Link
from kiosk.screen.loop import Loop
from kiosk.screen.stage import Stage
from kiosk.screen.touch import DEBOUNCE_S, SETTLE_S, Touch
from kiosk.screen.window import Window
from tests.screen.appliance import FakeCore
from tests.screen.gallery import PORTRAIT, Studio, panel
from tests.screen.samples import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PANEL = 7
_QUIET_S = 0.2
_CHOICE = "purpose:school"  # the first of the page


def test_one_and_two_fingers_are_fingers_and_three_a_palm_until_the_last_is_lifted() -> None:
    contacts = Contacts()

    landing, lifting = [], []
    for finger in range(4):
        contacts.land((_PANEL, finger), 1.0)
        landing.append(contacts.is_palm(1.0))
    for finger in range(4):
        lifting.append(contacts.is_palm(1.0))
        contacts.lift((_PANEL, finger))

    assert landing == [False, False, True, True]
    assert lifting == [True] * 4
    assert not contacts.is_palm(1.0)


def test_fingers_whose_lifting_nobody_told_lock_nobody_out() -> None:
    contacts = Contacts()
    for finger in range(3):
        contacts.land((_PANEL, finger), 1.0)

    assert contacts.is_palm(1.0 + FORGOTTEN_S - 0.1)
    assert not contacts.is_palm(1.0 + FORGOTTEN_S)


class Hand:
    """Touches the glass as SDL tells it: the first finger as a mouse too, all of them as fingers."""

    def __init__(self, core: FakeCore, place: tuple[int, int]) -> None:
        self._core, self._place = core, place

    def land(self, finger: int) -> None:
        if finger == 0:
            _post(pygame.MOUSEBUTTONDOWN, button=1, pos=self._place)
        _post(pygame.FINGERDOWN, touch_id=_PANEL, finger_id=finger)

    def lift(self, finger: int) -> None:
        if finger == 0:
            _post(pygame.MOUSEBUTTONUP, button=1, pos=self._place)
        _post(pygame.FINGERUP, touch_id=_PANEL, finger_id=finger)

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


@pytest.fixture
def hand(fonts: Path, tmp_path: Path) -> Iterator[Hand]:
    """Before a page with choices, on the real loop."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    settings = panel(PORTRAIT, fonts)
    window = Window(settings)  # never closed: that would take the fonts from all other tests of this process
    scene = sample("purpose")
    rect = Studio(settings).lay_out(scene).targets[0].rect
    stop, stopper = socket.socketpair()
    with closing(FakeCore(tmp_path / "screen.sock")) as core, stop, stopper:
        hello = Hello(settings.width_px, settings.height_px)
        with closing(Link(tmp_path / "screen.sock", hello, time.monotonic())) as link:
            loop = Loop(window, Stage(window.surface, settings), Touch(0), link)
            thread = threading.Thread(target=loop.run, args=(time.monotonic, stop, None))
            thread.start()
            core.accept()
            assert isinstance(core.receive(), Hello)
            core.send(scene)
            assert isinstance(core.receive(), Painted)
            time.sleep(SETTLE_S)
            yield Hand(core, (rect.x + 20, rect.y + 20))
            stopper.send(b"!")
            thread.join()


def test_a_second_finger_beside_the_first_takes_nothing_away(hand: Hand) -> None:
    for finger in (0, 1):
        hand.land(finger)
    for finger in (0, 1):
        hand.lift(finger)

    assert hand.says() == _CHOICE


def test_a_palm_touches_nothing_and_the_next_finger_does(hand: Hand) -> None:
    for finger in range(3):
        hand.land(finger)
    hand.lift(0)
    palm = hand.says()
    hand.land(0)
    hand.lift(0)
    still = hand.says()
    for finger in (1, 2):
        hand.lift(finger)
    hand.land(0)
    hand.lift(0)

    assert (palm, still) == ("", "")
    assert hand.says() == _CHOICE
