"""The loop tells in the log what technicians must know, with its code."""

from __future__ import annotations

import os
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.wire import Hello
from kiosk.screen.link import Link
from kiosk.screen.loop import Loop
from kiosk.screen.own_scenes import NO_CORE_AFTER_S
from kiosk.screen.stage import Stage
from kiosk.screen.touch import Touch
from kiosk.screen.window import Window
from tests.screen.gallery import PORTRAIT, panel

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("lost_for_s", "codes"), [(NO_CORE_AFTER_S - 1, []), (NO_CORE_AFTER_S, ["SCR-01"])])
def test_a_screen_that_gives_up_on_the_core_says_so_once(
    lost_for_s: float, codes: list[str], fonts: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    settings = panel(PORTRAIT, fonts)
    window = Window(settings)  # never closed: that would take the fonts from all other tests of this process
    stop, stopper = socket.socketpair()
    with stop, stopper:
        stopper.send(b"!")
        with closing(Link(tmp_path / "no.sock", Hello(settings.width_px, settings.height_px), 0.0)) as link:
            loop = Loop(window, Stage(window.surface, settings), Touch(0), link)

            loop.run(lambda: lost_for_s, stop, None)
            loop.run(lambda: lost_for_s, stop, None)

    assert [record.getMessage().split()[0] for record in caplog.records] == codes
