"""What a listener does reaches the voice: every act breaks it off, and the marked keys answer."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pygame
import pytest

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.flow.world import Preferences
from kiosk.scene.wire import Hello, Painted, Tap
from kiosk.screen.companions import Companions
from kiosk.screen.headset import Headset
from kiosk.screen.link import Link
from kiosk.screen.loop import Loop
from kiosk.screen.speech import Speech
from kiosk.screen.stage import Stage
from kiosk.screen.touch import Touch
from kiosk.screen.window import Window
from kiosk.voice.script import of_node, script, where_am_i
from tests.flow.situations import KNOWN_PERSON, QUIET
from tests.screen.appliance import FakeCore
from tests.screen.gallery import PORTRAIT, panel
from tests.screen.test_headset import IN, say
from tests.screen.test_speech import Listener

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.scene.contract import Scene
    from kiosk.voice.contract import Utterance

READ_OUT = replace(view(replace(QUIET, preferences=Preferences(speech=True))), seq=4)


class Desk:
    """The real loop, link, focus and speech before a core that only notes."""

    def __init__(self, loop: Loop, core: FakeCore, voice: Listener, stop: socket.socket) -> None:
        self.loop, self.core, self.voice, self._stop = loop, core, voice, stop
        self._begun = False

    def show(self, scene: Scene) -> None:
        """Until the screen has said that it painted this scene."""
        peer, stopper = socket.socketpair()

        def serve() -> None:
            if not self._begun:
                self.core.accept()
                self.core.receive()
            self.core.send(scene)
            self.painted = self.core.receive()
            stopper.send(b"!")

        with peer, stopper:
            core = threading.Thread(target=serve)
            core.start()
            self.loop.run(lambda: 9.0, peer, None)
            core.join()
        self._begun = True
        assert self.painted == Painted(scene.seq)
        self.voice.heard.clear()

    def do(self, *events: pygame.event.Event) -> list[str]:
        """What the voice is told because of these, but for how the jack stands, as at each start."""
        for event in events:
            pygame.event.post(event)
        self.loop.run(lambda: 9.0, self._stop, None)
        return [each for each in self.voice.heard if not each.startswith("plug")]


@pytest.fixture(name="desk")
def make_desk(tmp_path: Path, jack: Path, fonts: Path) -> Iterator[Desk]:
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    settings = panel(PORTRAIT, fonts)
    window = Window(settings)  # never closed: that would take the fonts from all other tests of this process
    voice = Listener()
    with ExitStack() as stack:
        core = stack.enter_context(closing(FakeCore(tmp_path / "screen.sock")))
        headset = stack.enter_context(closing(Headset(jack)))
        hello = Hello(settings.width_px, settings.height_px)
        link = stack.enter_context(closing(Link(tmp_path / "screen.sock", hello, 0.0)))
        stop, stopper = (stack.enter_context(each) for each in socket.socketpair())
        stopper.send(b"!")
        others = Companions(Speech(lambda: voice), headset=headset)
        yield Desk(Loop(window, Stage(window.surface, settings), Touch(0), link, others), core, voice, stop)


def said(utterances: tuple[Utterance, ...]) -> str:
    return f"{READ_OUT.language}: {' '.join(each.node for each in utterances)}"


def key(code: int) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=0)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (pygame.K_SPACE, ["stop", said(script(READ_OUT))]),
        (pygame.K_F1, ["stop", said(where_am_i(READ_OUT))]),
        (pygame.K_F3, ["stop", "louder", said(script(READ_OUT))]),
    ],
)
def test_the_marked_keys_answer_and_break_off_what_is_said(desk: Desk, code: int, told: list[str]) -> None:
    desk.show(READ_OUT)

    assert desk.do(key(code)) == told


def test_a_step_of_the_ring_is_said_and_breaks_off_what_was(desk: Desk) -> None:
    desk.show(READ_OUT)

    told = desk.do(key(pygame.K_DOWN))

    assert told == ["stop", said(of_node(READ_OUT, told[1].split()[-1]))]


def test_a_touch_breaks_off_what_is_said(desk: Desk) -> None:
    desk.show(READ_OUT)

    told = desk.do(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(5, 5)))

    assert told[-1] == "stop"


def test_a_headset_that_is_plugged_in_behind_a_dialog_is_not_forgotten(desk: Desk, jack: Path) -> None:
    known = replace(KNOWN_PERSON, page=s.WhoYouAre())
    warned, _ = step(known, e.TimeNearlyUp(known.turn))
    desk.show(replace(view(warned), seq=5))
    say(jack, IN)
    peer, stopper = socket.socketpair()
    ticks = iter(range(1000))

    def clock() -> float:
        if next(ticks) == 8:
            stopper.send(b"!")
        return 9.0

    with peer, stopper:
        desk.loop.run(clock, peer, None)
    desk.show(replace(view(known), seq=6))

    assert desk.core.receive() == Tap(6, "prefer-voice")
