from __future__ import annotations

from tests.backend.platform_fixtures import town

__all__ = ["town"]
