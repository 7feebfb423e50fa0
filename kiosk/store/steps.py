"""The way up from one version of the tables to the next: Alembic, on the store's own connection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from kiosk.store.sealing import Place, Sealer, SealError

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FOLDER = Path(__file__).parent / "migrations"
HEAD = "head"


class Steps:
    """All steps that this program knows, for one connection."""

    def __init__(self, sql: Connection, sealer: Sealer) -> None:
        def unseal(row: str, sealed: bytes) -> bytes | None:
            try:
                return sealer.unseal(Place("outbox", row), sealed)
            except SealError:
                return None

        self._config = Config()  # of no file: nothing of it may depend on where the program was started
        self._config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
        self._config.attributes.update(connection=sql, unseal=unseal)

    def climb(self) -> None:
        """Take every step that is left, each in a transaction of its own."""
        command.upgrade(self._config, HEAD)

    def stamp(self, revision: str) -> None:
        """Note where a file stands that was made before there were steps."""
        command.stamp(self._config, revision)
