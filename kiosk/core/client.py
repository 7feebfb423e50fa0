from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.scene.frames import FrameReader
from kiosk.scene.wire import decode_message

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from kiosk.scene.wire import ScreenMessage

_CHUNK = 65536


class GoneError(Exception):
    """The connection has ended."""


class Client:
    """One connected screen, never waited for. A slow one gets only the newest scene, in whole frames."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self._reader = FrameReader()
        self._version = 0  # of the scene that was begun last
        self._unsent = memoryview(b"")

    def receive(self) -> Iterator[ScreenMessage]:
        """What has arrived whole. Raises GoneError, WireError."""
        try:
            data = self.socket.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            raise GoneError from error
        if not data:
            raise GoneError
        for payload in self._reader.feed(data):
            yield decode_message(payload)

    def send(self, version: int, framed: bytes) -> bool:
        """Go on sending, then begin this scene if it is a newer one; True while something is unsent."""
        if not self._push():
            return True
        if version != self._version:
            self._version, self._unsent = version, memoryview(framed)
        return not self._push()

    def _push(self) -> bool:
        while self._unsent:
            try:
                self._unsent = self._unsent[self.socket.send(self._unsent) :]
            except BlockingIOError:
                return False
            except OSError as error:
                raise GoneError from error
        return True
