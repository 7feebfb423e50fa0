"""The bench panel: one page on loopback for what a hand does at the kiosk beside touching its screen."""

from __future__ import annotations

import json
import re
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.desk.bench_state import Bench, UnknownOrderError
from tools.desk.control import OrderRefusedError
from tools.desk.proof import save_picture

if TYPE_CHECKING:
    from tools.desk.appliance import Appliance

PAGE = Path(__file__).with_name("panel.html")
MAX_BODY_BYTES = 4096

_PAPER = re.compile(r"/papers/([\w.\-]+)\.(pdf|png)")


class Panel:
    """Serves the panel of one appliance until closed; `url` is where."""

    def __init__(self, appliance: Appliance, port: int = 0) -> None:
        self.bench = Bench(appliance)
        self.pictures = appliance.directory / "pictures"
        self.pictures.mkdir(parents=True, exist_ok=True)
        panel = self

        class BoundHandler(Handler):
            """The handler of this panel."""

            served = panel

        self._server = ThreadingHTTPServer(("127.0.0.1", port), BoundHandler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, name="panel", daemon=True)
        self._thread.start()

    def paper(self, stem: str, kind: str) -> bytes | None:
        """A printed document, or a picture of its first page; None where there is no such document."""
        pdf = next((path for path in self.bench.appliance.papers() if path.stem == stem), None)
        if pdf is None or kind == "pdf":
            return pdf.read_bytes() if pdf else None
        picture = self.pictures / f"{stem}.png"
        if not picture.exists():
            save_picture(pdf, picture)
        return picture.read_bytes()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Handler(BaseHTTPRequestHandler):
    """One request. Only a page that was served from here may ask: Host and Origin are checked."""

    served: Panel
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The page, the state, or a printed paper."""
        if not self._is_ours():
            self._answer(HTTPStatus.FORBIDDEN, b"")
        elif self.path == "/":
            self._answer(HTTPStatus.OK, PAGE.read_bytes(), "text/html; charset=utf-8")
        elif self.path == "/state":
            self._answer_json(HTTPStatus.OK, self.served.bench.state())
        else:
            self._answer_paper()

    def do_POST(self) -> None:
        """One order: {"do": ..., "what": ...}."""
        length = int(self.headers.get("Content-Length") or 0)
        # A foreign page cannot send this content type without asking first, and nobody answers that.
        is_json = self.headers.get("Content-Type", "") == "application/json"
        if not self._is_ours() or self.path != "/do" or not is_json or length > MAX_BODY_BYTES:
            self.close_connection = True
            self._answer(HTTPStatus.FORBIDDEN, b"")
            return
        try:
            order = json.loads(self.rfile.read(length))
            self.served.bench.do(str(order["do"]), str(order.get("what", "")))
        except (ValueError, KeyError, TypeError, UnknownOrderError) as error:
            self._answer_json(HTTPStatus.BAD_REQUEST, {"error": f"no such order: {error}"})
        except (OrderRefusedError, OSError) as error:
            self._answer_json(HTTPStatus.CONFLICT, {"error": str(error)})
        else:
            self._answer_json(HTTPStatus.OK, self.served.bench.state())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """The panel asks every second; nobody wants to read that."""

    def _is_ours(self) -> bool:
        hosts = {f"127.0.0.1:{self.served.port}", f"localhost:{self.served.port}"}
        origin = self.headers.get("Origin")
        is_own_page = origin is None or origin in {f"http://{host}" for host in hosts}
        return self.headers.get("Host") in hosts and is_own_page

    def _answer_paper(self) -> None:
        asked = _PAPER.fullmatch(self.path)
        content = self.served.paper(asked[1], asked[2]) if asked else None
        if asked is None or content is None:
            self._answer(HTTPStatus.NOT_FOUND, b"")
            return
        self._answer(HTTPStatus.OK, content, "application/pdf" if asked[2] == "pdf" else "image/png")

    def _answer_json(self, status: HTTPStatus, content: dict[str, Any]) -> None:
        self._answer(status, json.dumps(content, ensure_ascii=False).encode(), "application/json")

    def _answer(self, status: HTTPStatus, content: bytes, kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header(
            "Content-Security-Policy", "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
        )
        self.end_headers()
        self.wfile.write(content)
