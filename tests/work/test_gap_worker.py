"""After a store was restored the platform is asked until the gap is closed, and nobody else is bothered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import KnownPapers, MissingSerials, PlatformCode, PlatformFault
from kiosk.work.gap_worker import LOOK_INTERVAL_S, GapTools, GapWorker
from kiosk.work.store_state import StoreState
from tests.core.stand import LogBook
from tests.store.builders import Bench, block, print_one
from tests.store.restoring import damage, known
from tests.work.builders import Events
from tests.work.platforms import SilentPlatform

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

AT = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass
class Archive(SilentPlatform):
    """A platform that knows papers of this kiosk, one on each page."""

    serials: tuple[int, ...] = (1, 2, 3)
    fault: PlatformFault | None = None
    circle: bool = False

    def known_papers(self, after: str, deadline: timedelta) -> KnownPapers | PlatformFault:
        self.deadlines.append(deadline)
        self.asked.append(after)
        if self.fault:
            return self.fault
        place = int(after or 0)
        following = str(place + 1) if place + 1 < len(self.serials) else ""
        return KnownPapers(
            kiosk="CG-KSK-03",
            items=(known(self.serials[place]),),
            blocks=(MissingSerials(block_id="block-1", first=1, last=10),),
            next=after if self.circle and after else following,
        )


@dataclass
class Digs:
    """A gap worker, a store that broke after its copy, and a platform."""

    state_dir: Path
    archive: Archive = field(default_factory=Archive)
    book: LogBook = field(default_factory=LogBook)
    closed: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bench = Bench(self.state_dir)
        self.bench.store.numbers.add_block(block(count=10))
        print_one(self.bench.store)
        self.bench.store.night.back_up()
        self.worker = self.new_worker()

    def new_worker(self) -> GapWorker:
        """As after a restart."""
        return GapWorker(
            GapTools(
                gaps=self.bench.store.gaps,
                platform=self.archive,
                store_state=StoreState(Events().post, self.book.log),
                draw=lambda: 0.5,
                log=self.book.log,
                on_closed=lambda: self.closed.append(True),
            )
        )

    def damage(self) -> None:
        damage(self.bench)
        self.worker = self.new_worker()


@pytest.fixture
def digs(tmp_path: Path) -> Digs:
    return Digs(tmp_path / "state")


def test_a_sound_store_asks_nobody(digs: Digs) -> None:
    assert digs.worker.fill() == LOOK_INTERVAL_S
    assert digs.archive.asked == []


def test_all_pages_are_fetched_and_what_nobody_knows_is_told(digs: Digs) -> None:
    digs.damage()

    pauses = [digs.worker.fill() for _ in range(4)]

    assert pauses == [0.0, 0.0, 0.0, LOOK_INTERVAL_S]
    assert digs.archive.asked == ["", "1", "2"]
    (line,) = digs.book.lines("gap_closed")
    assert (line["blocks"], line["serials"]) == (1, 7)
    assert digs.closed == [True]
    assert len(digs.book.lines("gap_found")) == 1


def test_a_restart_goes_on_where_it_was(digs: Digs) -> None:
    digs.damage()
    digs.worker.fill()
    digs.bench.reopen()

    digs.new_worker().fill()

    assert digs.archive.asked == ["", "1"]


def test_while_the_platform_does_not_answer_the_gap_stays_open(digs: Digs) -> None:
    digs.damage()
    digs.archive.fault = PlatformFault(PlatformCode.UNREACHABLE)

    first, second = digs.worker.fill(), digs.worker.fill()

    assert (first, second) == (2.5, 5.0)
    assert digs.bench.store.gaps.cursor() == ""
    assert [line["code"] for line in digs.book.lines("gap_delayed")] == ["NET-01", "NET-01"]


def test_a_platform_that_does_not_know_our_place_is_asked_from_the_beginning(digs: Digs) -> None:
    digs.damage()
    digs.worker.fill()
    digs.archive.fault = PlatformFault(PlatformCode.REFUSED)
    digs.worker.fill()
    digs.archive.fault = None

    pauses = [digs.worker.fill() for _ in range(4)]

    assert digs.archive.asked == ["", "1", "", "1", "2"]
    assert pauses[-1] == LOOK_INTERVAL_S
    assert digs.closed == [True]


def test_a_list_that_goes_in_a_circle_is_not_followed_round_and_round(digs: Digs) -> None:
    digs.damage()
    digs.archive.circle = True

    pauses = [digs.worker.fill() for _ in range(2)]

    assert pauses == [0.0, 2.5]
    assert [line["code"] for line in digs.book.lines("gap_delayed")] == ["NET-06"]
