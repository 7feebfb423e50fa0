"""Copies are whole, checked, private and few; a copy that cannot be made costs nothing."""

from __future__ import annotations

import contextlib
import stat
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.codes import StoreCode
from kiosk.domain.journal import StoreError
from kiosk.store import backup
from kiosk.store.backup import KEPT, UnsoundCopyError, is_sound_copy, open_copy
from kiosk.store.night import has_wal_reset_fault
from tests.store.builders import CITIZEN_KEY, HOUSEHOLD, PERSON, Bench, block, print_one

if TYPE_CHECKING:
    from pathlib import Path


def copies(bench: Bench) -> list[Path]:
    return sorted((bench.state_dir / "backup").iterdir())


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(open_copy(path)) as sql:
        return sql.execute(query).fetchall()


def test_a_copy_holds_all_that_was_there_and_is_for_its_owner_alone(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    number = print_one(bench.store)

    assert bench.store.night.back_up()

    (copy,) = copies(bench)
    assert copy.name == "kiosk-000001-20261123.db"
    assert rows(copy, "SELECT number, state FROM issuance") == [(number, "printed")]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


def test_a_copy_is_one_file_that_needs_no_other(bench: Bench) -> None:
    bench.store.night.back_up()
    (copy,) = copies(bench)

    alone = bench.state_dir.parent / "alone.db"
    alone.write_bytes(copy.read_bytes())

    assert is_sound_copy(alone)
    assert [path.name for path in copies(bench)] == [copy.name]


def test_nothing_of_a_person_stands_in_a_copy(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    print_one(bench.store)

    bench.store.night.back_up()

    content = copies(bench)[0].read_bytes()
    for text in (HOUSEHOLD, PERSON, CITIZEN_KEY, block().code_key):
        assert text.encode() not in content


def test_seven_copies_are_kept_whatever_date_the_clock_shows(bench: Bench) -> None:
    """Copies are numbered: one from a night with a clock years ahead is not the newest for ever."""
    for night in range(KEPT + 2):
        bench.clock.wall = bench.clock.wall.replace(year=2056 if night == 1 else 2026)
        bench.store.night.back_up()

    names = [path.name for path in copies(bench)]
    assert len(names) == KEPT
    assert names[0] == "kiosk-000003-20261123.db"
    assert names[-1] == "kiosk-000009-20261123.db"


def test_the_copy_from_before_a_new_schema_goes_when_the_nightly_ones_say_it_all(bench: Bench) -> None:
    before = bench.state_dir / "backup" / "schema-1.db"
    bench.store.night.back_up()
    before.write_bytes(b"of the older program")

    for _ in range(KEPT - 2):
        bench.store.night.back_up()
    was_kept = before.exists()
    bench.store.night.back_up()

    assert was_kept
    assert not before.exists()


def test_a_copy_that_was_cut_short_is_never_taken_for_one(bench: Bench) -> None:
    bench.store.night.back_up()
    draft = bench.state_dir / "backup" / "draft.db"
    draft.write_bytes(copies(bench)[0].read_bytes()[:5000])

    assert draft not in bench.store._database._backups.newest_first()
    assert bench.store.night.back_up()
    assert not draft.exists()


def test_without_room_there_is_no_copy_and_the_store_goes_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy must leave the kiosk room to work: here it would need more than any disk has."""
    bench.store.numbers.add_block(block())
    monkeypatch.setattr(backup, "SPARE_BYTES", 1 << 62)

    was_kept = bench.store.night.back_up()

    assert not was_kept
    assert copies(bench) == []
    assert print_one(bench.store)


def test_what_does_not_come_back_as_it_was_written_replaces_no_copy(bench: Bench) -> None:
    bench.store.night.back_up()
    backups = bench.store._database._backups
    (bench.state_dir / "backup" / "draft.db").write_bytes(b"\xee" * 5000)

    with pytest.raises(UnsoundCopyError):
        backups.keep_nightly(bench.clock.wall.date())

    assert [path.name for path in copies(bench)] == ["kiosk-000001-20261123.db"]


def test_the_health_of_a_new_store(bench: Bench) -> None:
    before = bench.store.health()
    bench.store.night.back_up()
    bench.store.night.note_night(is_sound=True)
    after = bench.store.health()

    assert (before.last_backup, before.integrity) == (None, None)
    assert (after.last_backup, after.integrity) == (bench.clock.wall, True)
    assert after.schema == 3
    assert after.sqlite_version.startswith("3.")


@pytest.mark.parametrize(
    ("version", "has_it"),
    [((3, 6, 23), False), ((3, 7, 0), True), ((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)],
)
def test_the_versions_with_the_wal_reset_fault(version: tuple[int, ...], has_it: bool) -> None:  # noqa: FBT001
    assert has_wal_reset_fault(version) is has_it


def spoil_index(bench: Bench, before: str, after: str) -> None:
    """An index that was made by `before`, of which the file says that it was made by `after`."""
    for statement in (
        "PRAGMA writable_schema = ON",
        before,
        f"UPDATE sqlite_master SET sql = '{after}' WHERE name = 'spoiled'",  # noqa: S608 - our own words
        "PRAGMA writable_schema = RESET",
    ):
        execute(bench, statement)
    bench.reopen()


def execute(bench: Bench, statement: str) -> None:
    bench.store._database.run(lambda session: session.sql.exec_driver_sql(statement).close())


EMPTY_INDEX = "CREATE INDEX spoiled ON issuance (session) WHERE code = 7"


def test_an_index_that_lost_an_entry_is_made_again(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    print_one(bench.store)
    spoil_index(bench, EMPTY_INDEX, "CREATE INDEX spoiled ON issuance (session)")

    assert bench.store.night.check_integrity()
    assert bench.damages == 0


def test_a_file_that_cannot_be_mended_is_told_and_stays(bench: Bench) -> None:
    """Two rows of one session: no index can be made that says there is only one."""
    bench.store.numbers.add_block(block())
    numbers = {print_one(bench.store), print_one(bench.store)}
    spoil_index(bench, EMPTY_INDEX, "CREATE UNIQUE INDEX spoiled ON issuance (session)")

    is_sound = bench.store.night.check_integrity()

    assert not is_sound
    assert {getattr(row.item.body, "number", "") for row in bench.store.outbox.due(9)} == numbers


def test_no_copy_is_kept_where_the_store_does_not_open(bench: Bench) -> None:
    (bench.state_dir / "kiosk.db").parent.mkdir()
    (bench.state_dir / "kiosk.db").mkdir()

    with pytest.raises(StoreError) as caught:
        bench.store.night.back_up()

    assert caught.value.code is StoreCode.IO_ERROR
    assert not (bench.state_dir / "backup").exists()
