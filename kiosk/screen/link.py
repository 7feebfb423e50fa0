"""The screen's end of the UNIX socket to the core."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

from kiosk.scene.wire import FrameReader, Hello, WireError, decode_scene, encode_message, frame

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.scene.contract import Scene
    from kiosk.scene.wire import ScreenMessage

BACK_OFF_S = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)  # between attempts to reach the core; then always the last
BAD_FRAME = "SCR-04"  # what came is not of its schema
_CHUNK_BYTES = 256 * 1024
_log = logging.getLogger(__name__)


class Link:
    """Connects, reconnects, and turns frames into scenes. Nothing here blocks; times are steady seconds."""

    def __init__(self, path: Path, hello: Hello, now: float) -> None:
        self._path = path
        self._hello = hello
        self._socket: socket.socket | None = None
        self._reader = FrameReader()
        self._outgoing = bytearray()
        self._failures = 0
        self.next_attempt_s = now
        self.lost_since_s = now

    @property
    def socket(self) -> socket.socket | None:
        """The open socket, None while there is no core."""
        return self._socket

    @property
    def has_outgoing(self) -> bool:
        """True while something waits until the socket takes it."""
        return bool(self._outgoing)

    def open_if_due(self, now: float) -> None:
        """Try to reach the core when the time for it has come."""
        if self._socket is not None or now < self.next_attempt_s:
            return
        opening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        opening.setblocking(False)
        try:
            opening.connect(str(self._path))
        except OSError:
            opening.close()
            self._back_off(now)
            return
        self._socket = opening
        self._reader = FrameReader()
        self._outgoing = bytearray()
        self.send(self._hello, now)

    def receive(self, now: float) -> list[Scene]:
        """The scenes that came whole since. Closes the connection when the core left or sent garbage."""
        try:
            return [decode_scene(payload) for payload in self._reader.feed(self._read())]
        except WireError as error:
            _log.error("%s frame_refused why=%s", BAD_FRAME, error)
            self._close(now)
        except OSError:
            self._close(now)
        return []

    def answered(self) -> None:
        """A scene of the core was shown: the next loss begins with quick attempts again."""
        self._failures = 0

    def send(self, message: ScreenMessage, now: float) -> None:
        """Send the message now or as soon as the socket takes it; without a core it is dropped."""
        if self._socket is None:
            return
        self._outgoing += frame(encode_message(message))
        self.flush(now)

    def flush(self, now: float) -> None:
        """Send what still waits."""
        if self._socket is None:
            return
        try:
            sent = self._socket.send(self._outgoing)
        except BlockingIOError:
            return
        except OSError:
            self._close(now)
            return
        del self._outgoing[:sent]

    def close(self) -> None:
        """Let go of the socket for good."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _read(self) -> bytes:
        """What has arrived. Raises ConnectionResetError when the core closed the connection."""
        if self._socket is None:
            return b""
        try:
            data = self._socket.recv(_CHUNK_BYTES)
        except BlockingIOError:
            return b""
        if not data:
            raise ConnectionResetError
        return data

    def _close(self, now: float) -> None:
        self.close()
        self.lost_since_s = now
        self._back_off(now)

    def _back_off(self, now: float) -> None:
        self.next_attempt_s = now + BACK_OFF_S[min(self._failures, len(BACK_OFF_S) - 1)]
        self._failures += 1
