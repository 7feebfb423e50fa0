from __future__ import annotations

from backend_client.contract.wire import Wire


class Health(Wire):
    """GET /healthz: the platform answers and can read its database."""

    version: str
