"""A screen that is not there: the raw socket of the core, spoken by hand."""

from __future__ import annotations

import contextlib
import io
import json
import socket
from typing import TYPE_CHECKING, Any

from kiosk.log import Log
from kiosk.scene.wire import FrameReader, decode_scene, encode_message, frame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.scene.contract import Scene
    from kiosk.scene.wire import ScreenMessage

PATIENCE_S = 5.0


class LogBook:
    """A log that can be read again."""

    def __init__(self) -> None:
        self._stream = io.StringIO()
        self.log = Log(self._stream)

    def lines(self, event: str = "") -> list[dict[str, Any]]:
        """All lines of one event, or all."""
        lines = [json.loads(line) for line in self._stream.getvalue().splitlines()]
        return [line for line in lines if not event or line["event"] == event]


class FakeScreen:
    """Connects, says what it is told, and waits for scenes."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(PATIENCE_S)
        self._socket.connect(str(path))
        self._reader = FrameReader()
        self._scenes: list[Scene] = []

    def say(self, message: ScreenMessage) -> None:
        self.send_raw(frame(encode_message(message)))

    def send_raw(self, data: bytes) -> None:
        self._socket.sendall(data)

    def next_scene(self) -> Scene:
        """The next scene; raises EOFError when the core hung up."""
        while not self._scenes:
            data = self._socket.recv(65536)
            if not data:
                raise EOFError
            self._scenes += [decode_scene(payload) for payload in self._reader.feed(data)]
        return self._scenes.pop(0)

    def wait_for_end(self) -> None:
        """Read until the core hangs up."""
        with contextlib.suppress(EOFError, ConnectionResetError):
            while True:
                self.next_scene()

    def close(self) -> None:
        self._socket.close()


@contextlib.contextmanager
def screen_at(path: Path) -> Iterator[FakeScreen]:
    """A connected screen."""
    screen = FakeScreen(path)
    try:
        yield screen
    finally:
        screen.close()
