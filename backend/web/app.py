from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from backend import VERSION
from backend.web.health_routes import add_health_routes
from backend.web.kiosk_routes import add_kiosk_routes
from backend.web.ledger_routes import add_ledger_routes
from backend.web.problems import add_problem_replies
from backend.web.public_routes import add_public_routes
from backend.web.rate_limit import RateLimit
from backend.web.register_routes import add_register_routes
from backend.web.size_limit import SizeLimit
from backend.web.verification_page import VerificationPage
from backend_client.contract import RecordBatch

if TYPE_CHECKING:
    from backend.web.context import Context

LARGEST_BODY_BYTES = 2 * 1024 * 1024  # 500 records of less than 2 kB, with room
_VERIFY_BURST = 60  # per address; a code has 40 bits, so this leaves no chance of guessing one
_VERIFY_INTERVAL_S = 1.0


class _Platform(FastAPI):
    def openapi(self) -> dict[str, Any]:
        """The document of the API, with the message that its route reads by itself."""
        if self.openapi_schema is None:
            schemas = super().openapi()["components"]["schemas"]
            batch = RecordBatch.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(batch.pop("$defs"), RecordBatch=batch)
        return super().openapi()


def create_app(context: Context | None) -> FastAPI:
    """The platform as an ASGI application; without a context it can only describe itself."""
    app = _Platform(title="Community kiosk platform", version=VERSION, docs_url=None, redoc_url=None)
    app.state.context = context
    app.state.rate_limit = RateLimit(_VERIFY_BURST, _VERIFY_INTERVAL_S)
    app.state.verification_page = VerificationPage()
    app.add_middleware(SizeLimit, limit_bytes=LARGEST_BODY_BYTES)
    add_problem_replies(app)
    add_kiosk_routes(app)
    add_ledger_routes(app)
    add_health_routes(app)
    add_register_routes(app)
    add_public_routes(app)
    return app
