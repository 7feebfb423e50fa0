"""Whether the database is whole, looked at without touching it: the core may start at any moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from kiosk.domain.codes import StoreCode
from kiosk.domain.health import Health
from kiosk.domain.health_rules import Told

if TYPE_CHECKING:
    from pathlib import Path


def judge_file(path: Path) -> Told:
    """The structure of the file; rows that still lie in its write-ahead log are not looked at."""
    if not path.exists():
        return Told(Health.UNKNOWN, detail="no database yet")
    try:
        # Immutable: no lock, no file beside it, nothing that the core's own user could not open afterwards.
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as sql:
            verdict = sql.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return Told(Health.BAD, StoreCode.DAMAGED, detail=type(error).__name__)
    if verdict != ("ok",):
        return Told(Health.BAD, StoreCode.DAMAGED, detail="quick_check")
    return Told(Health.GOOD)
