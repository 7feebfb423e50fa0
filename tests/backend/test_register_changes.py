"""How kiosks hear of what changed in the register."""

from __future__ import annotations

import base64
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from backend.db.register_changes import (
    UnknownHouseholdError,
    change_household,
    change_member,
    remove_member,
)
from backend.db.register_sync import Wanted, make_page
from backend.db.tables import households, members
from backend.demo.demo_data import DemoPlan, load_demo_data
from backend_client.contract import OfflineRecord
from backend_client.contract.sealed import Hardness, bind, harden, open_record
from tests.backend.areas import AREA, HARDNESS, LOOKUP_KEY, NOW, TODAY, area, card_of, names, open_register

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from backend.db.database import Database
    from backend.demo.story_register import Card
    from backend_client.contract import RegisterPage
    from tests.backend.areas import Area


@pytest.fixture
def register(tmp_path: Path) -> Database:
    return open_register(tmp_path)


def test_a_change_comes_alone_after_the_cursor(register: Database) -> None:
    here = area(register)
    before = here.pages(500)[-1]
    card = card_of("tenant")
    record = here.open(here.pages(500)[0], card.person.number, card.person.name)
    assert record is not None

    change(register, record.household.household_id, {"verified_on": date(2026, 11, 22)})
    after = here.page(before.cursor)

    assert before.epoch == after.epoch
    assert len(after.entries) <= 10
    changed = here.open(after, card.person.number, card.person.name)
    assert changed is not None
    assert changed.household.residence.verified_on == date(2026, 11, 22)
    assert changed.household.record_version == record.household.record_version + 1
    assert here.page(after.cursor).entries == ()


def test_who_leaves_the_area_is_removed(register: Database) -> None:
    here = area(register)
    card = card_of("owner")
    page = here.pages(500)[-1]
    first = here.open(here.pages(500)[0], card.person.number, card.person.name)
    assert first is not None

    change(register, first.household.household_id, {"address_code": "610525002001000000000000"})
    after = here.page(page.cursor)

    assert after.entries
    assert all(entry.removed and not entry.sealed for entry in after.entries)
    assert all(here.open(each, card.person.number, card.person.name) is None for each in here.pages(500))


def test_who_is_taken_out_of_the_register_is_removed(register: Database) -> None:
    here = area(register)
    card = card_of("owner")
    last = here.pages(500)[-1]
    record = here.open(last, card.person.number, card.person.name)
    assert record is not None
    home, person = record.household.household_id, record.applicant.person_id

    register.write(lambda connection: remove_member(connection, home, person))
    after = here.page(last.cursor)

    entry = here.entry_of(last, card)
    assert [each.entry for each in after.entries if each.removed] == [entry]
    assert {each.entry for page in here.pages(500) for each in page.entries if each.removed} == {entry}
    with pytest.raises(UnknownHouseholdError):
        register.write(lambda connection: remove_member(connection, home, person))


def test_of_two_households_the_one_that_counts_speaks_for_a_person(register: Database) -> None:
    """Which one counts may change without a word about the other one."""
    here = area(register)
    card = card_of("owner")
    first = here.pages(500)[-1]
    record = here.open(first, card.person.number, card.person.name)
    assert record is not None
    home = record.household.household_id
    moved = {"status": "moved_out", "since": date(2000, 1, 1)}

    other = place_also(register, record)
    second = here.page(first.cursor)
    register.write(lambda connection: change_member(connection, other, "ALSO", moved))
    third = here.page(second.cursor)
    register.write(lambda connection: remove_member(connection, home, record.applicant.person_id))
    fourth = here.page(third.cursor)

    assert [household_of(page, here, card) for page in (second, third, fourth)] == [other, home, other]


