"""What the database promises where sockets cannot reach: other processes, the end of a series, a new year."""

from __future__ import annotations

import threading
import uuid
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from backend.db.database import Database
from backend.db.kiosks import Kiosk
from backend.db.number_blocks import SerialsUsedUp, reserve_block
from backend.db.tables import number_series
from backend_client.contract import NumberBlock, NumberBlockRequest

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

KIOSK = Kiosk("610525", "CG-KSK-03", "610525001003")
MOMENT = datetime.fromisoformat("2026-11-22T09:41:00+08:00")
SERIES = {"county": "610525", "community": "610525001003", "kind": "JZ", "year": 2026}


def open_at(path: Path) -> Database:
    return Database(f"sqlite:///{path / 'platform.sqlite'}")


def reserve(database: Database, count: int = 10, moment: datetime = MOMENT) -> NumberBlock | SerialsUsedUp:
    request = NumberBlockRequest(request_id=uuid.uuid4().hex, kind="JZ", count=count)
    outcome = database.write(lambda connection: reserve_block(connection, KIOSK, request, moment))
    assert isinstance(outcome, NumberBlock | SerialsUsedUp)
    return outcome


def test_two_processes_on_one_file_give_no_number_twice(tmp_path: Path) -> None:
    firsts: list[int] = []

    def take() -> None:
        # A database object of its own stands for a process of its own: they share only the file.
        with closing(open_at(tmp_path)) as database:
            for _ in range(25):
                block = reserve(database)
                assert isinstance(block, NumberBlock)
                firsts.append(block.first)

    open_at(tmp_path).close()
    threads = [threading.Thread(target=take) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(firsts) == list(range(1, 751, 10))


def test_a_series_that_is_used_up_says_so_and_gives_its_last_numbers_to_who_asks_for_fewer(
    tmp_path: Path,
) -> None:
    with closing(open_at(tmp_path)) as database:
        database.write(
            lambda connection: connection.execute(insert(number_series), {**SERIES, "next_serial": 999_995})
        )

        too_many, last, none_left = reserve(database, 10), reserve(database, 5), reserve(database, 1)

    assert too_many == SerialsUsedUp()
    assert isinstance(last, NumberBlock)
    assert (last.first, last.count) == (999_995, 5)
    assert none_left == SerialsUsedUp()


def test_a_new_year_begins_with_1_at_midnight_in_china(tmp_path: Path) -> None:
    last_minute = datetime.fromisoformat("2026-12-31T15:59:00+00:00")
    first_minute = datetime.fromisoformat("2026-12-31T16:00:00+00:00")
    with closing(open_at(tmp_path)) as database:
        blocks = [reserve(database, 10, moment) for moment in (last_minute, first_minute)]

    assert [(block.year, block.first) for block in blocks if isinstance(block, NumberBlock)] == [
        (2026, 1),
        (2027, 1),
    ]


def test_work_that_meets_a_row_of_another_process_runs_again(tmp_path: Path) -> None:
    runs = 0

    def work(connection: Connection) -> int:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise IntegrityError("INSERT", None, ValueError("another process was first"))
        return connection.execute(select(func.count()).select_from(number_series)).scalar_one()

    with closing(open_at(tmp_path)) as database:
        assert database.write(work) == 0
    assert runs == 2


def test_work_that_fails_writes_nothing(tmp_path: Path) -> None:
    def work(connection: Connection) -> None:
        connection.execute(insert(number_series), {**SERIES, "next_serial": 5})
        raise ZeroDivisionError

    with closing(open_at(tmp_path)) as database:
        with pytest.raises(ZeroDivisionError):
            database.write(work)
        count = database.read(lambda connection: connection.execute(select(number_series)).all())

    assert count == []
