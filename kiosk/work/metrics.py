"""/metrics on loopback, in Prometheus form."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from kiosk.log import LogEvent
from kiosk.work.bell import Bell
from kiosk.work.inbox import ClosedError
from kiosk.work.metric_families import families

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client.core import Metric

    from kiosk.domain.condition import Program
    from kiosk.log import Log
    from kiosk.work.sources import Sources

LOOPBACK = "127.0.0.1"
PATIENCE_S = 5.0  # with somebody who connects and says nothing
RETRY_S = 30.0
_POLL_S = 0.5


@dataclass(frozen=True, slots=True)
class MetricsTools:
    """What is served where."""

    port: int
    sources: Sources
    program: Program
    log: Log


class MetricsServer:
    """Serves figures to this machine alone. Where another program has the port, the kiosk goes on without."""

    name = "metrics"

    def __init__(self, tools: MetricsTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(_ConditionCollector(tools))
        self._lock = threading.Lock()
        self._server: _Server | None = None
        self._is_closed = False
        self._is_told = False

    def port(self) -> int | None:
        """Where it serves now; None = nowhere yet."""
        with self._lock:
            return self._server.server_address[1] if self._server else None

    def close(self) -> None:
        """Make `run` come to an end."""
        with self._lock:
            self._is_closed = True
            server = self._server
        self._bell.close()
        if server:
            server.shutdown()

    def run(self) -> None:
        """Serve until closed."""
        while True:
            server = self._open()
            if server is None:
                self._bell.sleep(RETRY_S)
                continue
            with server:
                server.serve_forever(_POLL_S)
            self._bell.check_open()

    def _open(self) -> _Server | None:
        try:
            server = _Server((LOOPBACK, self._tools.port), _handler_of(self._registry))
        except OSError as error:
            if not self._is_told:  # told once
                self._is_told = True
                detail = error.strerror or ""
                self._tools.log.warning(LogEvent.METRICS_NOT_SERVED, port=self._tools.port, detail=detail)
            return None
        with self._lock:
            if self._is_closed:
                server.server_close()
                raise ClosedError
            self._server = server
        self._tools.log.info(LogEvent.METRICS_SERVED, port=server.server_address[1])
        return server


class _ConditionCollector(Collector):
    """Asked at each reading of /metrics."""

    def __init__(self, tools: MetricsTools) -> None:
        self._tools = tools

    def collect(self) -> Iterable[Metric]:
        return families(self._tools.sources.condition(), self._tools.program)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever read has gone away, or spoke no HTTP."""


class _Handler(BaseHTTPRequestHandler):
    timeout = PATIENCE_S
    registry: ClassVar[CollectorRegistry]

    def do_GET(self) -> None:
        if self.path.partition("?")[0] != "/metrics":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = generate_latest(self.registry)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", CONTENT_TYPE_LATEST)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library names it so
        """Readings are no events."""


def _handler_of(registry: CollectorRegistry) -> type[_Handler]:
    return type("_RegistryHandler", (_Handler,), {"registry": registry})
