"""Puts the platform together. Only __main__ imports this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.ahead import Ahead
from backend.db.database import Database
from backend.keys import open_keys
from backend.local_time import now
from backend.web.app import create_app
from backend.web.context import Context
from backend_client.contract.sealed import Hardness

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI


def open_database(state: Path, url: str) -> Database:
    """The database at `url`, by default the SQLite file of the state directory."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Database(url or f"sqlite:///{(state / 'platform.sqlite').resolve()}")


def build_app(state: Path, url: str, card_cost: int) -> FastAPI:
    """The whole platform on this state directory; a guess at a card's record costs 2 ** `card_cost`."""
    keys = open_keys(state)
    hardness = Hardness(keys.register_salt, card_cost)
    database = open_database(state, url)
    return create_app(Context(database, keys.signing_key, now, hardness, Ahead(database, hardness)))
