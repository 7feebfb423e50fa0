"""A line that loses, cuts, delays, repeats and invents replies: a proxy on loopback, byte for byte."""

from __future__ import annotations

import random
import re
import socket
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END = b"\r\n\r\n"
_PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n<html>please log in</html>"
)
_BROKEN = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"


class Mood(StrEnum):
    """What becomes of one request and its reply."""

    WHOLE = "whole"
    DROPPED = "dropped"  # the request never arrives
    CUT_REQUEST = "cut request"
    UNANSWERED = "unanswered"  # done, but the reply is lost
    CUT = "cut"  # done, but the reply ends somewhere
    TOO_LATE = "too late"  # done, but the reply comes when nobody waits for it any more
    TWICE = "twice"  # the request arrives two times
    REPEATED = "repeated"  # the reply comes two times
    BEHIND = "behind"  # from now on every reply comes a request too late
    STALE = "stale"  # nothing arrives, and an earlier reply is given instead
    PORTAL = "portal"  # nothing arrives, and something in between says 200, whole or cut
    BROKEN = "broken"  # done, but something in between says 502


FAULTS = tuple(mood for mood in Mood if mood is not Mood.WHOLE)


@dataclass
class _Talk:
    """One connection of the kiosk."""

    kiosk: socket.socket
    owed: bytes | None = None  # the reply that comes a request too late


class UnrulyLine:
    """Use it as a context; `draw` says what becomes of each request."""

    def __init__(self, target: str, draw: Callable[[], Mood], seed: int) -> None:
        self.draw = draw
        self.moods: Counter[Mood] = Counter()
        self._target = target
        self._dice = random.Random(seed)  # noqa: S311 - a test, repeatable by its seed
        self._earlier = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept)
        self._talks: list[tuple[threading.Thread, socket.socket]] = []

    @property
    def url(self) -> str:
        """Where the kiosk finds the platform."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def faults(self) -> int:
        """How often it misbehaved."""
        return self.moods.total() - self.moods[Mood.WHOLE]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()
        for thread, kiosk in self._talks:
            with suppress(OSError):  # most are over
                kiosk.shutdown(socket.SHUT_RDWR)
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                kiosk, _ = self._listener.accept()
            except OSError:  # closed at the end of the context
                return
            self._talks = [each for each in self._talks if each[0].is_alive()]
            thread = threading.Thread(target=self._converse, args=(kiosk,))
            self._talks.append((thread, kiosk))
            thread.start()

    def _converse(self, kiosk: socket.socket) -> None:
        talk = _Talk(kiosk)
        with kiosk, suppress(OSError):  # the kiosk hangs up when it has seen enough
            while request := read_message(kiosk):
                mood = self.draw()
                self.moods[mood] += 1
                if not self._answer(talk, request, mood):
                    return

    def _answer(self, talk: _Talk, request: bytes, mood: Mood) -> bool:
        """False where the connection ends."""
        match mood:
            case Mood.DROPPED:
                return False
            case Mood.CUT_REQUEST:
                _begin(self._target, request[: self._place_in(request)])
                return False
            case Mood.STALE:
                talk.kiosk.sendall(self._earlier or _PORTAL)
                return True
            case Mood.PORTAL:
                talk.kiosk.sendall(_PORTAL[: self._dice.choice((len(_PORTAL), self._place_in(_PORTAL)))])
                return False
            case _:
                return self._forward(talk, request, mood)

    def _forward(self, talk: _Talk, request: bytes, mood: Mood) -> bool:
        reply = exchange(self._target, request)
        if mood is Mood.TWICE:
            reply = exchange(self._target, request)
        if mood is Mood.BEHIND and talk.owed is None:
            talk.owed = reply
        if mood is Mood.UNANSWERED:
            return False
        if mood is Mood.CUT:
            talk.kiosk.sendall(reply[: self._place_in(reply)])
            return False
        if mood is Mood.TOO_LATE:
            talk.kiosk.recv(1)  # returns when the kiosk has hung up
        sent = _BROKEN if mood is Mood.BROKEN else reply
        if talk.owed is not None:
            sent, talk.owed = talk.owed, reply
        talk.kiosk.sendall(sent + sent if mood is Mood.REPEATED else sent)
        self._earlier = reply
        return mood is not Mood.TOO_LATE

    def _place_in(self, message: bytes) -> int:
        return self._dice.randrange(1, len(message))


def exchange(target: str, request: bytes) -> bytes:
    """What the platform at `target` answers to these bytes; "" where it hangs up on them."""
    with _connect(target) as platform:
        platform.sendall(request)
        return read_message(platform)


def _begin(target: str, request: bytes) -> None:
    """Send what is only the beginning of a request, and wait until the platform has seen its end."""
    with _connect(target) as platform:
        platform.sendall(request)
        platform.shutdown(socket.SHUT_WR)
        read_message(platform)


def _connect(target: str) -> socket.socket:
    address = urlsplit(target)
    return socket.create_connection((address.hostname or "", address.port or 0))


def read_message(connection: socket.socket) -> bytes:
    """One whole HTTP request or reply as it came; "" at the end, or where it is cut."""
    data = b""
    while _END not in data:
        if not (part := connection.recv(65536)):
            return b""
        data += part
    head, _, body = data.partition(_END)
    found = _LENGTH.search(head)
    while len(body) < (int(found[1]) if found else 0):
        if not (part := connection.recv(65536)):
            return b""
        body += part
    return head + _END + body
