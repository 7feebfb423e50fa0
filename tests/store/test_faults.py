"""Full disks, broken files, changed bytes: a stable code, nothing half written, nothing thrown away."""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.codes import StoreCode
from kiosk.domain.issuance import IssuanceState, ReservedNumber, Settlement
from kiosk.domain.journal import StoreError
from kiosk.store.sealing import Place, Sealer, SealError
from tests.store.builders import (
    CITIZEN_KEY,
    HOUSEHOLD,
    PERSON,
    Bench,
    block,
    print_one,
    reservation,
    reserve,
    walk,
)

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.store.session import Session


def allow_pages(bench: Bench, count: int) -> None:
    """The database may not grow beyond `count` pages: SQLite's own "disk full"."""
    bench.store._database.run_urgent(
        lambda session: session.sql.exec_driver_sql(f"PRAGMA max_page_count = {count}").close()
    )


def reserve_until_full(bench: Bench) -> int:
    """How many numbers were taken before the disk was full."""
    for taken in range(900):
        if try_to_reserve(bench) is StoreCode.DISK_FULL:
            return taken
    raise AssertionError("the disk was never full")


def try_to_reserve(bench: Bench) -> StoreCode | None:
    try:
        bench.store.issuances.reserve(reservation())
    except StoreError as error:
        return error.code
    return None


def test_a_full_disk_leaves_no_half_record_and_recovers_when_there_is_room(bench: Bench) -> None:
    bench.store.numbers.add_block(block(count=900))
    allow_pages(bench, 1)  # as small as it is now

    taken = reserve_until_full(bench)
    left = bench.store.numbers.remaining()
    open_then = len(bench.store.issuances.open_issuances())
    allow_pages(bench, 10_000)
    after = bench.store.issuances.reserve(reservation())

    assert taken + left == 900
    assert open_then == taken
    assert isinstance(after, ReservedNumber)


def test_what_closes_a_paper_may_use_the_ballast_and_nothing_new_begins_without_it(bench: Bench) -> None:
    """On a disk that is full the reserve of room is given away for TX3, and for nothing else."""
    bench.store.numbers.add_block(block(count=10))
    issuance, _ = reserve(bench.store)
    walk(bench.store, issuance, IssuanceState.ACCEPTED)
    ballast = bench.state_dir / "ballast"
    full_once = FullOnce()

    bench.store._database.run_urgent(full_once)
    was_released = not ballast.exists()
    bench.store.issuances.settle(issuance, Settlement(IssuanceState.PRINTED))
    (bench.state_dir / "ballast.new").mkdir()  # the room cannot be taken back yet
    with pytest.raises(StoreError) as caught:
        bench.store.issuances.reserve(reservation())
    (bench.state_dir / "ballast.new").rmdir()
    bench.store.probe()

    assert full_once.calls == 2
    assert was_released
    assert caught.value.code is StoreCode.IO_ERROR
    assert ballast.stat().st_size == 1024 * 1024


