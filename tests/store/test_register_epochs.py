"""A register of many persons is dropped in parts and filled page by page; broken off anywhere, it goes on."""

from __future__ import annotations

import secrets
from contextlib import closing, suppress
from typing import TYPE_CHECKING, TypeVar

import pytest
from sqlalchemy import func, select

from backend_client.contract import RegisterEntry
from kiosk.domain.codes import StoreCode
from kiosk.domain.journal import StoreError
from kiosk.store.database import Database
from kiosk.store.register import Register
from kiosk.store.tables import register_entry
from tests.store.builders import Clock
from tests.store.register_pages import CARD, OTHER, REGISTER_KEY, entry, page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kiosk.store.session import Session

Result = TypeVar("Result")
PERSONS = 2500
CLOCK = Clock()


class MoodyDatabase(Database):
    """The real one; fails at one transaction after `fail_after`, and counts what is there before each."""

    def __init__(self, state_dir: Path) -> None:
        super().__init__(state_dir, lambda: None, lambda _session, _since: None)
        self.fail_after: int | None = None
        self.held_before: list[int] = []

    def run(self, work: Callable[[Session], Result]) -> Result:
        if self.fail_after == len(self.held_before):
            self.fail_after = None
            raise StoreError(StoreCode.IO_ERROR)
        self.held_before.append(self.held())
        return super().run(work)

    def held(self) -> int:
        """How many persons are there; a transaction of its own, as of a paper in between."""
        query = select(func.count()).select_from(register_entry)
        return self.run_urgent(lambda session: int(session.sql.execute(query).scalar_one()))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[MoodyDatabase]:
    made = MoodyDatabase(tmp_path / "state")
    with closing(made):
        yield made


@pytest.fixture
def register(database: MoodyDatabase) -> Register:
    """It holds many persons, and is complete."""
    made = Register(database, CLOCK.moment, REGISTER_KEY)
    many = [_of_somebody() for _ in range(PERSONS)]
    for start in range(0, PERSONS, 500):
        made.take(page(*many[start : start + 500], cursor=f"old-{start}"), made.cursor())
    database.held_before.clear()
    return made


def _of_somebody() -> RegisterEntry:
    return RegisterEntry(entry=secrets.token_hex(16), tag=secrets.token_hex(16), sealed="AAAA")


def follow_the_new_epoch(register: Register) -> None:
    """Two pages with a person each, from wherever the register stands."""
    while (cursor := register.cursor()) != "new-2":
        if cursor == "new-1":
            register.take(page(entry(OTHER), epoch="epoch-2", cursor="new-2"), cursor)
        else:
            register.take(page(entry(CARD), epoch="epoch-2", cursor="new-1", complete=False), cursor)


def test_others_write_between_the_parts_of_a_register_that_is_dropped(
    database: MoodyDatabase, register: Register
) -> None:
    follow_the_new_epoch(register)

    steps = [
        before - after for before, after in zip(database.held_before, database.held_before[1:], strict=False)
    ]
    assert max(steps) <= PERSONS / 2
    assert database.held() == 2


@pytest.mark.parametrize("transaction", range(5))
def test_broken_off_at_any_transaction_it_goes_on_and_never_counts_as_whole(
    database: MoodyDatabase, register: Register, transaction: int
) -> None:
    database.fail_after = transaction
    with suppress(StoreError):
        follow_the_new_epoch(register)
        pytest.fail("nothing was broken off")
    left, believed = database.held(), register.freshness(CLOCK.moment())
    is_old = left == PERSONS

    database.close()
    follow_the_new_epoch(register)

    assert (believed is not None) == is_old
    assert database.held() == 2
    assert None not in (register.find(*CARD.keys), register.find(*OTHER.keys))
    assert register.freshness(CLOCK.moment()) is not None
