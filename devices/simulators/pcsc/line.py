"""vpcd's wire protocol, seen from the card: both sides send a length of two bytes and so much payload."""

from __future__ import annotations

import socket
from contextlib import suppress

HOST = "127.0.0.1"
PORT = 35963  # of vpcd's first slot; the second has the next
POWER_OFF, POWER_ON, RESET, TELL_ATR = b"\x00", b"\x01", b"\x02", b"\x04"
LENGTH_BYTES = 2
CONNECT_S = 1.0


class Line:
    """One connection to vpcd: while it stands, a card lies in the reader."""

    def __init__(self, port: int) -> None:
        """Lay the card in; OSError while no vpcd listens."""
        self._socket = socket.create_connection((HOST, port), CONNECT_S)
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def receive(self) -> bytes:
        """The next payload; empty when the line is cut."""
        length = int.from_bytes(self._exactly(LENGTH_BYTES), "big")
        return self._exactly(length)

    def send(self, payload: bytes) -> None:
        """Send one payload, never an empty one: vpcd would wait for ever."""
        if not payload:
            raise ValueError("vpcd hangs after an empty answer")
        with suppress(OSError):  # cut meanwhile; receiving will say so
            self._socket.sendall(len(payload).to_bytes(LENGTH_BYTES, "big") + payload)

    def cut(self) -> None:
        """Take the card out, whatever is under way; from any thread."""
        with suppress(OSError):  # cut already
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()

    def _exactly(self, length: int) -> bytes:
        received = b""
        try:
            while len(received) < length:
                # vpcd sends length and payload apart and waits in between for what we would acknowledge late.
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
                chunk = self._socket.recv(length - len(received))
                if not chunk:
                    return b""
                received += chunk
        except OSError:  # cut
            return b""
        return received
