"""What stands in the store is counted, and a store is good only as long as it can be written."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.codes import HealthCode, StoreCode
from kiosk.domain.health import Component, Health
from kiosk.work.store_state import StoreState
from kiosk.work.store_watch import StoreWatch, StoreWatchTools
from kiosk.work.witness import Witness, WitnessTools
from tests.store.builders import Bench, block, reserve
from tests.work.health_hall import Hall
from tests.work.platforms import SilentPlatform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class StoreRig:
    """A real store under the watch."""

    path: Path
    hall: Hall = field(default_factory=Hall)

    def __post_init__(self) -> None:
        self.bench = Bench(self.path)
        store = self.bench.store
        self.state = StoreState(self.hall.events.append, self.hall.book.log, self.hall.board.tell)
        self.watch = StoreWatch(
            StoreWatchTools(
                outbox=store.outbox,
                numbers=store.numbers,
                journal=store.issuances,
                ledger=store.ledger,
                night=store.night,
                bench=store.bench,
                health=store,
                store_state=self.state,
                moment=self.bench.clock.moment,
                board=self.hall.board,
            )
        )


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[StoreRig]:
    made = StoreRig(tmp_path / "state")
    yield made
    made.bench.store.close()


def test_what_stands_in_the_store_is_counted_and_judged(rig: StoreRig) -> None:
    rig.watch.look()

    figures = rig.watch.figures()
    assert figures
    assert (figures.owed, figures.parked, figures.doubts) == (0, 0, 0)
    assert figures.head.size == rig.bench.store.ledger.size()
    assert rig.hall.state(Component.STORE) == (Health.GOOD, None)
    assert rig.hall.state(Component.OUTBOX) == (Health.GOOD, None)


def test_a_store_that_fails_is_bad_until_somebody_wrote_again(rig: StoreRig) -> None:
    rig.state.failed(StoreCode.DISK_FULL)
    assert rig.hall.state(Component.STORE) == (Health.BAD, StoreCode.DISK_FULL)

    rig.watch.look()
    assert rig.hall.state(Component.STORE) == (Health.BAD, StoreCode.DISK_FULL)

    rig.state.recovered()
    assert rig.hall.state(Component.STORE) == (Health.GOOD, None)


def test_a_write_that_succeeds_again_mends_no_failed_nightly_check(rig: StoreRig) -> None:
    rig.bench.store.night.note_night(is_sound=False)
    rig.watch.look()
    assert rig.hall.state(Component.STORE) == (Health.UNKNOWN, HealthCode.INTEGRITY)

    rig.state.failed(StoreCode.DISK_FULL)
    rig.state.recovered()

    assert rig.hall.state(Component.STORE) == (Health.UNKNOWN, HealthCode.INTEGRITY)


def test_the_ledgers_head_is_the_root_that_is_signed(rig: StoreRig) -> None:
    before = rig.bench.store.ledger.head()
    rig.bench.store.numbers.add_block(block())
    reserve(rig.bench.store)

    after = rig.bench.store.ledger.head()

    growth = rig.bench.store.ledger.growth()
    assert growth
    _, size, signed_root, _ = growth.checkpoint.split("\n", 3)
    assert (after.size, after.root) == (int(size), base64.b64decode(signed_root).hex())
    assert after.size > before.size


def test_without_a_line_nobody_can_tell_whether_the_ledger_is_right(rig: StoreRig) -> None:
    line_is_up = [False]
    told = rig.hall.board.tell
    tools = WitnessTools(
        rig.bench.store.ledger, SilentPlatform(), rig.state, rig.hall.book.log, lambda: line_is_up[0], told
    )
    witness = Witness(tools)

    witness.show()

    assert rig.hall.state(Component.LEDGER) == (Health.UNKNOWN, None)
