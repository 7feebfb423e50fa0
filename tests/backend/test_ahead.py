"""What is derived before a kiosk asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from backend.ahead import Ahead, derive_all
from backend.db.tables import card_hardness
from tests.backend.areas import AREA, HARDNESS, area, card_of, open_register

if TYPE_CHECKING:
    from pathlib import Path

    from backend.db.database import Database

STREET = (AREA[:6], AREA[:9])


def count(database: Database) -> int:
    query = select(func.count()).select_from(card_hardness)
    return database.read(lambda connection: connection.execute(query).scalar_one())


def forget_all(database: Database) -> None:
    database.write(lambda connection: connection.execute(card_hardness.delete()))


def test_all_is_derived_while_a_kiosk_follows(tmp_path: Path) -> None:
    """Without time for derivations, every page but a full one would hold one person."""
    register = open_register(tmp_path)
    here = area(register)
    ahead = Ahead(register, HARDNESS)

    ahead.follow(here.kiosk)
    ahead.wait()

    (page,) = here.pages(500, seconds=0)
    assert len(page.entries) > 100
    assert here.open(page, card_of("tenant").person.number, card_of("tenant").person.name)


def test_nothing_is_derived_for_another_street(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    ahead = Ahead(register, HARDNESS)

    ahead.follow(area(register, "CG-KSK-77", "610525999001").kiosk)
    ahead.wait()

    assert count(register) == 0


def test_a_register_that_is_done_is_not_read_again_at_every_page(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    ahead = Ahead(register, HARDNESS)
    here = area(register)
    ahead.follow(here.kiosk)
    ahead.wait()
    forget_all(register)

    ahead.follow(here.kiosk)
    ahead.wait()

    assert count(register) == 0


def test_all_can_be_derived_at_once_and_once_only(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    told: list[int] = []

    total = derive_all(register, STREET, HARDNESS, told.append)

    assert told[-1] == total == count(register) > 100
    assert len(area(register).pages(500, seconds=0)) == 1
    assert derive_all(register, STREET, HARDNESS, told.append) == 0


def test_a_new_register_begins_without_what_was_derived_for_the_old_one(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    derive_all(register, STREET, HARDNESS, lambda _: None)

    open_register(tmp_path)

    assert count(register) == 0
