"""A batch is looked up and written as a whole, and judged exactly as if its items had come one by one."""

from __future__ import annotations

import threading
from random import Random
from typing import TYPE_CHECKING

import pytest

from backend.db.database import Database
from backend.db.tables import certificates, gaps, pickups, record_items
from backend_client.contract import PaperState, SettlementRecord
from tests.backend.intake import Intake, open_intake
from tests.backend.platform_calls import gap_of, number_of, pickup_of, record_of, settlement_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from backend_client.contract import RecordItem

TABLES = (record_items, certificates, pickups, gaps)
STATES = tuple(PaperState)


def some_items(chance: Random, intake: Intake, count: int) -> list[RecordItem]:
    """Records that get in each other's way: few numbers, few attempts, few pick-ups, repeated ids."""
    people = ("1" * 64, "2" * 64)
    requests = [pickup_of(chance.choice(people)) for _ in range(3)]
    pool = [*requests, pickup_of(people[0], number=number_of(requests[0])), gap_of()]
    for _ in range(count):
        number, attempt = intake.number(chance.randrange(3)), chance.randrange(1, 4)
        record = record_of(
            number,
            chance.choice(STATES),
            attempt=attempt,
            pickup=chance.choice(["", number_of(chance.choice(requests))]),
            citizen_key=chance.choice(people),
            session="s",
        )
        pool += [record, settlement_of(number, chance.choice(STATES), attempt)]
    for item in chance.sample(pool, 4):
        other = chance.choice(pool)
        pool += [item.model_copy(update={"id": other.id}), item, other.model_copy(update={"id": gap_of().id})]
    return chance.sample(pool, len(pool))


def in_turn(items: Sequence[RecordItem]) -> list[int]:
    """The order in which the places of a batch are judged: settlements last."""
    return sorted(range(len(items)), key=lambda place: isinstance(items[place].body, SettlementRecord))


def contents(intake: Intake) -> list[list[str]]:
    """All rows of all tables of records, in an order of their own."""
    return [sorted(map(str, intake.rows(table))) for table in TABLES]


@pytest.mark.parametrize("seed", range(25))
def test_a_batch_is_judged_as_if_its_items_had_come_one_by_one(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # the same cases every time
    with open_intake(tmp_path / "whole") as whole, open_intake(tmp_path / "single") as single:
        items = some_items(chance, whole, 12)
        earlier, batch = items[:8], items[8:]
        for item in earlier:
            assert whole.take(item) == single.take(item)

        together = whole.take(*batch)
        one_by_one = {place: single.take(batch[place])[0] for place in in_turn(batch)}

        assert together == [one_by_one[place] for place in range(len(batch))]
        assert contents(whole) == contents(single)


def test_two_deliveries_of_the_same_items_at_once_store_each_of_them_once(
    tmp_path: Path, intake: Intake
) -> None:
    items = [record_of(intake.number(place)) for place in range(20)]
    url = f"sqlite:///{tmp_path / 'platform.sqlite'}"
    verdicts: list[list[tuple[str, str]]] = []

    def deliver() -> None:
        # A database object of its own stands for a process of its own: they share only the file.
        database = Database(url)
        own = Intake(database, intake.block)
        verdicts.extend([own.take(item) for item in items])
        database.close()

    threads = [threading.Thread(target=deliver) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    said = [verdict for (verdict,) in verdicts]
    assert said.count(("stored", "")) == len(items)
    assert said.count(("duplicate", "")) == 2 * len(items)
    assert len(intake.rows(certificates)) == len(items)
