"""`python -m tests.torture.clock_steps --steps N`: the clock jumps by decades, and nothing is refused."""

from __future__ import annotations

import argparse
import io
import random
import sqlite3
import sys
import tempfile
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.issuance import Applicant, IssuanceState, Reservation, ReservedNumber, Settlement
from kiosk.domain.journal import Postpone
from kiosk.log import Log
from kiosk.work.drainer import Drainer, DrainerTools
from kiosk.work.store_state import StoreState
from tests.backend.platform_calls import client_for, new_block
from tests.backend.platform_process import PlatformProcess
from tests.torture.figures import Figures
from tests.torture.promises import faults_of, read_contents
from tests.torture.stores import TortureStore

if TYPE_CHECKING:
    from kiosk.store.store import Store

KIOSK = "CG-KSK-03"
FURTHEST_DAYS = 30 * 365
_ENDLESS = date(9999, 12, 31)  # a block's last day is not what is tried here
_TRUE = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
LONGEST_DELAY = timedelta(minutes=15)
_PATIENCE = 1000


@dataclass
class ClockSteps:
    """A store whose clock jumps before every paper, and a real platform that takes what is owed."""

    directory: Path
    seed: int
    figures: Figures = field(default_factory=lambda: Figures("clock steps"))

    def run(self, steps: int) -> Figures:
        """One paper after each jump; some are delivered in between, the others at the end."""
        dice = random.Random(self.seed)  # noqa: S311 - a test, repeatable by its seed
        opened = TortureStore(self.directory / "kiosk")
        opened.state_dir.mkdir()
        with PlatformProcess(self.directory / "platform") as platform:
            platform.fill()
            client = client_for(platform.url, platform.enrol(KIOSK))
            store = opened.open()
            block = new_block(client, count=steps).model_copy(update={"expires_on": _ENDLESS})
            store.numbers.add_block(block)
            log = Log(io.StringIO())
            drainer = Drainer(
                DrainerTools(store.outbox, client, StoreState(lambda _: None, log), log, dice.random)
            )
            numbers = []
            for _ in range(steps):
                opened.wall = _jump(opened.wall, dice)
                numbers.append(_print(store))
                if dice.random() < 0.3:
                    _put_off(store, dice)
                elif dice.random() < 0.5:
                    drainer.drain()
            opened.monotonic_ms += LONGEST_DELAY // timedelta(milliseconds=1)
            opened.wall = _TRUE
            self._drain(drainer)
            store.close()
        self._compare(opened, numbers)
        return self.figures

    def _drain(self, drainer: Drainer) -> None:
        """The longest delay has passed since boot: whatever the clock said, nothing may be put off longer."""
        for _ in range(_PATIENCE):
            wait = drainer.drain()
            if wait is None:
                return
            if wait > 0:
                break
        self.figures.faults.append("lost: the outbox never became empty")

    def _compare(self, opened: TortureStore, numbers: list[str]) -> None:
        rows = _stored(self.directory / "platform")
        self.figures.counts.update({"steps": len(numbers), "records at the platform": len(rows)})
        self.figures.faults += faults_of(read_contents(opened.state_dir), ())
        self.figures.faults += ["lost: a record" for number in numbers if number not in rows]
        self.figures.faults += ["twice: a record" for _ in range(len(rows) - len(set(rows)))]
        self.figures.faults += [
            "lost: the clock that it was written under" for _ in range(_forgotten(self.directory))
        ]


def _jump(wall: datetime, dice: random.Random) -> datetime:
    """Up to thirty years away from the true time, in either direction, and now and then back to it."""
    if dice.random() < 0.2:
        return wall + timedelta(hours=dice.uniform(-48, 48))
    return _TRUE + timedelta(dice.choice((0, dice.uniform(-FURTHEST_DAYS, FURTHEST_DAYS))))


def _put_off(store: Store, dice: random.Random) -> None:
    """The platform wants some rows another time."""
    for owed in store.outbox.due(5):
        delay = timedelta(seconds=dice.uniform(1, LONGEST_DELAY.total_seconds()))
        store.outbox.apply((Postpone(owed.item.id, delay),))


def _print(store: Store) -> str:
    issuance, session = str(uuid.uuid4()), str(uuid.uuid4())
    applicant = Applicant("HH999999", "HH999999-01", "0" * 64, 1)
    reserved = store.issuances.reserve(Reservation(issuance, session, session, applicant, "school", 1))
    assert isinstance(reserved, ReservedNumber)
    store.issuances.note_document(issuance, "5a" * 32, date(2026, 12, 23))
    store.issuances.settle(issuance, Settlement(IssuanceState.VOIDED, "PRN-01"))
    return reserved.number


def _stored(platform: Path) -> list[str]:
    """The numbers in the order in which the platform took them."""
    database = next(platform.glob("*.sqlite"))
    with closing(sqlite3.connect(database)) as sql:
        rows = sql.execute("SELECT number FROM certificates ORDER BY rowid").fetchall()
    return [row[0] for row in rows]


def _forgotten(directory: Path) -> int:
    """How many certificates at the platform do not say under which clock they were written."""
    database = next((directory / "platform").glob("*.sqlite"))
    with closing(sqlite3.connect(database)) as sql:
        stamps = "ifnull(prepared_stamp, 'null'), ifnull(settled_stamp, 'null')"
        query = f"SELECT count(*) FROM certificates WHERE 'null' IN ({stamps})"  # noqa: S608 - our own words
        return int(sql.execute(query).fetchone()[0])


def main(arguments: list[str]) -> int:
    """Run and say what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        return ClockSteps(Path(directory), options.seed).run(options.steps).say()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
