"""The line is told when it changes, numbers are there before they lack, and so is the printer's status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import (
    Accepted,
    NumbersReserved,
    PlatformCode,
    PlatformFault,
)
from devices.contract import DeviceCode, PrinterBlocked, PrinterReady
from kiosk.domain.offline import OUT_OF_REACH
from kiosk.flow.events import (
    LineChanged,
    PrinterChanged,
)
from kiosk.work.printer_watcher import PrinterWatcher, WatchedAs
from kiosk.work.store_state import StoreState
from kiosk.work.upkeep import Upkeep, UpkeepTools
from tests.core.stand import LogBook
from tests.store.builders import Bench, block, reserve
from tests.work.builders import ObedientPrinter
from tests.work.platforms import DOWN, SilentPlatform

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

    from backend_client.contract import NumberBlock, NumberBlockRequest
    from devices.contract import PrinterStatus
    from kiosk.domain.health_rules import Told
    from kiosk.flow.events import Event


@dataclass
class KindPlatform(SilentPlatform):
    """Answers while it is up."""

    up: bool = True
    fault: PlatformFault = DOWN
    block: NumberBlock | None = None

    def health(self, deadline: timedelta) -> Accepted | PlatformFault:
        self.deadlines.append(deadline)
        return Accepted("1") if self.up else self.fault

    def reserve_numbers(
        self, request: NumberBlockRequest, deadline: timedelta
    ) -> NumbersReserved | PlatformFault:
        self.deadlines.append(deadline)
        self.asked.append(f"numbers {request.request_id}")
        return NumbersReserved(self.block) if self.block else DOWN


class House:
    """Upkeep that is driven round by round."""

    def __init__(self, state_dir: Path) -> None:
        self.bench = Bench(state_dir)
        self.platform = KindPlatform()
        self.events: list[Event] = []
        self.book = LogBook()
        self.line_backs: list[str] = []
        self.upkeep = Upkeep(
            UpkeepTools(
                platform=self.platform,
                numbers=self.bench.store.numbers,
                community="610525001003",
                store_state=StoreState(self.events.append, self.book.log),
                post=self.events.append,
                log=self.book.log,
                on_line_back=(self._note, lambda: None, self._note_too),
            )
        )

    def _note(self) -> None:
        self.line_backs.append("first")

    def _note_too(self) -> None:
        self.line_backs.append("last")

    def rounds(self, *ups: bool) -> list[float]:
        pauses = []
        for up in ups:
            self.platform.up = up
            pauses.append(self.upkeep._round())
        return pauses


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "state")
    yield made
    made.bench.store.close()


def test_the_line_is_told_at_its_changes_only(house: House) -> None:
    house.rounds(True, True, False, False, True)

    told = [event.code for event in house.events if isinstance(event, LineChanged)]
    assert told == [None, PlatformCode.UNREACHABLE, None]
    assert house.line_backs == ["first", "last"] * 2


def test_a_line_that_is_down_from_the_start_is_told_too(house: House) -> None:
    house.rounds(False, False)

    assert house.events == [LineChanged(PlatformCode.UNREACHABLE)]


@pytest.mark.parametrize("code", PlatformCode)
def test_nobody_waits_for_a_platform_that_is_known_to_be_out_of_reach(
    house: House, code: PlatformCode
) -> None:
    """One that answers, but not as it should, is asked all the same: then its fault is seen."""
    house.platform.fault = PlatformFault(code)
    said = [house.upkeep.line_is_down()]

    for up in (True, False, True):
        house.rounds(up)
        said.append(house.upkeep.line_is_down())

    assert said == [False, False, code in OUT_OF_REACH, False]


def test_a_lost_line_is_looked_at_more_often(house: House) -> None:
    up_s, down_s = house.rounds(True, False)

    assert down_s < up_s


def test_numbers_are_fetched_when_fifty_are_left_and_not_before(house: House) -> None:
    house.bench.store.numbers.add_block(block(count=51))
    house.platform.block = block(first=1000, count=200)
    house.rounds(True)
    before = house.bench.store.numbers.remaining()

    reserve(house.bench.store)
    house.rounds(True)

    assert (before, house.bench.store.numbers.remaining()) == (51, 250)


def test_a_block_that_did_not_arrive_is_asked_for_under_the_same_id(house: House) -> None:
    house.rounds(True, True)

    asked = [question for question in house.platform.asked if question.startswith("numbers")]
    assert len(asked) == 2
    assert len(set(asked)) == 1


def test_numbers_of_another_community_are_not_taken(house: House) -> None:
    house.platform.block = block(count=200).model_copy(update={"community": "610525001099"})

    house.rounds(True)

    assert house.bench.store.numbers.remaining() == 0
    assert [line["code"] for line in house.book.lines("numbers_refused")] == ["NET-07"]


def test_serials_that_were_used_before_are_refused_and_the_next_block_is_another(house: House) -> None:
    house.bench.store.numbers.add_block(block(count=3))
    house.platform.block = block(count=200).model_copy(update={"block_id": "set-back"})

    house.rounds(True, True)

    asked = [question for question in house.platform.asked if question.startswith("numbers")]
    assert len(set(asked)) == 2
    refused = [(line["level"], line["code"], line["detail"]) for line in house.book.lines("numbers_refused")]
    assert refused == [("error", "NET-07", "overlaps")] * 2
    assert house.bench.store.numbers.remaining() == 3


def test_under_a_clock_far_ahead_the_same_block_is_asked_for_and_it_is_told_once(house: House) -> None:
    house.platform.block = block(count=200)
    house.bench.clock.move(timedelta(days=40))
    house.rounds(True, True, True)
    told = [(line["level"], line["code"]) for line in house.book.lines("numbers_refused")]

    house.bench.clock.move(timedelta(days=-40))
    house.rounds(True)

    asked = [question for question in house.platform.asked if question.startswith("numbers")]
    assert (len(asked), len(set(asked))) == (4, 1)
    assert told == [("error", "STO-03")]
    assert house.bench.store.numbers.remaining() == 200


class MoodyPrinter(ObedientPrinter):
    """Its status is what it was last given."""

    mood: PrinterStatus = PrinterReady()

    def status(self, deadline: timedelta) -> PrinterStatus:
        self.deadlines.append(deadline)
        return self.mood


def test_the_printers_status_is_told_at_its_changes_and_not_to_the_flow_during_a_print(
    is_printing: threading.Event,
) -> None:
    printer = MoodyPrinter()
    events: list[Event] = []
    told: list[Told] = []
    watched = WatchedAs(tell=lambda _component, each: told.append(each))
    watcher = PrinterWatcher(printer, is_printing, events.append, LogBook().log, watched)
    empty = PrinterBlocked(DeviceCode.PRINTER_PAPER_OUT, ("media-empty",))

    for mood in (PrinterReady(), PrinterReady(), empty, empty, PrinterReady()):
        printer.mood = mood
        watcher._look()
    is_printing.set()
    printer.mood = empty
    watcher._look()

    assert events == [PrinterChanged(PrinterReady()), PrinterChanged(empty), PrinterChanged(PrinterReady())]
    assert told[-1].code is DeviceCode.PRINTER_PAPER_OUT  # the board knows all the same
