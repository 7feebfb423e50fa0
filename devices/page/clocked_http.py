"""HTTP connections on which a whole answer, headers too, has to come within the time of one time-out.

Time-outs of sockets count from byte to byte: a printer that sends one byte a second would never be too slow.
"""

from __future__ import annotations

import http.client
import io
import time
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection

if TYPE_CHECKING:
    import socket

    from _typeshed import WriteableBuffer


class ClockedAdapter(HTTPAdapter):
    """Mount it on a session; give each request a `urllib3.Timeout(total=...)`. For http:// only."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make the pools of clocked connections."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _ClockedPool}


class _ClockedReader(io.RawIOBase):
    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._raw = connection.makefile("rb", buffering=0)
        # urllib3 has set the time-out to what is left of the total just before the answer is read.
        left = connection.gettimeout()
        self._until = None if left is None else time.monotonic() + left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        if self._until is not None:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError("the time for this answer is over")
            self._socket.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _ClockedResponse(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_ClockedReader(sock))


class _ClockedConnection(HTTPConnection):
    response_class = _ClockedResponse


class _ClockedPool(HTTPConnectionPool):
    ConnectionCls = _ClockedConnection
