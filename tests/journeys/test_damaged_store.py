"""The disk gave way under the kiosk's store: it goes on by itself, and no number is used twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.journeys.hall import Hall

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys-damaged")]


def spoil_store(hall: Hall) -> None:
    """While the kiosk is off, every byte of its database changes."""
    hall.stop_core()
    path = hall.appliance.state / "kiosk.db"
    path.write_bytes(b"\xee" * path.stat().st_size)
    hall.start_core()


def count_gaps(hall: Hall) -> int:
    with closing(sqlite3.connect(hall._platform_database())) as database:
        return int(database.execute("SELECT count(*) FROM gaps").fetchone()[0])


def test_a_damaged_store_is_replaced_and_the_next_resident_gets_a_number_of_a_new_block(hall: Hall) -> None:
    hall.print_certificate("tenant")
    number = hall.number()
    hall.await_delivery(number)
    hall.go_home()
    gaps = count_gaps(hall)

    spoil_store(hall)

    hall.await_event("store_moved_aside")
    closed = hall.await_event("gap_closed")
    hall.await_event("record_acknowledged", type="gap")
    hall.print_certificate("owner")
    after = hall.number()
    assert hall.await_delivery(after)["state"] == "valid"
    assert hall.verification(number)["state"] == "valid"
    assert after != number
    assert closed["serials"] > 100  # the rest of the block, that nobody will ever use
    assert count_gaps(hall) == gaps + 1
