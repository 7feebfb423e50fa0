"""When the kiosk beats: regularly, soon after something turned bad, and with patience where nobody hears."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import HeartbeatReply, PlatformCode, PlatformFault
from devices.contract import DeviceCode
from kiosk.domain.health import Component, Health
from kiosk.domain.health_rules import GOOD
from kiosk.work.frames import Frames
from kiosk.work.health_board import HealthBoard
from kiosk.work.heartbeat import DEADLINE, HeartbeatTools, HeartbeatWorker
from kiosk.work.inbox import ClosedError
from kiosk.work.sources import Sources
from kiosk.work.vitals import Vitals
from tests.core.stand import LogBook
from tests.work.conditions import MOMENT, NOW, PROGRAM

if TYPE_CHECKING:
    from backend_client.contract import Heartbeat
    from tests.backend.platform_fixtures import Town

DOWN = PlatformFault(PlatformCode.UNREACHABLE)
PRINTER = Component.PAGE_PRINTER


@dataclass
class Desk:
    """Answers as it was last told, and keeps what it heard."""

    answer: HeartbeatReply | PlatformFault = field(default_factory=lambda: HeartbeatReply(next_s=60))
    heard: list[Heartbeat] = field(default_factory=list)
    was_asked: threading.Event = field(default_factory=threading.Event)
    meanwhile: bool = False
    rig: Rig | None = None

    def beat(self, heartbeat: Heartbeat, deadline: timedelta) -> HeartbeatReply | PlatformFault:
        assert deadline == DEADLINE
        self.heard.append(heartbeat)
        self.was_asked.set()
        if self.meanwhile and self.rig:
            self.meanwhile = False
            self.rig.break_printer()
        return self.answer


class Rig:
    """A heartbeat worker without its thread; time passes by hand, and chance is always one half."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.book = LogBook()
        self.desk = Desk(rig=self)
        self.vitals = Vitals(lambda: self.now_s)
        self.board = HealthBoard((PRINTER,), lambda: NOW, lambda _: None, self.book.log, lambda: self.now_s)
        self.worker = HeartbeatWorker(
            HeartbeatTools(
                desk=self.desk,
                sources=sources(self.board, self.vitals),
                vitals=self.vitals,
                program=PROGRAM,
                interval=timedelta(seconds=60),
                draw=lambda: 0.5,
                log=self.book.log,
                monotonic=lambda: self.now_s,
            )
        )
        self.board.on_change = self.worker.on_change

    def beat_when_due(self) -> float:
        """Let the time pass until the next beat; return how long that was."""
        waited = self.worker.wait_s()
        self.now_s += waited
        self.worker.beat()
        return waited

    def break_printer(self) -> None:
        self.board.report(PRINTER, Health.BAD, DeviceCode.PRINTER_JAM)


def sources(board: HealthBoard, vitals: Vitals) -> Sources:
    """Only the board and the vitals are known."""
    return Sources(
        board=board,
        vitals=vitals,
        frames=Frames(),
        moment=lambda: MOMENT,
        clock_offset=lambda: None,
        store=lambda: None,
        machine=lambda: None,
        ups=lambda: None,
        supplies=lambda: (),
    )


def test_beats_count_up_and_come_as_often_as_the_platform_wants() -> None:
    rig = Rig()

    waits = [rig.beat_when_due() for _ in range(3)]
    rig.desk.answer = HeartbeatReply(next_s=300)
    waits += [rig.beat_when_due() for _ in range(2)]

    assert waits == [5, 60, 60, 60, 330]
    assert [beat.seq for beat in rig.desk.heard] == [1, 2, 3, 4, 5]
    assert len(rig.book.lines("heartbeat_taken")) == 1


def test_what_turned_bad_is_told_within_five_seconds() -> None:
    rig = Rig()
    rig.beat_when_due()

    rig.break_printer()

    assert rig.beat_when_due() <= 5
    assert rig.desk.heard[-1].bad == {"page_printer": "PRN-04"}


def test_a_part_that_comes_and_goes_sends_no_storm_and_is_told_within_a_minute_always() -> None:
    rig = Rig()
    rig.beat_when_due()

    waits = []
    for _ in range(20):
        rig.break_printer()
        rig.board.tell(PRINTER, GOOD)
        waits.append(rig.beat_when_due())

    assert waits[0] <= 5
    assert all(30 <= wait <= 60 for wait in waits[1:])


def test_what_turns_bad_while_a_beat_is_under_way_is_in_the_next_one_soon() -> None:
    rig = Rig()
    rig.beat_when_due()
    rig.desk.meanwhile = True
    rig.beat_when_due()
    assert rig.desk.heard[-1].bad == {}

    assert rig.beat_when_due() <= 5
    assert rig.desk.heard[-1].bad == {"page_printer": "PRN-04"}


def test_what_turned_good_again_waits_for_the_next_beat() -> None:
    rig = Rig()
    rig.break_printer()
    rig.beat_when_due()

    rig.board.tell(PRINTER, GOOD)

    assert rig.worker.wait_s() == 60


def test_where_nobody_hears_the_pauses_grow_and_it_is_told_once() -> None:
    rig = Rig()
    rig.desk.answer = DOWN

    waits = [rig.beat_when_due() for _ in range(6)]
    rig.break_printer()

    assert waits == [5, 2.5, 5, 10, 20, 40]
    assert rig.worker.wait_s() == 80  # a fault does not make it hammer at a dead line
    assert len(rig.book.lines("heartbeat_failed")) == 1


def test_when_the_line_is_back_the_kiosk_is_heard_within_ten_seconds() -> None:
    rig = Rig()
    rig.desk.answer = DOWN
    for _ in range(9):
        rig.beat_when_due()
    rig.break_printer()

    rig.desk.answer = HeartbeatReply(next_s=60)
    rig.worker.on_line_back()

    assert rig.beat_when_due() <= 10
    assert rig.desk.heard[-1].bad == {"page_printer": "PRN-04"}
    assert rig.beat_when_due() == 60
    assert len(rig.book.lines("heartbeat_taken")) == 1


def test_it_beats_in_a_thread_of_its_own_until_it_is_closed() -> None:
    rig = Rig()
    rig.now_s += 100  # the first beat is due
    ended: list[ClosedError] = []

    def run() -> None:
        try:
            rig.worker.run()
        except ClosedError as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert rig.desk.was_asked.wait(5)
    rig.worker.close()
    thread.join(5)

    assert len(ended) == 1
    assert [beat.seq for beat in rig.desk.heard] == [1]


def test_the_real_platform_takes_a_beat_and_says_when_to_come_again(town: Town) -> None:
    rig = Rig()
    rig.break_printer()
    worker = HeartbeatWorker(
        HeartbeatTools(
            desk=town.client(),
            sources=sources(rig.board, rig.vitals),
            vitals=rig.vitals,
            program=PROGRAM,
            interval=timedelta(seconds=60),
            draw=lambda: 0.5,
            log=rig.book.log,
        )
    )

    worker.beat()

    assert rig.book.lines("heartbeat_failed") == []
    assert len(rig.book.lines("heartbeat_taken")) == 1
    assert worker.wait_s() == pytest.approx(60, abs=5)
