"""The reference platform: HTTP API, SQL database, demo data. See README.md."""

from __future__ import annotations

VERSION = "0.1.0"
