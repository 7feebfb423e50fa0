from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kiosk.store.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Session:
    """What one transaction may use."""

    sql: Connection
    sealer: Sealer
