"""`python -m tests.torture.power_cuts --cuts N --seed S`: cut the power between any two writes."""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.issuance import IssuanceState, Settlement
from kiosk.domain.journal import StoreError
from tests.torture.disk import Disk
from tests.torture.figures import Figures
from tests.torture.power_cut import images
from tests.torture.promises import faults_of, read_contents
from tests.torture.stores import TortureStore
from tests.torture.workload import Workload

if TYPE_CHECKING:
    from tests.torture.power_cut import Image

CUTS_PER_DAY = 50
STEPS_PER_DAY = 250


@dataclass
class PowerCuts:
    """Days of work on a disk that remembers, and what is left when the power is cut somewhere in them."""

    directory: Path
    seed: int
    figures: Figures = field(default_factory=lambda: Figures("power cuts"))

    def run(self, cuts: int) -> Figures:
        """Do `cuts` cuts, a few in each day."""
        dice = random.Random(self.seed)  # noqa: S311 - a test, repeatable by its seed
        for day, left in enumerate(range(cuts, 0, -CUTS_PER_DAY)):
            self._run_day(day, min(left, CUTS_PER_DAY), dice)
        return self.figures

    def _run_day(self, day: int, cuts: int, dice: random.Random) -> None:
        state = self.directory / f"day-{day}"
        state.mkdir()
        with Disk(state) as disk:
            work = Workload(TortureStore(state).open, disk.promise, dice)
            work.run(STEPS_PER_DAY)
            work.close()
        at = sorted(dice.sample(range(len(disk.log)), min(cuts, len(disk.log))))
        self.figures.counts["writes"] += len(disk.log)
        for image in images(disk.log, at, dice, {}):
            self._judge(state, image)
        shutil.rmtree(state)

    def _judge(self, state: Path, image: Image) -> None:
        """Open the real store on what the cut left, let it recover, and compare with all it had promised."""
        after = self.directory / "after"
        shutil.rmtree(after, ignore_errors=True)
        after.mkdir()
        for path in state.iterdir():
            if path.suffix == ".key":
                shutil.copy(path, after)
        image.write_to(after)
        opened = TortureStore(after)
        store = opened.open()
        self.figures.counts["cuts"] += 1
        self.figures.counts["promises"] += len(image.promises)
        try:
            for left_open in store.issuances.open_issuances():
                store.issuances.settle(left_open.issuance, Settlement(IssuanceState.UNCERTAIN, "JOB-01"))
        except StoreError as error:
            self.figures.faults.append(f"corrupt: the store cannot go on ({error.code})")
            return
        finally:
            store.close()
        if opened.damages:
            self.figures.faults.append("corrupt: the store moved its file aside")
            return
        self.figures.faults += faults_of(read_contents(after), image.promises)


def main(arguments: list[str]) -> int:
    """Run and say what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        return PowerCuts(Path(directory), options.seed).run(options.cuts).say()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
