"""The watches over scanner, box, screen and clock tell the board what they see, and when it is over."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import (
    BoardReading,
    CodeRejected,
    CodeScanned,
    DeviceCode,
    DeviceFault,
    MachineReading,
    NoCode,
    ScannerOpen,
    UpsReading,
)
from kiosk.domain.codes import HealthCode
from kiosk.domain.device_health import MachineLimits
from kiosk.domain.health import Component, Health
from kiosk.domain.health_rules import GOOD
from kiosk.flow import events
from kiosk.work.box_watch import BoxTools, BoxWatch
from kiosk.work.frames import Frames
from kiosk.work.scanner_worker import ScannerTools, ScannerWorker
from kiosk.work.self_watch import SelfTools, SelfWatch
from tests.work.health_hall import Hall

if TYPE_CHECKING:
    from devices.contract import ScannerStatus, ScanOutcome

NO_PORT = DeviceFault(DeviceCode.SCANNER_GONE)


@dataclass
class TaughtScanner:
    """Gives what it was taught, and is closed once."""

    states: deque[ScannerStatus]
    scans: deque[ScanOutcome]
    is_closed: bool = False

    def status(self, deadline: timedelta) -> ScannerStatus:
        assert deadline <= timedelta(seconds=1)
        return self.states.popleft() if self.states else ScannerOpen(is_heard=True)

    def scan(self, deadline: timedelta) -> ScanOutcome:
        assert deadline <= timedelta(seconds=1)
        return self.scans.popleft() if self.scans else NoCode()

    def close(self) -> None:
        self.is_closed = True


def test_codes_are_handed_on_and_stand_in_no_log() -> None:
    hall = Hall()
    scans: deque[ScanOutcome] = deque(
        [CodeScanned("610590198404122346"), CodeRejected(DeviceCode.CODE_NO_TEXT)]
    )
    scanner = TaughtScanner(deque([ScannerOpen(is_heard=False)]), scans)
    worker = ScannerWorker(ScannerTools(scanner, hall.events.append, hall.book.log, hall.board.tell))

    worker._step()
    assert hall.state(Component.SCANNER) == (Health.UNKNOWN, None)
    worker._step()
    worker._step()

    assert events.CodeScanned("610590198404122346") in hall.events
    assert hall.state(Component.SCANNER) == (Health.GOOD, None)
    assert "610590" not in str(hall.book.lines())
    assert [line["code"] for line in hall.book.lines("code_rejected")] == ["SCN-05"]


def test_a_scanner_that_was_pulled_is_told_once_and_works_again_when_it_is_back() -> None:
    hall = Hall()
    scanner = TaughtScanner(
        deque([ScannerOpen(is_heard=True), NO_PORT, NO_PORT, ScannerOpen(is_heard=True)]), deque([NO_PORT])
    )
    worker = ScannerWorker(ScannerTools(scanner, hall.events.append, hall.book.log, hall.board.tell))

    pauses = [worker._step() for _ in range(5)]

    told = [line["health"] for line in hall.book.lines("health_changed")]
    assert told == ["good", "bad", "good"]
    assert max(pauses) <= 1


@dataclass
class Device:
    """One device of the box that answers as it was last told."""

    reading: object
    is_closed: bool = False

    def status(self, deadline: timedelta) -> object:
        assert deadline <= timedelta(seconds=1)
        return self.reading

    def close(self) -> None:
        self.is_closed = True


def test_the_box_is_looked_at_whole_and_what_does_not_answer_has_no_reading() -> None:
    hall = Hall()
    machine = Device(MachineReading(90.0, 10**10, 90.0, 10**9, None, 5))
    ups = Device(UpsReading(on_battery=True, battery_low=False, replace_battery=False, charge_percent=77))
    board = Device(BoardReading(door_open=True, tampered=False))
    limits = MachineLimits(1024, 128, 80)
    watch = BoxWatch(BoxTools(machine, limits, hall.board.tell, ups, board))  # type: ignore[arg-type]

    watch.look()

    assert hall.state(Component.TEMPERATURE) == (Health.BAD, DeviceCode.MACHINE_HOT)
    assert hall.state(Component.UPS) == (Health.BAD, DeviceCode.UPS_ON_BATTERY)
    assert hall.state(Component.BOARD) == (Health.BAD, DeviceCode.DOOR_OPEN)
    assert (watch.machine(), watch.ups()) == (machine.reading, ups.reading)

    ups.reading = DeviceFault(DeviceCode.UPS_UNREACHABLE)
    board.reading = BoardReading(door_open=False, tampered=False)
    watch.look()

    assert watch.ups() is None
    assert hall.state(Component.UPS) == (Health.BAD, DeviceCode.UPS_UNREACHABLE)
    assert hall.state(Component.BOARD) == (Health.GOOD, None)


def test_the_screen_counts_as_alive_only_while_it_paints() -> None:
    hall = Hall()
    frames, offset = Frames(lambda: hall.now_s), timedelta(seconds=2)
    screens = [True]
    watch = SelfWatch(SelfTools(hall.board, frames, lambda: screens[0], lambda: offset))
    states = []

    for at_s, sent, painted in ((0, 1, 0), (1, 0, 1), (60, 2, 0), (66, 0, 0), (67, 0, 2)):
        hall.now_s = at_s
        if sent:
            frames.sent(sent)
        if painted:
            frames.painted(painted)
        watch.look()
        states.append(hall.finding(Component.SCREEN).health)
    screens[0] = False
    watch.look()

    assert states == [Health.UNKNOWN, Health.GOOD, Health.GOOD, Health.BAD, Health.GOOD]
    assert hall.state(Component.SCREEN) == (Health.BAD, HealthCode.SCREEN_STILL)
    assert hall.state(Component.CLOCK) == (Health.GOOD, None)
    assert frames.painted_age_s() == 0


def test_looking_at_itself_the_kiosk_notices_reporters_that_fell_silent() -> None:
    hall = Hall()
    watch = SelfWatch(SelfTools(hall.board, Frames(), lambda: True, lambda: None))
    hall.board.tell(Component.UPS, GOOD)

    hall.now_s = 31
    watch.look()

    assert hall.finding(Component.UPS).health is Health.UNKNOWN
    assert hall.finding(Component.CLOCK).health is Health.UNKNOWN  # the platform was never heard
