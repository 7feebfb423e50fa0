"""The line from the kiosk to the platform, as something that can be cut and mended."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

CHUNK = 65_536


class Line:
    """Forwards TCP from a loopback port of its own to `target` (http://HOST:PORT). Starts mended."""

    def __init__(self, target: str) -> None:
        address = urlsplit(target)
        self._target = (address.hostname or "127.0.0.1", address.port or 80)
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._is_cut = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, name="line", daemon=True)
        self._thread.start()

    @property
    def is_cut(self) -> bool:
        """Whether nothing gets through."""
        return self._is_cut

    def cut(self) -> None:
        """Break all connections, and every new one at once; the port stays ours."""
        with self._lock:
            self._is_cut = True
            ends = tuple(self._ends)
        for end in ends:
            _hang_up(end)

    def mend(self) -> None:
        """Let new connections through again."""
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        """Stop forwarding for good. Calling it twice is harmless."""
        self.cut()
        _hang_up(self._listener)
        self._thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:  # closed
                return
            self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._target, timeout=5)
        except OSError:  # the platform is down: for the kiosk the same as a cut line
            near.close()
            return
        far.settimeout(None)
        with self._lock:
            if self._is_cut:
                near.close()
                far.close()
                return
            self._ends |= {near, far}
        threading.Thread(target=self._carry, args=(near, far), name="line-carry", daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        """Carry one connection both ways until either end hangs up."""
        back = threading.Thread(target=_pump, args=(far, near), name="line-back", daemon=True)
        back.start()
        _pump(near, far)
        back.join()
        with self._lock:
            self._ends -= {near, far}
        near.close()
        far.close()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):  # cut, or hung up
        while data := source.recv(CHUNK):
            sink.sendall(data)
    _hang_up(sink)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):  # already gone
        end.shutdown(socket.SHUT_RDWR)