def test_what_changes_between_two_pages_is_told_before_the_end(register: Database) -> None:
    """A kiosk that goes on with its cursor ends up with the very register, whatever changed meanwhile."""
    here = area(register)
    pages = [here.page(limit=20)]
    everybody = iter(people_of(register)[::7])
    while not pages[-1].complete:
        home, person = next(everybody)
        change(register, home, {"verified_on": date(2026, 11, 22)})
        register.write(lambda connection, who=(home, person): remove_member(connection, *who))  # type: ignore[misc]
        pages.append(here.page(pages[-1].cursor, limit=20))

    assert len(pages) > 5
    assert held_after(register, here, pages) == held_after(register, here, here.pages(500))


def test_a_new_register_is_another_epoch(register: Database) -> None:
    here = area(register)
    before = here.page().epoch

    load_demo_data(register, DemoPlan(60, TODAY, LOOKUP_KEY), lambda _: None)

    assert here.page().epoch != before


def test_enrolling_anew_is_another_epoch_and_opens_nothing_from_before(register: Database) -> None:
    before = area(register)
    page = before.pages(500)[0]

    after = area(register)

    assert after.page().epoch != page.epoch
    assert names(after.page()).isdisjoint(names(page))
    assert after.open(page, card_of("tenant").person.number, card_of("tenant").person.name) is None


def test_another_cost_is_another_epoch(register: Database) -> None:
    here = area(register)
    dearer = make_page(register, here.kiosk, Wanted("", 20, 0), Hardness(HARDNESS.salt, 11), lambda: NOW)

    assert dearer.cost == 11
    assert dearer.epoch != here.page().epoch


def household_of(page: RegisterPage, here: Area, card: Card) -> str:
    record = here.open(page, card.person.number, card.person.name)
    return record.household.household_id if record else ""


def place_also(database: Database, record: OfflineRecord) -> str:
    """Have the person stand in another household of the street, too, and since later."""

    def place(connection: Connection) -> str:
        home = connection.execute(
            select(households.c.household_id).where(
                households.c.address_code.startswith(AREA[:9]),
                households.c.household_id != record.household.household_id,
            )
        ).scalar()
        row = {**record.applicant.model_dump(), "status": "present", "since": date(2026, 11, 1)}
        row |= {"county": AREA[:6], "household_id": home, "person_id": "ALSO", "position": 77}
        connection.execute(members.insert().values(row))
        change_member(connection, str(home), "ALSO", {"position": 78})
        return str(home)

    return database.write(place)


def people_of(database: Database) -> list[tuple[str, str]]:
    """Household and person of everybody in the street, in the order in which kiosks hear of them."""
    same = (members.c.county == households.c.county) & (members.c.household_id == households.c.household_id)
    query = (
        select(members.c.household_id, members.c.person_id)
        .join(households, same)
        .where(households.c.address_code.startswith(AREA[:9]))
        .order_by(members.c.household_id, members.c.position)
    )
    return [(row[0], row[1]) for row in database.read(lambda connection: connection.execute(query).all())]


def held_after(database: Database, here: Area, pages: list[RegisterPage]) -> dict[str, tuple[str, int]]:
    """Household and its version for each person that a kiosk holds after these pages."""
    pairs = select(members.c.citizen_key, members.c.name_key).distinct()
    rows = database.read(lambda connection: connection.execute(pairs).all())
    secrets = [bind(harden(row[0], row[1], HARDNESS), here.register_key) for row in rows]
    by_tag = {secret.tag.hex(): secret for secret in secrets}
    held = {}
    for entry in (entry for page in pages for entry in page.entries):
        held[entry.entry] = entry
    found = {}
    for entry in held.values():
        if not entry.removed:
            plain = open_record(by_tag[entry.tag], entry.entry, base64.b64decode(entry.sealed))
            record = OfflineRecord.model_validate_json(plain)
            found[record.applicant.person_id] = record.household.household_id, record.household.record_version
    return found


def change(database: Database, household_id: str, changes: dict[str, Any]) -> None:
    database.write(lambda connection: change_household(connection, household_id, changes))
