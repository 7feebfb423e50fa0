"""The second process: draws what the core sends and returns what people touch."""

from __future__ import annotations

import contextlib
import importlib
import signal
import socket
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pygame

from kiosk.scene.contract import Theme
from kiosk.scene.wire import Hello
from kiosk.screen.companions import Companions
from kiosk.screen.entry.desk import EntryDesk
from kiosk.screen.headset import Headset
from kiosk.screen.link import Link
from kiosk.screen.loop import Loop
from kiosk.screen.metrics import HIT_SLACK_MM
from kiosk.screen.recorder import Recorder
from kiosk.screen.speech import Speech
from kiosk.screen.stage import Stage
from kiosk.screen.theme import PALETTES, Colour
from kiosk.screen.touch import Touch
from kiosk.screen.window import TITLE, Window

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.screen.settings import ScreenSettings
    from kiosk.screen.speech import OwnVoice
    from kiosk.typing.contract import HandwritingEngine, PinyinEngine


def run(settings: ScreenSettings, socket_path: Path, record_dir: Path | None = None) -> None:
    """Show scenes until SIGTERM or SIGINT; prints `ready SOCKET` once the window stands.

    Raises WindowError without a usable display and FontsUnusableError without the two faces.
    """
    clock = time.monotonic
    stop, stopper = socket.socketpair()
    with stop, stopper, closing(Window(settings)) as window:
        _stop_on_signals(stopper)
        stage = Stage(window.surface, settings)
        _paint_empty(window)
        link = Link(socket_path, Hello(settings.width_px, settings.height_px), clock())
        touch = Touch(stage.metrics.mm(HIT_SLACK_MM))
        sys.stdout.write(f"ready {socket_path}\n")
        sys.stdout.flush()
        with closing(link), contextlib.ExitStack() as stack:
            others = _companions(settings, stack)
            loop = Loop(window, stage, touch, link, others)
            loop.run(clock, stop, Recorder(record_dir) if record_dir else None)
        signal.set_wakeup_fd(-1)


def _companions(settings: ScreenSettings, stack: contextlib.ExitStack) -> Companions:
    """Loaded by name, and late: most pages are neither read out nor typed into."""

    def make_voice() -> OwnVoice:
        speaker = importlib.import_module("kiosk.voice.speaker")
        voice: OwnVoice = speaker.make_voice(settings.prompt_dir, audio=settings.sound)
        return voice

    def open_pinyin() -> PinyinEngine:
        engine: PinyinEngine = importlib.import_module("kiosk.typing.opening").open_pinyin()
        return engine

    def open_handwriting() -> HandwritingEngine | None:
        engine: HandwritingEngine | None = importlib.import_module("kiosk.typing.opening").open_handwriting()
        return engine

    speech = stack.enter_context(closing(Speech(make_voice)))
    desk = stack.enter_context(closing(EntryDesk(open_pinyin, open_handwriting)))
    headset = stack.enter_context(closing(Headset(settings.headset))) if settings.headset else None
    if not settings.accessibility:
        return Companions(speech, None, desk, headset)
    tree = importlib.import_module("kiosk.screen.accessibility").AccessibleScreen(TITLE)
    return Companions(speech, stack.enter_context(closing(tree)), desk, headset)


def _stop_on_signals(stopper: socket.socket) -> None:
    """SIGTERM and SIGINT wake the loop through the socket, also in the midst of its wait."""
    stopper.setblocking(False)
    signal.set_wakeup_fd(stopper.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)


def _paint_empty(window: Window) -> None:
    """The colour of the page at once, so that nobody sees black while the first scene is on its way."""
    window.surface.fill(PALETTES[Theme.STANDARD][Colour.PAGE])
    window.update_all()
    pygame.event.clear()
