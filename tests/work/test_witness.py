"""The ledger's growth reaches the platform; whatever it answers, the kiosk goes on."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import LedgerAnswer, LedgerVerdict, PlatformCode, PlatformFault
from kiosk.work.crew import Crew
from kiosk.work.store_state import StoreState
from kiosk.work.witness import Witness, WitnessTools
from tests.core.stand import PATIENCE_S, LogBook
from tests.store.builders import IDENTITY, Bench, block, countersigned
from tests.work.platforms import SilentPlatform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import timedelta
    from pathlib import Path

    from backend_client.contract import LedgerGrowth


@dataclass
class Notary(SilentPlatform):
    """A platform that answers as `answer` says, and keeps what it was shown."""

    answer: Callable[[LedgerGrowth], LedgerAnswer | PlatformFault] = field(default=countersigned)
    shown: list[LedgerGrowth] = field(default_factory=list)
    asked_once: threading.Event = field(default_factory=threading.Event)

    def witness(self, growth: LedgerGrowth, deadline: timedelta) -> LedgerAnswer | PlatformFault:
        self.deadlines.append(deadline)
        self.shown.append(growth)
        self.asked_once.set()
        return self.answer(growth)


class Hall:
    """A witness that is driven by hand, on a real store."""

    def __init__(self, state_dir: Path) -> None:
        self.bench = Bench(state_dir)
        self.platform = Notary()
        self.book = LogBook()
        self.failures: list[object] = []
        state = StoreState(self.failures.append, self.book.log)
        tools = WitnessTools(self.bench.store.ledger, self.platform, state, self.book.log)
        self.witness = Witness(tools)

    def grow(self) -> None:
        first = 1 + self.bench.store.ledger.size()
        self.bench.store.numbers.add_block(block(first=first, count=1))

    @property
    def is_anchored(self) -> bool:
        return self.bench.store.ledger.anchored_size() == self.bench.store.ledger.size()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path / "state")
    yield made
    made.bench.store.close()


def test_growth_is_shown_and_anchored_and_nothing_is_shown_where_nothing_grew(hall: Hall) -> None:
    hall.witness.show()
    hall.grow()
    hall.witness.show()
    hall.witness.show()
    hall.grow()
    hall.witness.show()

    assert [growth.from_size for growth in hall.platform.shown] == [0, 1]
    assert hall.is_anchored
    assert len(hall.book.lines("ledger_anchored")) == 1


def test_a_nudge_shows_it_at_once(hall: Hall) -> None:
    hall.grow()
    crew = Crew(hall.book.log, lambda: None)

    crew.start(hall.witness)
    hall.witness.nudge()

    assert hall.platform.asked_once.wait(PATIENCE_S)
    assert crew.stop(PATIENCE_S)
    assert hall.is_anchored


def test_what_the_platform_asks_to_be_proven_from_elsewhere_is_proven_again(hall: Hall) -> None:
    """Its answer was lost on the way: it holds more than the kiosk knows."""
    hall.grow()
    held: list[LedgerAnswer] = []

    def keep_silent(growth: LedgerGrowth) -> PlatformFault:
        held.append(countersigned(growth))
        return _silence()

    hall.platform.answer = keep_silent
    hall.witness.show()
    hall.grow()

    def answer(growth: LedgerGrowth) -> LedgerAnswer:
        if growth.from_size == 1:
            return countersigned(growth)
        return held[0].model_copy(update={"verdict": LedgerVerdict.PROVE_FROM})

    hall.platform.answer = answer
    hall.witness.show()

    assert [growth.from_size for growth in hall.platform.shown] == [0, 0, 1]
    assert hall.is_anchored


def test_a_platform_that_never_agrees_does_not_keep_the_witness_busy(hall: Hall) -> None:
    hall.grow()
    nothing = LedgerAnswer(kiosk=IDENTITY.kiosk, verdict=LedgerVerdict.PROVE_FROM, checkpoint="")
    hall.platform.answer = lambda _growth: nothing

    hall.witness.show()

    assert len(hall.platform.shown) == 3
    assert not hall.is_anchored


@pytest.mark.parametrize("verdict", [LedgerVerdict.FORK, LedgerVerdict.SHORTER, LedgerVerdict.UNREADABLE])
def test_an_alarm_is_told_once_and_the_kiosk_goes_on(hall: Hall, verdict: LedgerVerdict) -> None:
    hall.grow()
    alarm = LedgerAnswer(kiosk=IDENTITY.kiosk, verdict=verdict, checkpoint="")
    hall.platform.answer = lambda _growth: alarm

    for _ in range(3):
        hall.witness.show()
    told = [(line["level"], line["verdict"]) for line in hall.book.lines("ledger_alarm")]
    hall.platform.answer = countersigned
    hall.witness.show()

    assert told == [("error", verdict)]
    assert len(hall.platform.shown) == 4
    assert hall.is_anchored


def test_a_platform_that_shows_what_was_never_ours_is_an_alarm(hall: Hall) -> None:
    hall.grow()
    hall.platform.answer = lambda growth: countersigned(growth, seed=b"?" * 32)

    hall.witness.show()

    assert [line["trust"] for line in hall.book.lines("ledger_alarm")] == ["platform_differs"]
    assert not hall.is_anchored


def test_a_dead_line_is_told_once_and_tried_again(hall: Hall) -> None:
    hall.grow()
    hall.platform.answer = lambda _growth: _silence()

    for _ in range(3):
        hall.witness.show()
    hall.platform.answer = countersigned
    hall.witness.show()

    assert [line["code"] for line in hall.book.lines("ledger_not_shown")] == [PlatformCode.UNREACHABLE]
    assert hall.is_anchored


def test_a_store_that_fails_is_told_and_does_not_end_the_witness(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no directory")
    hall = Hall(tmp_path / "state")

    hall.witness.show()

    assert len(hall.failures) == 1
    assert hall.platform.shown == []


def _silence() -> PlatformFault:
    return PlatformFault(PlatformCode.UNREACHABLE)
