"""`python -m tests.torture.deliveries --faults N`: records go over an unruly line to a real platform."""

from __future__ import annotations

import argparse
import io
import json
import random
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend_client.client import PlatformClient
from backend_client.contract import Delivered, PlatformFault, certificate_number
from backend_client.keys import load_keys
from kiosk.log import Log
from kiosk.store.outbox import owe
from kiosk.work.drainer import Drainer, DrainerTools
from kiosk.work.store_state import StoreState
from tests.backend.platform_calls import client_for, new_block, record_of
from tests.backend.platform_process import PlatformProcess
from tests.store.builders import IDENTITY, Bench
from tests.torture.figures import Figures
from tests.torture.unruly_line import FAULTS, Mood, UnrulyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend_client.contract import NumberBlock, RecordItem
    from kiosk.store.session import Session

# Long enough for most replies; those that take longer are one more fault.
HASTE = timedelta(milliseconds=400)
_BLOCK = 200
_PATIENCE = 1000


class HastyClient(PlatformClient):
    """The kiosk's own client, which does not wait long while the line is unruly."""

    is_in_haste = True

    def deliver(
        self, batch_id: str, items: tuple[RecordItem, ...], deadline: timedelta
    ) -> Delivered | PlatformFault:
        return super().deliver(batch_id, items, HASTE if self.is_in_haste else deadline)


@dataclass
class Deliveries:
    """A real store and drainer, a line that does anything, and the platform as its own program."""

    directory: Path
    seed: int
    client_class: type[HastyClient] = HastyClient
    figures: Figures = field(default_factory=lambda: Figures("faulty deliveries"))

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - a test, repeatable by its seed
        self._bench = Bench(self.directory / "kiosk")
        self._owed: list[str] = []

    def run(self, faults: int) -> Figures:
        """Go on until the line has misbehaved so often; then it is well, and everything is counted."""
        with PlatformProcess(self.directory / "platform") as platform:
            platform.fill()
            keys_dir = platform.enrol(IDENTITY.kiosk)
            numbers = _numbers(client_for(platform.url, keys_dir))
            with (
                closing(self._bench.store),
                UnrulyLine(platform.url, self._mood, self.seed) as line,
            ):
                keys = load_keys(keys_dir)
                client = self.client_class(
                    line.url, keys.kiosk, keys.secret, keys.lookup_key, keys.receipt_public_key
                )
                drainer = self._drainer(client)
                while line.faults < faults:
                    self._owe([next(numbers) for _ in range(self._dice.randint(1, 12))])
                    for _ in range(self._dice.randint(1, 4)):
                        self._drain(drainer)
                line.draw = lambda: Mood.WHOLE
                client.is_in_haste = False
                self._drain_dry(drainer)
                self._count(line)
                self._compare(self._bench.store.outbox.counts().parked)
        return self.figures

    def _mood(self) -> Mood:
        mood = self._dice.choice(FAULTS) if self._dice.random() < 0.8 else Mood.WHOLE
        is_slow = mood is Mood.TOO_LATE  # each of these takes as long as the kiosk is patient
        return self._dice.choice(FAULTS) if is_slow and self._dice.random() < 0.8 else mood

    def _drainer(self, client: PlatformClient) -> Drainer:
        log = Log(io.StringIO())
        state = StoreState(lambda _event: None, log)
        return Drainer(DrainerTools(self._bench.store.outbox, client, state, log, self._dice.random))

    def _owe(self, numbers: list[str]) -> None:
        bodies = [record_of(number).body for number in numbers]
        now = self._bench.clock.moment()

        def work(session: Session) -> None:
            for body in bodies:
                owe(session, body, now)

        self._bench.store._database.run(work)
        self._owed += [body.model_dump_json() for body in bodies]

    def _drain(self, drainer: Drainer) -> bool:
        """One delivery, and its pause slept through; False when nothing is owed any more."""
        pause = drainer.drain()
        self._bench.clock.go_on(timedelta(seconds=pause or 0))
        return pause is not None

    def _drain_dry(self, drainer: Drainer) -> None:
        if not any(not self._drain(drainer) for _ in range(_PATIENCE)):
            self.figures.faults.append("stuck: the outbox never became empty")

    def _count(self, line: UnrulyLine) -> None:
        self.figures.counts["faults"] = line.faults
        for mood in FAULTS:
            self.figures.counts[mood] = line.moods[mood]
        self.figures.counts["records"] = len(self._owed)

    def _compare(self, parked: int) -> None:
        """Every record is at the platform, once, and says there what it says here."""
        ids, papers, bodies = _at_platform(self.directory / "platform")
        found = Counter(_canonical(body) for body in bodies)
        self.figures.faults += ["lost: a record" for body in self._owed if not found[_canonical(body)]]
        self.figures.faults += ["twice: an id"] * (len(ids) - len(set(ids)))
        self.figures.faults += ["twice: a paper"] * (len(papers) - len(set(papers)))
        self.figures.faults += ["twice: a record"] * (found.total() - len(found))
        self.figures.faults += ["parked: a record that is right"] * parked


def _canonical(body: str) -> str:
    return json.dumps(json.loads(body), sort_keys=True)


def _numbers(client: PlatformClient) -> Iterator[str]:
    while True:
        block: NumberBlock = new_block(client, _BLOCK)
        yield from (certificate_number(block, block.first + place) for place in range(_BLOCK))


def _at_platform(state: Path) -> tuple[list[Any], list[Any], list[str]]:
    """The ids, the papers and what each record says."""
    with closing(sqlite3.connect(next(state.glob("*.sqlite")))) as sql:
        items = sql.execute("SELECT item_id, body FROM record_items").fetchall()
        papers = sql.execute("SELECT number, attempt FROM certificates").fetchall()
    return [row[0] for row in items], papers, [json.dumps(json.loads(row[1])["body"]) for row in items]


def main(arguments: list[str]) -> int:
    """Run and say what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--faults", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        return Deliveries(Path(directory), options.seed).run(options.faults).say()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
