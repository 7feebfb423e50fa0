from __future__ import annotations

import signal
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from fastapi import FastAPI

_KEEP_ALIVE_S = 75  # kiosks keep their line between residents
_GRACE_S = 3


class _AnnouncingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say where the platform listens, once it does."""
        await super().startup(sockets)
        sys.stdout.write(f"ready {self._address}\n")
        sys.stdout.flush()


def serve(app: FastAPI, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; prints "ready ADDRESS" when it listens. OSError: port taken."""
    listener = socket.create_server((host, port))
    # Connections inherit it; asyncio would not set it here, and each reply would wait 40 ms for an ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        access_log=False,  # addresses of papers hold their check codes
        log_level="warning",
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_GRACE_S,
    )
    # The server sends itself the signal again once it has stopped; by then it only has to end well.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    actual_port = listener.getsockname()[1]
    _AnnouncingServer(config, f"http://{host}:{actual_port}").run(sockets=[listener])
