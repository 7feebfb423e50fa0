"""The register for kiosks without a line: each record for its own card, and changes one by one."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from backend.db.kiosks import Kiosk, enrol
from backend.db.register_changes import change_household
from backend.db.register_sync import Wanted, WrongCursorError, make_page
from backend.db.tables import card_hardness
from backend.demo.demo_data import DemoPlan, load_demo_data
from backend.demo.story_register import story_cases
from backend.wiring import open_database
from backend_client.contract import OfflineRecord, RegisterPage, citizen_key, name_key
from backend_client.contract.sealed import Hardness, SealedRecordError, bind, harden, open_record

if TYPE_CHECKING:
    from backend.db.database import Database
    from backend.demo.story_register import StoryCase

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


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    opened = open_database(tmp_path_factory.mktemp("platform"), "")
    load_demo_data(opened, DemoPlan(60, TODAY, LOOKUP_KEY), lambda _: None)
    return opened


def area(database: Database, kiosk: str = "CG-KSK-03", community: str = AREA) -> Area:
    given = database.write(lambda connection: enrol(connection, kiosk, community, NOW))
    return Area(database, Kiosk(community[:6], kiosk, community), given.register_key)


def case(stem: str) -> StoryCase:
    return next(each for each in story_cases(TODAY) if each.card.stem == stem)


def test_a_card_opens_its_own_record_and_no_other(database: Database) -> None:
    here = area(database)
    card = case("tenant").card

    found = [
        record for page in here.pages() if (record := here.open(page, card.person.number, card.person.name))
    ]

    assert len(found) == 1
    record = found[0]
    assert record.applicant.citizen_key == citizen_key(LOOKUP_KEY, card.person.number)
    assert record.household.members == (record.applicant,)
    assert all(here.open(page, card.person.number, "别人") is None for page in here.pages())


def test_nothing_on_the_wire_is_readable(database: Database) -> None:
    here = area(database)
    card = case("tenant").card
    wire = "".join(entry.model_dump_json() for page in here.pages() for entry in page.entries)

    for word in (
        card.person.name,
        card.person.number,
        citizen_key(LOOKUP_KEY, card.person.number),
        "王",
        "HH0",
        "路",
    ):
        assert word not in wire


def test_another_kiosk_gets_other_tags_and_opens_only_its_own(database: Database) -> None:
    here, there = area(database), area(database, "CG-KSK-04")
    ours, theirs = here.pages(500)[0], there.pages(500)[0]
    card = case("tenant").card

    assert {entry.tag for entry in ours.entries}.isdisjoint(entry.tag for entry in theirs.entries)
    assert {entry.entry for entry in ours.entries}.isdisjoint(entry.entry for entry in theirs.entries)
    assert there.open(ours, card.person.number, card.person.name) is None
    sealed = base64.b64decode(ours.entries[0].sealed)
    secret = bind(bytes(32), there.register_key)
    with pytest.raises(SealedRecordError):
        open_record(secret, ours.entries[0].entry, sealed)


@pytest.mark.parametrize("limit", [20, 33, 500])
def test_pages_make_up_the_whole_whatever_their_size(database: Database, limit: int) -> None:
    here = area(database)
    whole = {entry.entry for entry in here.pages(500)[0].entries}

    entries = [entry.entry for page in here.pages(limit) for entry in page.entries]

    assert len(whole) > 100
    assert sorted(entries) == sorted(whole)


def test_without_time_a_page_is_short_and_the_next_goes_on(database: Database) -> None:
    """What was derived is kept: each person costs the derivation once."""
    database.write(lambda connection: connection.execute(card_hardness.delete()))
    here = area(database)

    first = here.pages(500, seconds=0)
    again = here.pages(500, seconds=0)

    assert len(first) > 20
    assert len(again) == 1


def test_a_change_comes_alone_after_the_cursor(database: Database) -> None:
    here = area(database)
    before = here.pages(500)[-1]
    card = case("tenant").card
    record = here.open(here.pages(500)[0], card.person.number, card.person.name)
    assert record is not None

    change(database, record.household.household_id, {"verified_on": date(2026, 11, 22)})
    after = here.page(before.cursor)

    assert before.epoch == after.epoch
    assert len(after.entries) <= 10
    changed = here.open(after, card.person.number, card.person.name)
    assert changed is not None
    assert changed.household.residence.verified_on == date(2026, 11, 22)
    assert changed.household.record_version == record.household.record_version + 1
    assert here.page(after.cursor).entries == ()


def test_who_leaves_the_area_is_removed(database: Database) -> None:
    here = area(database)
    card = case("owner").card
    page = here.pages(500)[-1]
    first = here.open(here.pages(500)[0], card.person.number, card.person.name)
    assert first is not None

    change(database, first.household.household_id, {"address_code": "610525002001000000000000"})
    after = here.page(page.cursor)

    assert after.entries
    assert all(entry.removed and not entry.sealed for entry in after.entries)
    assert all(here.open(each, card.person.number, card.person.name) is None for each in here.pages(500))


def test_a_new_register_is_another_epoch(database: Database, tmp_path: Any) -> None:
    other = open_database(tmp_path, "")
    load_demo_data(other, DemoPlan(60, TODAY, LOOKUP_KEY), lambda _: None)
    here = area(other)
    before = here.page().epoch

    load_demo_data(other, DemoPlan(60, TODAY, LOOKUP_KEY), lambda _: None)

    assert here.page().epoch != before


def test_only_its_own_street_is_given(database: Database) -> None:
    """Of other streets a kiosk hears at most that some entry, which it never had, is to be forgotten."""
    entries = [
        entry for page in area(database, "CG-KSK-77", "610525999001").pages() for entry in page.entries
    ]

    assert all(entry.removed and not entry.sealed for entry in entries)


@pytest.mark.parametrize("cursor", ["x", "1", "1:", "-1:HH000001", "1:HH'; --"])
def test_a_foreign_cursor_is_refused(database: Database, cursor: str) -> None:
    with pytest.raises(WrongCursorError):
        area(database).page(cursor)


def change(database: Database, household_id: str, changes: dict[str, Any]) -> None:
    database.write(lambda connection: change_household(connection, household_id, changes))
