"""A socket in front of the real pcscd that can make its readers vanish, as a pulled USB cable does.

pcscd itself keeps the virtual reader for as long as it runs. What passes here is pcsc-lite's own protocol:
the client sends a header (two 32-bit words: length of the body, command) and a body; the answer to "which
readers are there" is an array of 16 states of 184 bytes, in which a name that begins with zero is no reader.
"""

from __future__ import annotations

import select
import socket
import struct
import sys
import threading
from typing import TYPE_CHECKING

from devices.pcsc.session import SOCKET

if TYPE_CHECKING:
    from pathlib import Path

HEADER = struct.Struct("=II")
TRANSMIT, GET_READERS = 0x09, 0x12
SENT_BYTES_AT = 12  # in the body of TRANSMIT: how many bytes go to the card
STATE_BYTES, STATES = 184, 16
LOOK_S = 0.05


class UsbCable:
    """Listens at `path` until closed; the readers are there while `is_in`."""

    def __init__(self, path: Path) -> None:
        self.is_in = True
        self._over = threading.Event()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        self._listener.listen()
        self._threads = [threading.Thread(target=self._accept, name="cable", daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Hang up on everybody."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            if not select.select([self._listener], [], [], LOOK_S)[0]:
                continue
            client, _ = self._listener.accept()
            thread = threading.Thread(target=self._carry, args=(client,), name="cable", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _carry(self, client: socket.socket) -> None:
        """One client and its own connection to the service."""
        asked = bytearray()
        hidden = 0  # bytes of an array of states that are still to come, and to be blanked
        with client, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as service:
            service.connect(SOCKET)
            while not self._over.is_set():
                for end in select.select([client, service], [], [], LOOK_S)[0]:
                    data = end.recv(65_536)
                    if not data:
                        return
                    if end is client:
                        asked += data
                        if GET_READERS in _commands(asked) and not self.is_in:
                            hidden = STATES * STATE_BYTES
                        service.sendall(data)
                    else:
                        count = min(hidden, len(data))
                        hidden -= count
                        client.sendall(bytes(count) + data[count:])


def _commands(asked: bytearray) -> list[int]:
    """The commands that are whole; they are taken off."""
    found = []
    while len(asked) >= HEADER.size:
        size, command = HEADER.unpack_from(asked)
        if command == TRANSMIT and len(asked) >= HEADER.size + SENT_BYTES_AT + 4:
            # The bytes for the card follow the body.
            size += int.from_bytes(asked[HEADER.size + SENT_BYTES_AT :][:4], sys.byteorder)
        if len(asked) < HEADER.size + size:
            break
        del asked[: HEADER.size + size]
        found.append(command)
    return found
