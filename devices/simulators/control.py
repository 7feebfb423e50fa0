"""The control socket of a simulator: one JSON object per line in, one JSON line out."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Request = dict[str, Any]

MAX_LINE = 65_536


class OrderError(ValueError):
    """What was asked for makes no sense; the message goes back to whoever asked."""


class ControlSocket:
    """Serves `verbs` (the value of "do" -> what to do) on a UNIX stream socket until closed.

    A verb gets the whole request and returns what to add to `{"ok": true}`; `OrderError` becomes
    `{"ok": false, "error": ...}`. One client after another on its own thread each; verbs must be thread-safe.
    """

    def __init__(self, path: Path, verbs: Mapping[str, Callable[[Request], Request]]) -> None:
        self._path = path
        self._verbs = verbs
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        path.unlink(missing_ok=True)  # left behind by a killed simulator
        self._listener.bind(str(path))
        self._listener.listen()
        self._clients: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept, name="control", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening, hang up on clients and remove the socket. Calling it twice is harmless."""
        with suppress(OSError):  # already closed
            self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()
        with self._lock:
            for client in self._clients:
                with suppress(OSError):  # its thread was faster
                    client.shutdown(socket.SHUT_RDWR)
        self._path.unlink(missing_ok=True)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # closed
                return
            with self._lock:
                self._clients.add(client)
            threading.Thread(target=self._talk, args=(client,), name="control-client", daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with client, client.makefile("rwb") as stream, suppress(OSError):  # the client hung up
            while line := stream.readline(MAX_LINE):
                stream.write(json.dumps(self._answer(line), ensure_ascii=False).encode() + b"\n")
                stream.flush()
        with self._lock:
            self._clients.discard(client)

    def _answer(self, line: bytes) -> Request:
        try:
            request = json.loads(line)
        except ValueError:
            return {"ok": False, "error": "not JSON"}
        verb = self._verbs.get(str(request.get("do"))) if isinstance(request, dict) else None
        if verb is None:
            return {"ok": False, "error": f'"do" must be one of: {", ".join(sorted(self._verbs))}'}
        try:
            return {"ok": True, **verb(request)}
        except OrderError as wrong:
            return {"ok": False, "error": str(wrong)}
