"""A display of its own, and a core that speaks only the socket: what a running screen needs around it."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.scene.wire import FrameReader, decode_message, encode_scene, frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.scene.contract import Scene
    from kiosk.scene.wire import ScreenMessage

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 20.0


@contextmanager
def virtual_display(width: int, height: int) -> Iterator[str]:
    """An Xvfb with a number that it chose itself; ends with the block."""
    receiving, sending = os.pipe()
    command = ["Xvfb", "-displayfd", str(sending), "-screen", "0", f"{width}x{height}x24"]
    # -noreset: a server that resets itself when its last client leaves takes no other meanwhile.
    command += ["-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(sending,), stderr=subprocess.DEVNULL)
    os.close(sending)
    try:
        with os.fdopen(receiving) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(PATIENCE_S)


def screen_settings(
    socket_path: Path, fonts: Path, size_px: tuple[int, int], **further: object
) -> dict[str, object]:
    """An upright full screen of this many pixels, as tests.screen.child reads it; `further` comes last."""
    return {
        "width_px": size_px[0],
        "height_px": size_px[1],
        "panel_width_mm": 268.0,
        "panel_height_mm": 476.0,
        "bottom_above_floor_mm": 800.0,
        "fullscreen": True,
        "font_dir": str(fonts),
        "socket": str(socket_path),
        **further,
    }


@contextmanager
def running_screen(
    folder: Path, display: str, settings: dict[str, object], session: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """The screen process on a display, asked to end by SIGTERM at the end of the block."""
    path = folder / "screen.json"
    path.write_text(json.dumps(settings), encoding="utf-8")
    environment = (session or os.environ) | {"DISPLAY": display, "SDL_VIDEODRIVER": "x11"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.screen.child", str(path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        if process.stdout:
            process.stdout.close()


class FakeCore:
    """Listens where the core would; sends scenes and collects what the screen says."""

    def __init__(self, path: Path) -> None:
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        self._listener.listen(1)
        self._listener.settimeout(PATIENCE_S)
        self._peer: socket.socket | None = None
        self._reader = FrameReader()
        self._pending: list[ScreenMessage] = []

    def accept(self) -> None:
        """Wait for the screen, letting go of the connection before."""
        if self._peer is not None:
            self._peer.close()
        self._peer, _ = self._listener.accept()
        self._peer.settimeout(PATIENCE_S)
        self._reader = FrameReader()
        self._pending = []

    def send(self, scene: Scene) -> None:
        """Send a scene."""
        self.send_bytes(frame(encode_scene(scene)))

    def send_bytes(self, data: bytes) -> None:
        """Send anything."""
        assert self._peer is not None
        self._peer.sendall(data)

    def receive(self) -> ScreenMessage:
        """The next message of the screen."""
        assert self._peer is not None
        while not self._pending:
            data = self._peer.recv(65536)
            if not data:
                raise ConnectionResetError
            self._pending += [decode_message(payload) for payload in self._reader.feed(data)]
        return self._pending.pop(0)

    def is_silent_for(self, seconds: float) -> bool:
        """True where the screen says nothing within this time."""
        assert self._peer is not None
        return not self._pending and not select.select([self._peer], [], [], seconds)[0]

    def hang_up(self) -> None:
        """Close the connection, as a core that ended."""
        assert self._peer is not None
        self._peer.close()

    def close(self) -> None:
        """Close everything."""
        if self._peer is not None:
            self._peer.close()
        self._listener.close()


def wait_until_gone(process: subprocess.Popen[str]) -> int:
    """The exit status of a process that was asked to end."""
    return process.wait(PATIENCE_S)
