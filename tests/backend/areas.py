"""A small street's register, and kiosks that follow it."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from backend.db.kiosks import Kiosk, enrol
from backend.db.register_sync import Wanted, make_page
from backend.demo.demo_data import DemoPlan, load_demo_data
from backend.demo.story_register import story_cases
from backend.wiring import open_database
from backend_client.contract import OfflineRecord, RegisterPage, citizen_key, name_key
from backend_client.contract.sealed import Hardness, bind, harden, open_record

if TYPE_CHECKING:
    from pathlib import Path

    from backend.db.database import Database
    from backend.demo.story_register import Card

LOOKUP_KEY = bytes(range(32))
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
HARDNESS = Hardness(bytes(16), 10)
AREA = "610525001003"


@dataclass
class Area:
    """The register of a small street, and a kiosk that follows it."""

    database: Database
    kiosk: Kiosk
    register_key: bytes

    def page(self, cursor: str = "", limit: int = 40, seconds: float = 60) -> RegisterPage:
        return make_page(self.database, self.kiosk, Wanted(cursor, limit, seconds), HARDNESS, lambda: NOW)

    def pages(self, limit: int = 40, seconds: float = 60) -> list[RegisterPage]:
        found = [self.page(limit=limit, seconds=seconds)]
        while not found[-1].complete:
            found.append(self.page(found[-1].cursor, limit, seconds))
        return found

    def open(self, page: RegisterPage, number: str, name: str) -> OfflineRecord | None:
        """What this card opens on this page."""
        keys = citizen_key(LOOKUP_KEY, number), name_key(LOOKUP_KEY, name)
        secret = bind(harden(*keys, HARDNESS), self.register_key)
        for entry in page.entries:
            if entry.tag == secret.tag.hex():
                plain = open_record(secret, entry.entry, base64.b64decode(entry.sealed))
                return OfflineRecord.model_validate_json(plain)
        return None

    def entry_of(self, page: RegisterPage, card: Card) -> str:
        """What the record that this card opens is called."""
        record = self.open(page, card.person.number, card.person.name)
        assert record is not None
        digest = hmac.new(self.register_key, f"entry:{record.applicant.citizen_key}".encode(), "sha256")
        return digest.hexdigest()[:32]


def open_register(state: Path) -> Database:
    """A platform's database with the story cases and little more."""
    opened = open_database(state, "")
    load_demo_data(opened, DemoPlan(60, TODAY, LOOKUP_KEY), lambda _: None)
    return opened


def area(database: Database, kiosk: str = "CG-KSK-03", community: str = AREA) -> Area:
    """A kiosk that is enrolled now and has nothing yet."""
    given = database.write(lambda connection: enrol(connection, kiosk, community, NOW))
    return Area(database, Kiosk(community[:6], kiosk, community), given.register_key)


def card_of(stem: str) -> Card:
    """The card of a story."""
    return next(each.card for each in story_cases(TODAY) if each.card.stem == stem)


def names(*pages: RegisterPage) -> set[str]:
    """What the entries of these pages are called."""
    return {entry.entry for page in pages for entry in page.entries}
