"""A server that answers with whatever bytes a test wants, as slowly as it wants."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = Callable[[socket.socket, "Request"], None]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came."""

    head: str
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class RawServer:
    """Use it as a context; `answer` writes to the connection, which is closed afterwards."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.requests: list[Request] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept)
        self._conversations: list[threading.Thread] = []

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()
        for conversation in self._conversations:
            conversation.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed at the end of the context
                return
            conversation = threading.Thread(target=self._converse, args=(connection,))
            self._conversations.append(conversation)
            conversation.start()

    def _converse(self, connection: socket.socket) -> None:
        # The client may hang up whenever it has seen enough.
        with connection, suppress(ConnectionError):
            request = _read_request(connection)
            if request is not None:
                self.requests.append(request)
                self.answer(connection, request)


def reply_bytes(content: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """A whole HTTP reply."""
    lines = [
        f"HTTP/1.1 {status}",
        *headers,
        f"Content-Length: {len(content)}",
        "Content-Type: application/json",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def always(reply: bytes) -> Answer:
    """Answers every request with the same bytes."""

    def answer(connection: socket.socket, _request: Request) -> None:
        connection.sendall(reply)

    return answer


def _read_request(connection: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (part := connection.recv(65536)):
            return None
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    text = head.decode("ascii")
    lengths = [
        line.partition(":")[2] for line in text.splitlines() if line.lower().startswith("content-length:")
    ]
    while len(body) < int(lengths[0] if lengths else 0):
        body += connection.recv(65536)
    return Request(text, body)
