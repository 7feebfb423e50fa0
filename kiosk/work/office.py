"""The UNIX socket of the office: one question a connection, one connection at a time, the owner alone."""

from __future__ import annotations

import json
import os
import select
import socket
import threading
import time
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.log import LogEvent
from kiosk.work.inbox import ClosedError
from kiosk.work.office_requests import MOST_REQUEST_BYTES, RequestError, read_request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kiosk.log import Log
    from kiosk.work.office_requests import Request

_QUESTION_PATIENCE_S = 5.0
_PART_PATIENCE_S = 20.0  # for one part of an answer to find room
_ANSWER_PATIENCE_S = 600.0  # for all of it: whoever reads ever so slowly must not keep others out
_OWNER_ONLY = 0o600


class Desk(Protocol):
    """Whoever answers."""

    def answer(self, request: Request, say: Callable[[Mapping[str, Any]], None]) -> None:
        """Say the whole answer."""
        ...


class Office:
    """Hears questions of programs on this machine, and sends what the desk answers."""

    name = "office"

    def __init__(
        self, path: Path, desk: Desk, log: Log, answer_patience_s: float = _ANSWER_PATIENCE_S
    ) -> None:
        self._path = path
        self._desk = desk
        self._answer_patience_s = answer_patience_s
        self._log = log
        self._lock = threading.Lock()
        self._visitor: socket.socket | None = None
        self._closing = False
        self._wake_in, self._wake_out = socket.socketpair()

    def close(self) -> None:
        """Make `run` come to an end, also in the middle of an answer."""
        with self._lock:
            self._closing = True
            if self._visitor:
                _hang_up(self._visitor)
        self._wake_out.close()

    def run(self) -> None:
        """Answer until closed."""
        with self._wake_in, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            self._open(listener)
            try:
                while True:
                    select.select([listener, self._wake_in], [], [])
                    self._check_open()
                    self._receive(listener)
            finally:
                self._path.unlink(missing_ok=True)

    def _open(self, listener: socket.socket) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)  # left behind by a process that was killed
        # Linux gives the file the mode of the socket, so that it is never there for others; a mask would be
        # the whole process's, and other threads write files meanwhile.
        os.fchmod(listener.fileno(), _OWNER_ONLY)
        listener.bind(str(self._path))
        listener.listen()
        listener.setblocking(False)

    def _check_open(self) -> None:
        with self._lock:
            if self._closing:
                raise ClosedError

    def _receive(self, listener: socket.socket) -> None:
        try:
            visitor, _ = listener.accept()
        except OSError:
            return  # it came and went
        with visitor:
            with self._lock:
                self._visitor = visitor
            try:
                self._check_open()
                self._serve(visitor)
            except OSError:
                self._log.warning(LogEvent.OFFICE_BROKEN_OFF)  # whoever asked went away, or reads no further
            finally:
                with self._lock:
                    self._visitor = None

    def _serve(self, visitor: socket.socket) -> None:
        try:
            request = read_request(_read_line(visitor))
        except RequestError:
            refusal = {"error": "the core does not understand what was asked"}
            _say(visitor, refusal, time.monotonic() + _PART_PATIENCE_S)
            return
        end = time.monotonic() + self._answer_patience_s
        self._desk.answer(request, lambda line: _say(visitor, line, end))


def _read_line(visitor: socket.socket) -> bytes:
    """The question, which must come whole and soon. Raises RequestError, OSError."""
    end = time.monotonic() + _QUESTION_PATIENCE_S
    heard = b""
    while not heard.endswith(b"\n"):
        visitor.settimeout(max(0.01, end - time.monotonic()))
        data = visitor.recv(MOST_REQUEST_BYTES)
        heard += data
        if not data or len(heard) > MOST_REQUEST_BYTES:
            raise RequestError
    return heard


def _say(visitor: socket.socket, line: Mapping[str, Any], end: float) -> None:
    """Send one line. Raises TimeoutError: nobody reads, or not by the end."""
    left_s = end - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    visitor.settimeout(min(left_s, _PART_PATIENCE_S))
    visitor.sendall(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def _hang_up(visitor: socket.socket) -> None:
    try:
        visitor.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is gone already
