"""`python -m tests.torture.io_faults --faults N --seed S`: a disk that fails and fills up under the store."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture import sqlite_types as t
from tests.torture.disk import Disk
from tests.torture.figures import Figures
from tests.torture.promises import faults_of, read_contents
from tests.torture.stores import TortureStore
from tests.torture.workload import Workload

STEPS_IN_TROUBLE = 40
STEPS_AFTERWARDS = 10
ROUNDS_PER_CHECK = 10
_CODES = {
    "write": (t.FULL, t.FULL, t.IOERR_WRITE),
    "truncate": (t.IOERR_TRUNCATE,),
    "sync": (t.IOERR_FSYNC,),
}


@dataclass
class IoFaults:
    """Work goes on while one write in twenty fails; in between the disk is well again."""

    directory: Path
    seed: int
    figures: Figures = field(default_factory=lambda: Figures("I/O faults"))

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - a test, repeatable by its seed
        self._promises: list[object] = []
        self._chance = 0.0

    def run(self, faults: int) -> Figures:
        """Go on until the disk has failed so often."""
        opened = TortureStore(self.directory)
        with Disk(self.directory, fault=self._fail) as disk:
            work = Workload(opened.open, self._promises.append, self._dice)
            rounds = 0
            while disk.faults < faults:
                rounds += 1
                self._trouble(work)
                self._recover(work)
                if rounds % ROUNDS_PER_CHECK == 0:
                    self._check(work)
            self._check(work)
            work.close()
        if opened.damages:
            self.figures.faults.append("corrupt: the store moved its file aside")
        counts = {"faults": disk.faults, "operations refused": work.failures, "promises": len(self._promises)}
        self.figures.counts.update(counts)
        return self.figures

    def _trouble(self, work: Workload) -> None:
        """A disk that fails now and then, or one that is full for a while."""
        self._chance = self._dice.choice((0.02, 0.05, 0.2, 1.0))
        work.run(STEPS_IN_TROUBLE)
        self._chance = 0.0

    def _recover(self, work: Workload) -> None:
        """The disk is well: from here on everything must work again, without help."""
        before = work.failures
        work.run(STEPS_AFTERWARDS)
        if work.failures > before:
            self.figures.faults.append("stuck: refused although the disk is well")

    def _check(self, work: Workload) -> None:
        work.store.close()
        self.figures.faults += faults_of(read_contents(self.directory), self._promises)
        work.store = work.open_store()

    def _fail(self, operation: str) -> int:
        return self._dice.choice(_CODES[operation]) if self._dice.random() < self._chance else t.OK


def main(arguments: list[str]) -> int:
    """Run and say what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--faults", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        return IoFaults(Path(directory), options.seed).run(options.faults).say()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
