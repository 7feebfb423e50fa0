"""A page printer that answers each kind of request as the one in a trace did, over IPP."""

from __future__ import annotations

import threading
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from devices.page.errors import NotIppError
from devices.page.frames import decode, encode
from devices.trace.entries import Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.page.message import Message
    from devices.simulators.control import Request
    from devices.trace.entries import Entry, Trace

PATH = "/ipp/print"
_BEHIND = frozenset({"device-uri", "cups-version"})


class RecordedPrinter(ThreadingHTTPServer):
    """Serves on loopback until closed.

    How often a driver asks how a job is going depends on the clock. So a request is answered as the next one
    of its operation was, and where there is no further one, as the last one was.
    """

    daemon_threads = True

    def __init__(self, trace: Trace, port: int = 0) -> None:
        self._exchanges = tuple(_exchanges(trace.entries))
        self._next = 0
        self._asked = self._unknown = 0
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Exchange)
        self.address = f"ipp://127.0.0.1:{self.server_address[1]}{PATH}"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="replay", daemon=True)
        self._thread.start()

    def answer(self, body: bytes) -> bytes:
        """What the printer answered to this; nothing where it hung up, or was never asked that."""
        with self._lock:
            self._asked += 1
            try:
                request = decode(body)
            except NotIppError:
                self._unknown += 1
                return b""
            place = self._place_of(request.code)
            if place is None:
                self._unknown += 1
                return b""
            self._next = max(self._next, place + 1)
            answered = self._exchanges[place][1]
        return _with_number(answered, request)

    def state(self, _: Request | None = None) -> Request:
        """How many requests were answered, and how many of them the trace does not know."""
        return {"played": self._asked, "unknown": self._unknown}

    def close(self) -> None:
        """Close the port."""
        self.shutdown()
        self.server_close()
        self._thread.join()

    def _place_of(self, operation: int) -> int | None:
        places = [place for place, each in enumerate(self._exchanges) if each[0] == operation]
        ahead = [place for place in places if place >= self._next]
        return next(iter(ahead or places[-1:]), None)


class _Exchange(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: RecordedPrinter

    def do_POST(self) -> None:
        """One request."""
        answer = self.server.answer(self._body())
        if not answer:
            self.close_connection = True
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body


def _exchanges(entries: tuple[Entry, ...]) -> Iterator[tuple[int, bytes]]:
    """The operation of each request, and its answer; b"" where none came."""
    asked: int | None = None
    for entry in entries:
        if entry.way is Way.OUT:
            asked = decode(entry.data).code
        elif asked is not None and entry.way in {Way.IN, Way.GONE}:
            yield asked, entry.data
            asked = None


def _with_number(answered: bytes, request: Message) -> bytes:
    """The answer with the number of this request; what is no IPP stays as it is.

    A queue of CUPS names the printer behind it, which a driver would then ask: that printer has nothing to
    do with a recording, so a queue answers here as if it were the printer itself.
    """
    try:
        message = decode(answered)
    except NotIppError:
        return answered
    groups = tuple(
        replace(group, attributes=tuple(each for each in group.attributes if each.name not in _BEHIND))
        for group in message.groups
    )
    return encode(replace(message, groups=groups, request_id=request.request_id))
