"""A damaged or lost store comes back from its newest sound copy, and nothing is given out twice."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.issuance import IssuanceState, NoNumbers, Reprint, Settlement
from kiosk.domain.journal import StoreError
from kiosk.store.backup import open_copy
from tests.store.builders import CITIZEN_KEY, Bench, block, print_one, reservation, reserve, walk
from tests.store.restoring import damage, damaged_after_backup, entries, number, rows
from tests.torture.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path


def test_what_the_copy_held_is_there_again_and_the_broken_file_is_kept(bench: Bench) -> None:
    damaged_after_backup(bench, printed_after=2)

    assert [row.number for row in rows(bench)] == [number(1)]
    assert bench.damages == 1
    assert len([path for path in bench.state_dir.iterdir() if "damaged" in path.name]) == 1
    assert [row.item.body.type for row in bench.store.outbox.due(50)] == ["certificate"]


def test_no_serial_of_a_restored_block_is_given_out_again(bench: Bench) -> None:
    damaged_after_backup(bench, printed_after=2)

    assert bench.store.issuances.reserve(reservation()) == NoNumbers()
    assert bench.store.numbers.remaining() == 0
    bench.store.numbers.add_block(block(first=11))
    assert print_one(bench.store) == number(11)


def test_a_block_that_was_asked_for_before_the_copy_is_not_taken_for_a_new_one(bench: Bench) -> None:
    """The platform gives the same block for the same request: its serials may have been used since."""
    asked = bench.store.numbers.block_request(200)
    bench.store.night.back_up()

    damage(bench)

    assert bench.store.numbers.block_request(200).request_id != asked.request_id


@pytest.mark.parametrize("left_at", [IssuanceState.PREPARED, IssuanceState.CREATING, IssuanceState.CREATED])
def test_what_was_open_in_the_copy_may_have_been_printed_since(bench: Bench, left_at: IssuanceState) -> None:
    """Recovery voids what was never sent; of a copy it cannot know that."""
    bench.store.numbers.add_block(block())
    issued, _ = reserve(bench.store)
    walk(bench.store, issued, left_at)
    bench.store.night.back_up()

    damage(bench)

    (left_open,) = bench.store.issuances.open_issuances()
    assert left_open.state is IssuanceState.SENDING
    assert left_open.job_name != ""


def test_a_number_that_may_have_been_printed_again_since_is_not_printed_again(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    issued, _ = reserve(bench.store)
    bench.store.issuances.settle(issued, Settlement(IssuanceState.VOIDED, "JOB-02"))
    bench.store.night.back_up()
    damage(bench)

    again = bench.store.issuances.reprint(Reprint(issued, "b" * 36, "session-2", "session-2", CITIZEN_KEY))

    assert again is None


def test_the_ledger_goes_on_under_another_name_that_tells_of_the_one_that_ended(bench: Bench) -> None:
    bench.store.numbers.add_block(block(count=10))
    print_one(bench.store)
    before = bench.store.ledger.growth()
    size = len(entries(bench))
    bench.store.night.back_up()
    damage(bench)

    after = bench.store.ledger.growth()

    assert before is not None
    assert after is not None
    ended, begun = (growth.checkpoint.split("\n")[0] for growth in (before, after))
    (marked,) = entries(bench)
    assert (marked["kind"], marked["ended_ledger"], marked["ended_size"]) == ("restored", ended, size)
    assert begun != ended
    assert after.from_size == 0
    assert bench.store.ledger.check()


@pytest.mark.parametrize("table", ["sqlite_master", "issuance", "outbox"])
def test_the_newest_copy_that_is_sound_is_taken(bench: Bench, table: str) -> None:
    bench.store.numbers.add_block(block(count=10))
    for _ in range(3):
        print_one(bench.store)
        bench.store.night.back_up()
    newest = bench.state_dir / "backup" / "kiosk-000003-20261123.db"
    break_page_of(newest, table)

    damage(bench)

    assert [row.number for row in rows(bench)] == [number(1), number(2)]


def break_page_of(path: Path, table: str) -> None:
    """Spoil the page in which a table begins."""
    with contextlib.closing(open_copy(path)) as sql:
        query = "SELECT coalesce(max(rootpage), 1) FROM sqlite_master WHERE name = ?"
        start = (sql.execute(query, (table,)).fetchone()[0] - 1) * 4096
    content = bytearray(path.read_bytes())
    content[start : start + 4096] = b"\xee" * 4096
    path.write_bytes(content)


def test_a_new_kiosk_has_no_gap(bench: Bench) -> None:
    bench.store.probe()

    assert bench.store.gaps.cursor() is None
    assert bench.damages == 0


def test_a_lost_key_leaves_a_gap_and_no_copy_can_fill_it(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    bench.store.night.back_up()
    bench.store.close()
    (bench.state_dir / "store.key").unlink()
    bench.reopen()

    assert bench.store.gaps.cursor() == ""
    assert bench.store.numbers.remaining() == 0
    assert bench.damages == 1


def test_a_store_that_vanished_is_restored(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    print_one(bench.store)
    bench.store.night.back_up()
    bench.store.close()
    (bench.state_dir / "kiosk.db").unlink()
    bench.reopen()

    assert [row.number for row in rows(bench)] == [number(1)]
    assert bench.store.gaps.cursor() == ""
    assert bench.damages == 1


def test_a_wal_that_was_left_alone_is_not_read_into_the_restored_file(bench: Bench) -> None:
    """The process ended after the broken file was moved aside and before its WAL was."""
    bench.store.numbers.add_block(block(count=10))
    print_one(bench.store)
    bench.store.night.back_up()
    bench.reopen()
    print_one(bench.store)
    state = bench.state_dir.parent / "copy"
    shutil.copytree(bench.state_dir, state)
    (state / "kiosk.db").rename(state / "kiosk.db.damaged-20261123T000000.000000Z")
    other = Bench(state)

    left = [row.number for row in rows(other)]
    other.store.close()

    assert left == [number(1)]
    assert len([path for path in state.iterdir() if path.name.endswith("-wal")]) == 1


def test_a_disk_that_fails_at_any_write_of_restoring_is_tried_again(bench: Bench) -> None:
    bench.store.numbers.add_block(block(count=10))
    print_one(bench.store)
    bench.store.night.back_up()
    bench.store.close()
    path = bench.state_dir / "kiosk.db"
    failures = 0

    for at in range(60):
        path.write_bytes(b"\xee" * 9000)
        bench.reopen()
        with Disk(bench.state_dir, fault=FullFrom(at)), contextlib.suppress(StoreError):
            bench.store.gaps.cursor()
            failures -= 1
        failures += 1
        bench.store.close()
        bench.reopen()
        assert [row.number for row in rows(bench)] == [number(1)]
        assert bench.store.gaps.cursor() == ""
        bench.store.close()

    assert failures > 10


@dataclass
class FullFrom:
    """A disk that takes so many writes, and none after them."""

    left: int

    def __call__(self, operation: str) -> int:
        self.left -= 1
        return sqlite3.SQLITE_FULL if operation == "write" and self.left < 0 else 0


def test_a_kill_at_any_moment_of_restoring_is_harmless(bench: Bench, tmp_path: Path) -> None:
    """The process dies at each write in turn, and once more at the next start."""
    bench.store.numbers.add_block(block(count=10))
    print_one(bench.store)
    bench.store.night.back_up()
    bench.store.close()
    path = bench.state_dir / "kiosk.db"
    path.write_bytes(b"\xee" * path.stat().st_size)
    kills, at = 0, 0

    while die_at(bench, at):
        die_at(bench, at // 2)
        kills, at = kills + 1, at + 1
        bench.reopen()
        assert [row.number for row in rows(bench)] == [number(1)]
        assert bench.store.gaps.cursor() == ""
        assert bench.store.issuances.reserve(reservation()) == NoNumbers()
        bench.store.close()
        path.write_bytes(b"\xee" * path.stat().st_size)

    assert kills > 10


def die_at(bench: Bench, write: int) -> bool:
    """Open the store in a process that dies at this write; False where it came through."""
    child = os.fork()
    if child == 0:
        left = write

        def die(_operation: str) -> int:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return 0

        with Disk(bench.state_dir, fault=die):
            bench.store.gaps.cursor()
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
