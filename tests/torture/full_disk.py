"""`python -m tests.torture.full_disk --points N --seed S DIRECTORY`: a small disk, full at any point.

DIRECTORY lies on a file system of its own of about 40 MB; tests mount a tmpfs for it.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.issuance import IssuanceState, NoNumbers, Settlement
from kiosk.domain.journal import Leave, StoreError
from tests.store.builders import JOB, LAST_DAY, SHA, block, reservation
from tests.store.first_schema import first_contents, write_first_store
from tests.torture.figures import Figures
from tests.torture.promises import Reached, faults_of, read_contents
from tests.torture.stores import TortureStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.store.store import Store

ACTIONS = 12
MOST_LEFT = 160  # file-system blocks that are left free, at most
OTHERS_EVERY = 5  # points; then an old file is brought up, and a broken one restored, on a full disk
OLD_NUMBERS = 300


@dataclass
class FullDisk:
    """Work goes on while the disk fills up, and again when there is room."""

    directory: Path
    seed: int
    figures: Figures = field(default_factory=lambda: Figures("full disk"))

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - a test, repeatable by its seed
        self._promises: list[object] = []
        self._opened = TortureStore(self.directory / "state")
        self._store = self._opened.open()
        self._filler = self.directory / "filler"
        self._blocks = 0

    def run(self, points: int) -> Figures:
        """Fill the disk so often."""
        for point in range(points):
            self._fill()
            for _ in range(ACTIONS):
                self._try(self._dice.choice((self._paper, self._paper, self._drain, self._copy)))
            self._make_room()
            self._recover()
            if point % OTHERS_EVERY == 0:
                self._bring_up_on_full_disk()
                self._restore_on_full_disk()
            self.figures.counts["points"] += 1
        if self._opened.damages:
            self.figures.faults.append("corrupt: the store moved its file aside")
        return self.figures

    def _fill(self) -> None:
        """Leave a few blocks, or none."""
        disk = os.statvfs(self.directory)
        left = self._dice.randrange(MOST_LEFT)
        with self._filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, (disk.f_bavail - left) * disk.f_bsize))

    def _make_room(self) -> None:
        self._filler.unlink()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except StoreError:
            self.figures.counts["refusals"] += 1
        else:
            self.figures.counts["actions"] += 1

    def _paper(self) -> None:
        asked = reservation(str(uuid.uuid4()))
        journal = self._store.issuances
        if isinstance(journal.reserve(asked), NoNumbers):
            self._blocks += 1
            self._store.numbers.add_block(block(first=self._blocks * 900, count=900))
            return
        self._promises.append(Reached(asked.issuance, IssuanceState.PREPARED))
        journal.note_document(asked.issuance, SHA, LAST_DAY)
        journal.begin_print(asked.issuance, SHA, JOB.name)
        journal.note_created(asked.issuance, JOB)
        journal.note_sending(asked.issuance)
        journal.note_accepted(asked.issuance)
        self._promises.append(Reached(asked.issuance, IssuanceState.ACCEPTED))
        journal.settle(asked.issuance, Settlement(IssuanceState.PRINTED))
        self._promises.append(Reached(asked.issuance, IssuanceState.PRINTED))

    def _drain(self) -> None:
        self._store.outbox.apply(tuple(Leave(owed.item.id) for owed in self._store.outbox.due(5)))

    def _copy(self) -> None:
        self.figures.counts["copies"] += self._store.night.back_up()

    def _recover(self) -> None:
        """There is room: everything must work again, without help."""
        try:
            self._store.probe()
            self._paper()
            self._copy()
        except StoreError as error:
            self.figures.faults.append(f"stuck: {error.code} although there is room")
        self._store.close()
        self.figures.faults += faults_of(read_contents(self.directory / "state"), self._promises)
        self._store = self._opened.open()

    def _bring_up_on_full_disk(self) -> None:
        state = self.directory / "old"
        write_first_store(state, OLD_NUMBERS, 20)
        before = first_contents(state / "kiosk.db")
        old = TortureStore(state)
        self._open_on_full_disk(old, lambda store: store.outbox.counts())
        if first_contents(state / "kiosk.db") != before or old.damages:
            self.figures.faults.append("lost: rows of an old file")
        shutil.rmtree(state)

    def _restore_on_full_disk(self) -> None:
        state = self.directory / "broken"
        broken = TortureStore(state)
        store = broken.open()
        store.numbers.add_block(block(first=7, count=3))
        store.night.back_up()
        store.close()
        (state / "kiosk.db").write_bytes(b"\xee" * 50_000)
        self._open_on_full_disk(broken, lambda store: store.gaps.cursor())
        store = broken.open()
        if store.gaps.cursor() != "" or store.numbers.remaining():
            self.figures.faults.append("lost: the gap of a restored file")
        store.close()
        shutil.rmtree(state)

    def _open_on_full_disk(self, opened: TortureStore, ask: Callable[[Store], object]) -> None:
        """Ask while the disk is full, and again when there is room."""
        self._fill()
        store = opened.open()
        self._try(lambda: ask(store))
        self._make_room()
        try:
            ask(store)
        except StoreError as error:
            self.figures.faults.append(f"stuck: {error.code} although there is room")
        store.close()


def main(arguments: list[str]) -> int:
    """Run and say what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("directory", type=Path)
    options = parser.parse_args(arguments)
    return FullDisk(options.directory, options.seed).run(options.points).say()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