class FullOnce:
    """Work that finds the disk full at its first try."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, session: Session) -> None:
        self.calls += 1
        if self.calls == 1:
            session.sql.exec_driver_sql("PRAGMA max_page_count = 1")
            session.sql.exec_driver_sql("CREATE TABLE much (a)")
            session.sql.exec_driver_sql("INSERT INTO much SELECT zeroblob(100000)")
        session.sql.exec_driver_sql("PRAGMA max_page_count = 100000")


def write_under_limit(state_dir: Path, limit_bytes: int, said: multiprocessing.SimpleQueue[str]) -> None:
    """In a process of its own: the kernel refuses to let any file grow beyond the limit."""
    bench = Bench(state_dir)
    bench.store.numbers.add_block(block(first=1000, count=900))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, resource.RLIM_INFINITY))
    try:
        while True:
            bench.store.issuances.reserve(reservation())
    except StoreError as error:
        said.put(error.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    bench.store.probe()  # the same process goes on when the kernel lets it write again
    said.put(str(bench.store.numbers.remaining() + len(bench.store.issuances.open_issuances())))


def test_a_kernel_that_refuses_to_write_costs_no_number(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    said = context.SimpleQueue()
    process = context.Process(target=write_under_limit, args=(tmp_path / "state", 1_200_000, said))

    process.start()
    code, total = said.get(), said.get()
    process.join()

    assert code in {StoreCode.DISK_FULL, StoreCode.IO_ERROR}
    assert total == "900"
    assert process.exitcode == 0


@pytest.mark.parametrize("where", [0, 100, 4096])
def test_a_broken_file_is_moved_aside_and_reported_never_deleted(bench: Bench, where: int) -> None:
    bench.store.numbers.add_block(block(count=100))
    for _ in range(20):
        reserve(bench.store)
    bench.store.close()
    path = bench.state_dir / "kiosk.db"
    content = bytearray(path.read_bytes())
    content[where : where + 600] = b"\xee" * 600
    path.write_bytes(content)

    remaining = bench.reopen().numbers.remaining()

    kept = [file for file in bench.state_dir.iterdir() if "damaged" in file.name]
    assert bench.damages == 1
    assert [file.read_bytes() for file in kept if not file.name.endswith("-wal")] == [bytes(content)]
    assert remaining == 0
    bench.store.numbers.add_block(block())
    assert print_one(bench.store)


def test_a_broken_file_keeps_its_wal_beside_it(bench: Bench) -> None:
    bench.store.numbers.add_block(block(count=100))
    bench.reopen().probe()
    copy = bench.state_dir.parent / "copy"
    shutil.copytree(bench.state_dir, copy)  # as after a power cut: one page stands in the WAL only
    content = (copy / "kiosk.db").read_bytes()
    (copy / "kiosk.db").write_bytes(content[:4096] + b"\xee" * (len(content) - 4096))

    other = Bench(copy)
    other.store.probe()
    other.store.close()

    names = sorted(file.name for file in copy.iterdir() if "damaged" in file.name)
    assert len(names) == 2
    assert names[1] == names[0] + "-wal"


def test_a_lost_key_moves_aside_what_it_had_sealed(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    bench.store.close()
    (bench.state_dir / "store.key").unlink()

    remaining = bench.reopen().numbers.remaining()

    assert (remaining, bench.damages) == (0, 1)


@pytest.mark.parametrize("left", [b"", b"k" * 31])
def test_a_key_file_that_lost_bytes_is_moved_aside_with_what_it_had_sealed(bench: Bench, left: bytes) -> None:
    bench.store.numbers.add_block(block())
    bench.store.close()
    (bench.state_dir / "store.key").write_bytes(left)

    remaining = bench.reopen().numbers.remaining()

    kept = {path.name.split(".damaged")[0] for path in bench.state_dir.glob("*.damaged-*")}
    assert remaining == 0
    assert kept == {"kiosk.db", "store.key"}
    bench.store.numbers.add_block(block())
    assert print_one(bench.store)


def test_key_and_database_are_for_their_owner_alone(bench: Bench) -> None:
    bench.store.probe()

    modes = {
        name: stat.S_IMODE((bench.state_dir / name).stat().st_mode)
        for name in ("kiosk.db", "kiosk.db-wal", "store.key")
    }

    assert set(modes.values()) == {0o600}


def test_no_other_program_can_open_the_database(bench: Bench) -> None:
    bench.store.probe()
    other = Bench(bench.state_dir)

    with pytest.raises(StoreError) as caught:
        other.store.probe()

    assert caught.value.code is StoreCode.IO_ERROR
    assert other.damages == 0


def test_nothing_of_the_person_stands_in_the_files(bench: Bench) -> None:
    bench.store.numbers.add_block(block())

    print_one(bench.store)

    raw = b"".join(file.read_bytes() for file in bench.state_dir.iterdir())
    for text in (HOUSEHOLD, PERSON, CITIZEN_KEY, block().code_key):
        assert text.encode() not in raw


def test_a_row_that_left_cannot_be_read_from_the_file(bench: Bench) -> None:
    """The pages of deleted rows are overwritten."""
    bench.store.calls.record_call("canary-of-this-test")
    bench.store._database.run(lambda session: session.sql.exec_driver_sql("DELETE FROM staff_call").close())

    bench.store.close()

    assert b"canary-of-this-test" not in (bench.state_dir / "kiosk.db").read_bytes()


def test_a_sealed_field_opens_at_its_own_place_only() -> None:
    sealer = Sealer(b"1" * 32)
    place = Place("outbox", "row-1")
    sealed = sealer.seal(place, b"plain")

    assert sealer.unseal(place, sealed) == b"plain"
    for wrong in (Place("outbox", "row-2"), Place("issuance", "row-1"), Place("outbox", "row-1", "other")):
        with pytest.raises(SealError):
            sealer.unseal(wrong, sealed)
    with pytest.raises(SealError):
        Sealer(b"2" * 32).unseal(place, sealed)


@pytest.mark.parametrize("position", [0, 5, 17, -1])
def test_a_changed_byte_is_found(position: int) -> None:
    sealer = Sealer(b"1" * 32)
    place = Place("outbox", "row-1")
    sealed = bytearray(sealer.seal(place, b"plain"))

    sealed[position] ^= 1

    with pytest.raises(SealError):
        sealer.unseal(place, bytes(sealed))
    with pytest.raises(SealError):
        sealer.unseal(place, bytes(sealed[:10]))


def test_a_tampered_row_of_the_outbox_is_parked_and_holds_up_nobody(bench: Bench) -> None:
    bench.store.numbers.add_block(block())
    print_one(bench.store)
    second = print_one(bench.store)
    bench.store._database.run(
        lambda session: session.sql.exec_driver_sql(
            "UPDATE outbox SET sealed = (SELECT sealed FROM outbox WHERE seq = 2) WHERE seq = 1"
        ).close()
    )

    due = bench.store.outbox.due(50)

    assert [getattr(row.item.body, "number", "") for row in due] == [second]
