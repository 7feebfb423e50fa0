"""`python -m tests.torture.migration_cuts --cuts N --seed S`: cut the power inside a migration's steps."""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import sqlite3
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.store.tables import SCHEMA_VERSION
from tests.store.first_schema import first_contents, write_first_store
from tests.torture.disk import Disk
from tests.torture.figures import Figures
from tests.torture.power_cut import images
from tests.torture.stores import TortureStore

if TYPE_CHECKING:
    from tests.torture.power_cut import Image

CUTS_PER_FILE = 100
NUMBERS = 80
OWED = 20
DATABASE = "kiosk.db"


@dataclass
class MigrationCuts:
    """Old files that are brought up on a disk that remembers, and what is left when the power is cut."""

    directory: Path
    seed: int
    figures: Figures = field(default_factory=lambda: Figures("power cuts in migrations"))

    def run(self, cuts: int) -> Figures:
        """Do `cuts` cuts, some in the way up of each file."""
        dice = random.Random(self.seed)  # noqa: S311 - a test, repeatable by its seed
        for round_, left in enumerate(range(cuts, 0, -CUTS_PER_FILE)):
            self._bring_up(self.directory / f"file-{round_}", min(left, CUTS_PER_FILE), dice)
        return self.figures

    def _bring_up(self, state: Path, cuts: int, dice: random.Random) -> None:
        write_first_store(state, NUMBERS, OWED)
        before = first_contents(state / DATABASE)
        begin = {DATABASE: (state / DATABASE).read_bytes()}
        with Disk(state) as disk:
            store = TortureStore(state).open()
            store.outbox.wait()
            store.close()
        self.figures.counts["writes"] += len(disk.log)
        at = sorted(dice.sample(range(len(disk.log) + 1), min(cuts, len(disk.log))))
        for image in images(disk.log, at, dice, begin):
            self._judge(state / "store.key", image, before)
        shutil.rmtree(state)

    def _judge(self, key: Path, image: Image, before: dict[str, list[tuple[object, ...]]]) -> None:
        """The file is as before or as after; the next start brings it up, with every row."""
        after = self.directory / "after"
        shutil.rmtree(after, ignore_errors=True)
        (after / "backup").mkdir(parents=True)
        shutil.copy(key, after)
        image.write_to(after)
        opened = TortureStore(after)
        store = opened.open()
        store.outbox.wait()
        store.close()
        self.figures.counts["cuts"] += 1
        if opened.damages:
            self.figures.faults.append("corrupt: the store moved its file aside")
            return
        if first_contents(after / DATABASE) != before:
            self.figures.faults.append("lost: the rows are not those of before")
        with contextlib.closing(sqlite3.connect(after / DATABASE)) as sql:
            if sql.execute("PRAGMA user_version").fetchone() != (SCHEMA_VERSION,):
                self.figures.faults.append("corrupt: the way up did not end")
            if sql.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                self.figures.faults.append("corrupt: the check of the whole file fails")


def main(arguments: list[str]) -> int:
    """Run and say what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        return MigrationCuts(Path(directory), options.seed).run(options.cuts).say()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
