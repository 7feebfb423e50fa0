from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from backend.ahead import Ahead
    from backend.db.database import Database
    from backend_client.contract.sealed import Hardness


@dataclass(frozen=True, slots=True)
class Context:
    """What the routes stand on; `now` has a time zone."""

    database: Database
    signing_key: Ed25519PrivateKey = field(repr=False)
    now: Callable[[], datetime]
    hardness: Hardness = field(repr=False)  # of the derivation that binds records to cards
    ahead: Ahead
