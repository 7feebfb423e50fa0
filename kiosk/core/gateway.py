"""The UNIX socket where the screen stands: one screen at a time, the newest wins."""

from __future__ import annotations

import os
import selectors
import socket
import struct
import threading
from typing import TYPE_CHECKING, Final

from kiosk.core.client import Client, GoneError
from kiosk.domain.codes import ScreenCode
from kiosk.log import LogEvent
from kiosk.scene.wire import WireError, frame
from kiosk.work.inbox import ClosedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.log import Log
    from kiosk.scene.wire import ScreenMessage

_CREDENTIALS: Final = struct.Struct("3i")  # pid, uid, gid of the peer
_OWNER_AND_GROUP = 0o117  # the screen runs as a user of its own, in the same group


class Gateway:
    """Sends the present scene to the screen and brings back what it says; nobody ever waits for a screen."""

    name = "gateway"

    def __init__(self, path: Path, deliver: Callable[[ScreenMessage], None], log: Log) -> None:
        self._path = path
        self._deliver = deliver
        self._log = log
        self._lock = threading.Lock()
        self._present: tuple[int, bytes] = (0, b"")  # how many were published, and the last as a frame
        self._client: Client | None = None
        self._selector = selectors.DefaultSelector()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._wake_in, self._wake_out = socket.socketpair()
        self._closing = False

    def open(self) -> None:
        """Listen at the path, for this user and group alone. Call it before any thread is started."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)  # left behind by a process that was killed
        before = os.umask(_OWNER_AND_GROUP)
        try:
            self._listener.bind(str(self._path))
        finally:
            os.umask(before)
        self._listener.listen()
        for endpoint in (self._listener, self._wake_in, self._wake_out):
            endpoint.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wake_in, selectors.EVENT_READ)

    def publish(self, payload: bytes) -> None:
        """Make this the present scene. Any thread; never waits. Raises WireError when it is too large."""
        framed = frame(payload)
        with self._lock:
            self._present = (self._present[0] + 1, framed)
        self._wake()

    def has_screen(self) -> bool:
        """Whether a screen stands there now. Any thread."""
        return self._client is not None

    def close(self) -> None:
        """Make `run` come to an end."""
        self._closing = True
        self._wake()

    def run(self) -> None:
        """Serve until closed."""
        try:
            while True:
                self._serve_once()
        finally:
            self._drop_client()
            for endpoint in (self._listener, self._wake_in, self._wake_out):
                endpoint.close()
            self._selector.close()
            self._path.unlink(missing_ok=True)

    def _serve_once(self) -> None:
        for key, mask in self._selector.select():
            if key.fileobj is self._listener:
                self._accept()
            elif key.fileobj is self._wake_in:
                self._hear_wake()
            elif self._client and key.fileobj is self._client.socket:
                self._exchange(self._client, mask)
        if self._closing:
            raise ClosedError
        self._send()

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return  # it came and went
        _, uid, gid = _CREDENTIALS.unpack(
            connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
        )
        if uid not in {0, os.getuid()} and gid != os.getgid():
            self._log.warning(LogEvent.SCREEN_REFUSED, uid=uid)
            connection.close()
            return
        self._drop_client()
        connection.setblocking(False)
        self._client = Client(connection)
        self._selector.register(connection, selectors.EVENT_READ)
        self._log.info(LogEvent.SCREEN_CONNECTED)

    def _exchange(self, client: Client, mask: int) -> None:
        if not mask & selectors.EVENT_READ:
            return
        try:
            for message in client.receive():
                self._deliver(message)
        except WireError:
            self._log.warning(LogEvent.SCREEN_MISUNDERSTOOD, code=ScreenCode.BAD_FRAME)
            self._drop_client()
        except GoneError:
            self._drop_client()

    def _send(self) -> None:
        client = self._client
        if client is None:
            return
        with self._lock:
            present = self._present
        try:
            is_waiting = client.send(*present)
        except GoneError:
            self._drop_client()
            return
        interest = selectors.EVENT_READ | (selectors.EVENT_WRITE if is_waiting else 0)
        self._selector.modify(client.socket, interest)

    def _drop_client(self) -> None:
        client, self._client = self._client, None
        if client:
            self._selector.unregister(client.socket)
            client.socket.close()
            self._log.info(LogEvent.SCREEN_LOST)

    def _wake(self) -> None:
        try:
            self._wake_out.send(b"!")
        except (BlockingIOError, OSError):
            return  # it is awake already, or gone

    def _hear_wake(self) -> None:
        try:
            self._wake_in.recv(4096)
        except BlockingIOError:
            return
