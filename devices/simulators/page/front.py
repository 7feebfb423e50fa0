"""The network side of the simulated printer: HTTP/1.1, and the faults of the line."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from devices.page.errors import NotIppError
from devices.page.frames import decode, encode
from devices.page.tags import Operation
from devices.simulators.page.faults import Fault, FaultName

if TYPE_CHECKING:
    from devices.page.message import Message
    from devices.simulators.page.desk import Desk
    from devices.simulators.page.faults import FaultBoard

_GARBAGE = b"<html><body>Embedded web server: busy</body></html>"


class Front(ThreadingHTTPServer):
    """Serves one printer on loopback until `shut_down`."""

    daemon_threads = True
    allow_reuse_port = True  # the place is held by a socket that never listens, see `simulator`

    def __init__(self, port: int, desk: Desk, board: FaultBoard) -> None:
        self.desk = desk
        self.board = board
        self.last_answer: Message | None = None
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), Exchange)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="front", daemon=True)
        self._thread.start()

    def shut_down(self) -> None:
        """Close the port and break off every connection."""
        self.shutdown()
        self.server_close()
        self._thread.join()
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):  # gone already
                    connection.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that it can be broken off."""
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection."""
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)


class Exchange(BaseHTTPRequestHandler):
    """One connection: requests and answers, one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Front

    def handle(self) -> None:
        """Serve until either side hangs up."""
        with suppress(ConnectionError):  # a client may leave at any time
            super().handle()

    def log_message(self, *_: Any) -> None:
        """Nothing: job names are nobody's business, and stdout belongs to the program."""

    def do_POST(self) -> None:
        """One IPP exchange."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            first, rest = self._read_chunks(), 0
        else:
            length = int(self.headers.get("Content-Length", "0"))
            first, rest = self.rfile.read(length // 2), length - length // 2
        board = self.server.board
        fault = board.strike(int.from_bytes(first[2:4], "big"), Operation.SEND_DOCUMENT)
        if fault and fault.name is FaultName.DISCONNECT_WHILE_SENDING:
            self.close_connection = True
            return
        request = first + self.rfile.read(rest)
        if board.is_offline() or (fault and fault.name is FaultName.SILENT):
            board.hold()
            self.close_connection = True
            return
        self._reply(request, fault)

    def _reply(self, request: bytes, fault: Fault | None) -> None:
        if fault and fault.name is FaultName.SLOW:
            self.server.board.hold(fault.seconds)
        try:
            answer = self.server.desk.answer(decode(request))
        except NotIppError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        match fault.name if fault else None:
            case FaultName.DISCONNECT_AFTER_SENDING:
                self.close_connection = True
            case FaultName.HALF_ANSWER:
                self._send(encode(answer), share=0.5)
                self.close_connection = True
            case FaultName.GARBAGE:
                self._send(_GARBAGE)
            case FaultName.LATE_ANSWER:
                earlier = self.server.last_answer or replace(answer, request_id=answer.request_id - 1)
                self._send(encode(earlier))
            case _:
                self._send(encode(answer))
        self.server.last_answer = answer

    def _send(self, body: bytes, share: float = 1.0) -> None:
        # One write for head and body: two would wait for each other's acknowledgement (Nagle).
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nCache-Control: no-cache\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self.wfile.write(head.encode() + body[: int(len(body) * share)])

    def _read_chunks(self) -> bytes:
        """A chunked body (RFC 9112 section 7.1), as ipptool sends documents."""
        parts: list[bytes] = []
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers
        return b"".join(parts)
