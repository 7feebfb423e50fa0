"""The appliance: rules, flow, store, screen, start-up. See README.md."""

from __future__ import annotations

VERSION = "0.1.0"
