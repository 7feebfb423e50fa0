"""Whoever takes the disk, or looks into the running process, finds a register that nobody can read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.store.register_pages import CARD, REGISTER_KEY, Card, entry, page
from tests.torture.sabotage import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.store.builders import Bench

NEIGHBOURS = tuple(Card(f"61059019870{at:07}", f"邻居第{at}人") for at in range(101, 131))


def secrets_of(card: Card) -> tuple[bytes, ...]:
    """Canaries: what would show that a record of this person was readable."""
    person, residence = card.member(), card.household().residence
    words = (card.name, card.number, *card.keys, f"{person.birth}", residence.address.code)
    return tuple(word.encode() for word in words)


def find(content: bytes) -> set[bytes]:
    """The canaries of the neighbours that stand there."""
    return {secret for card in NEIGHBOURS for secret in secrets_of(card) if secret in content}


def test_neither_the_database_nor_its_copies_hold_anything_readable(bench: Bench) -> None:
    register = bench.store.register(REGISTER_KEY)
    register.take(page(*(entry(card) for card in NEIGHBOURS)), register.cursor())
    assert register.find(*NEIGHBOURS[0].keys) is not None
    bench.store._database.back_up(bench.clock.wall)

    files = [path for path in bench.state_dir.rglob("*") if path.is_file()]
    traces = {path.name: found for path in files if (found := find(path.read_bytes()))}

    held = entry(NEIGHBOURS[0]).entry.encode()
    assert {"kiosk.db-wal", "kiosk.db"} <= {path.name for path in files}
    assert sum(held in path.read_bytes() for path in files) >= 2  # the search finds what is there
    assert traces == {}


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has taken the neighbours' records, and one more."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.register_keeper", str(tmp_path / "state"), REGISTER_KEY.hex()],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    cards = (*NEIGHBOURS, CARD)
    first, second = (page(*map(entry, half), cursor=str(len(half))) for half in (cards[:16], cards[16:]))
    process.stdin.write(f"{first.model_dump_json()}\n{second.model_dump_json()}\n\n")
    process.stdin.flush()
    assert process.stdout.readline() == "kept\n"
    with process:
        yield process


def test_the_process_that_keeps_the_register_holds_nothing_readable(keeper: subprocess.Popen[str]) -> None:
    before = memory_of(keeper.pid)
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    keeper.stdin.write(" ".join(CARD.keys) + "\n")
    keeper.stdin.flush()
    answer = keeper.stdout.readline()
    after = memory_of(keeper.pid)

    assert answer == "found True\n"
    assert CARD.keys[0].encode() in after  # the search finds what is there
    assert CARD.keys[0].encode() not in before
    # What everybody of this place has in common comes to light with the one record that was opened.
    common = set(secrets_of(CARD))
    assert (find(before), find(after) - common) == (set(), set())


def memory_of(pid: int) -> bytes:
    """All that the process could write to."""
    parts = []
    process = Path("/proc") / str(pid)
    with (process / "maps").open(encoding="ascii") as maps, (process / "mem").open("rb") as memory:
        for line in maps:
            area, rights, *_ = line.split()
            if rights.startswith("rw"):
                start, end = (int(place, 16) for place in area.split("-"))
                memory.seek(start)
                parts.append(memory.read(end - start))
    return b"".join(parts)
