"""A line to the platform that can be cut, and that can lie: an HTTP proxy on loopback."""

from __future__ import annotations

import contextlib
import http.client
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

Reply = tuple[int, bytes]


class Line:
    """Forwards every request to `target`; `distort(path, reply)` may change the reply.

    A distortion that returns None lets half of the reply through.
    """

    def __init__(self) -> None:
        self.target = ""  # until the platform has an address, nothing gets through
        self.distort: Callable[[str, Reply], Reply | None] | None = None
        self.cut = False
        self.heard: list[bytes] = []  # everything that the kiosk said
        line = self

        class Handler(BaseHTTPRequestHandler):
            """One connection of the kiosk."""

            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                line.forward(self)

            def do_POST(self) -> None:
                line.forward(self)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
                """Requests are not worth a line here."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="line", daemon=True)
        self._thread.start()

    def forward(self, handler: BaseHTTPRequestHandler) -> None:
        """Pass one request on and bring the reply back, distorted where asked for."""
        handler.close_connection = self.cut or self.distort is not None
        if self.cut or not self.target:
            handler.connection.close()
            return
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.heard += [handler.path.encode(), bytes(handler.headers), body]
        try:
            whole = self._ask(handler, body)
        except (OSError, http.client.HTTPException):  # the platform is down
            handler.close_connection = True
            return
        reply = self.distort(handler.path, whole) if self.distort else whole
        status, content = reply or whole
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        with contextlib.suppress(OSError):  # the kiosk may be gone
            handler.wfile.write(content if reply else content[: len(content) // 2])

    def _ask(self, handler: BaseHTTPRequestHandler, body: bytes) -> Reply:
        target = urlsplit(self.target)
        connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=10)
        headers = {k: v for k, v in handler.headers.items() if k.lower() not in {"host", "connection"}}
        connection.request(handler.command, handler.path, body, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, content

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A kiosk that was killed ends its connections anyhow: not worth a word."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def server_error(path: str, reply: Reply) -> Reply | None:
    """The platform fails inside."""
    return (500, b'{"code":"X","title":"broken"}') if path.startswith("/v1/households") else reply


def half_a_reply(path: str, reply: Reply) -> Reply | None:
    """The line breaks in the middle of a look-up."""
    return None if path.startswith("/v1/households") else reply


def wrong_json(path: str, reply: Reply) -> Reply | None:
    """JSON, but not this contract."""
    return (200, b'{"hello":"world"}') if path.startswith("/v1/households") else reply


def not_json(path: str, reply: Reply) -> Reply | None:
    """A page of some proxy in between."""
    return (200, b"<html>log in here</html>") if path.startswith("/v1/households") else reply


def another_kiosk(path: str, reply: Reply) -> Reply | None:
    """A whole and well-formed reply that was meant for another kiosk."""
    return _with(reply, kiosk="CG-KSK-99") if path.startswith("/v1/households") else reply


def another_person(path: str, reply: Reply) -> Reply | None:
    """A whole and well-formed reply about somebody else."""
    return _with(reply, citizen_key="ab" * 32) if path.startswith("/v1/households") else reply


def _with(reply: Reply, **changes: str) -> Reply:
    status, content = reply
    return status, json.dumps(json.loads(content) | changes).encode()
