"""The register for kiosks without a line: each record for its own card, page by page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from backend.db.register_sync import NoRegisterKeyError
from backend.db.tables import card_hardness, kiosks, members
from backend_client.contract import RegisterPage, citizen_key, name_key
from backend_client.contract.sealed import Hardness, SealedRecordError, bind, harden, open_record
from backend_client.keys import load_keys
from tests.backend.areas import LOOKUP_KEY, area, card_of, names, open_register
from tests.backend.platform_calls import DEADLINE

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from backend.db.database import Database
    from tests.backend.platform_fixtures import Town


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Nobody may change it."""
    return open_register(tmp_path_factory.mktemp("platform"))


def test_a_card_opens_its_own_record_and_no_other(database: Database) -> None:
    here = area(database)
    card = card_of("tenant")

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
    entries = [entry for page in here.pages() for entry in page.entries]
    sealed = b"".join(base64.b64decode(entry.sealed) for entry in entries)
    open_words = "".join(
        page.model_dump_json(exclude={"entries": {"__all__": {"sealed"}}}) for page in here.pages()
    )
    card = card_of("tenant")
    keys = citizen_key(LOOKUP_KEY, card.person.number), name_key(LOOKUP_KEY, card.person.name)

    for word in (card.person.name, card.person.number, *keys, "household", "社区", "0913-", "610525001003"):
        assert word.encode() not in sealed
        assert word not in open_words
    assert open_words.isascii()


def test_another_kiosk_gets_other_tags_and_opens_only_its_own(database: Database) -> None:
    here, there = area(database), area(database, "CG-KSK-04")
    ours, theirs = here.pages(500)[0], there.pages(500)[0]
    card = card_of("tenant")

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


def test_a_household_larger_than_a_page_is_given_whole(tmp_path: Path) -> None:
    def crowd(connection: Connection) -> None:
        row = dict(connection.execute(select(members).limit(1)).one()._mapping)
        people = [
            {**row, "person_id": f"P{place}", "position": place, "citizen_key": f"{place:064x}"}
            for place in range(100, 200)
        ]
        connection.execute(members.insert(), people)

    register = open_register(tmp_path)
    register.write(crowd)
    here = area(register)

    assert len(names(*here.pages(20))) == len(names(*here.pages(500))) > 200


def test_only_its_own_street_is_given(database: Database) -> None:
    """Of other streets a kiosk hears at most that some entry, which it never had, is to be forgotten."""
    entries = [
        entry for page in area(database, "CG-KSK-77", "610525999001").pages() for entry in page.entries
    ]

    assert all(entry.removed and not entry.sealed for entry in entries)


@pytest.mark.parametrize("cursor", ["x", "1", "1:HH000001", "-1:HH000001:0", "1:HH'; --:0"])
def test_a_foreign_cursor_means_the_beginning(database: Database, cursor: str) -> None:
    """A kiosk that kept another program's cursor shall not stand still for ever."""
    here = area(database)

    assert names(here.page(cursor)) == names(here.page())


def test_the_register_goes_the_way_of_the_line(town: Town) -> None:
    client, card = town.client(), town.card("tenant")
    keys = load_keys(town.keys["CG-KSK-03"])
    pages = [client.register_page("", 20, DEADLINE)]
    while isinstance(pages[-1], RegisterPage) and not pages[-1].complete:
        pages.append(client.register_page(pages[-1].cursor, 20, DEADLINE))

    page = pages[-1]
    assert isinstance(page, RegisterPage)
    pair = client.citizen_key(card["number"]), client.name_key(card["name"])
    secret = bind(harden(*pair, Hardness(bytes.fromhex(page.salt), page.cost)), keys.register_key)
    tags = [entry.tag for each in pages if isinstance(each, RegisterPage) for entry in each.entries]
    assert tags.count(secret.tag.hex()) == 1


def test_a_kiosk_without_a_register_key_is_told_to_be_enrolled_anew(tmp_path: Path) -> None:
    """It was enrolled by an older program."""
    register = open_register(tmp_path)
    here = area(register)
    register.write(lambda connection: connection.execute(kiosks.update().values(register_key="")))

    with pytest.raises(NoRegisterKeyError):
        here.page()
