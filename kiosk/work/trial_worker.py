from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import Accepted
from devices.contract import (
    BoardReading,
    DeviceCode,
    DeviceFault,
    Light,
    NotPrinted,
    Printed,
    Uncertain,
    UpsReading,
)
from kiosk.domain.device_health import judge_board, judge_printer, judge_ups
from kiosk.domain.health import Component, Health
from kiosk.domain.trials import LONGEST_TRIAL_S
from kiosk.flow.events import TrialFinished
from kiosk.log import LogEvent
from kiosk.work.inbox import Inbox
from kiosk.work.press import Press
from printer_templates.contract import PaperCode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend_client.contract import Platform
    from devices.contract import IoBoard, Printer, PrintOutcome, Ups
    from kiosk.domain.bench import BenchBook
    from kiosk.domain.health import Board, FindingCode
    from kiosk.domain.health_rules import Told
    from kiosk.flow.commands import TryDevice
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.outlets import Outlet
    from kiosk.work.store_state import StoreState
    from printer_templates.contract import Papers, Sheet

ASK = timedelta(seconds=3)
LOOK_S = 0.3
_LIGHTS = {f"light_{light}": light for light in Light}


@dataclass(frozen=True, slots=True)
class TrialTools:
    """What devices are tried with. `printers` are connections of this worker's own, or shared ones.

    `page` makes the test page of a printer; `board` is the health board, for what another thread holds.
    """

    open_papers: Callable[[], Papers]
    printers: Mapping[Component, tuple[Printer, Outlet]]
    page: Callable[[Component], Sheet]
    io_board: IoBoard | None
    ups: Ups | None
    platform: Platform
    board: Callable[[], Board]
    book: BenchBook
    store_state: StoreState
    post: Callable[[Event], None]
    log: Log
    longest_s: float = LONGEST_TRIAL_S


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a step came to; `passed` None = only the person there can say."""

    passed: bool | None
    code: FindingCode | None = None
    seen: str = ""


class TrialWorker:
    """Takes one step of a device's guided test after the other."""

    name = "trials"

    def __init__(self, tools: TrialTools) -> None:
        self._tools = tools
        self._inbox: Inbox[TryDevice] = Inbox()

    def order(self, order: TryDevice) -> None:
        """Take this step; always answered by TrialFinished."""
        self._inbox.put(order)

    def close(self) -> None:
        """Make `run` come to an end, in the middle of a step too."""
        self._inbox.close()

    def run(self) -> None:
        """Work until closed."""
        tools = self._tools
        press = Press(tools.open_papers(), tools.book, tools.store_state)
        try:
            while True:
                if order := self._inbox.take():
                    self._take(press, order)
        finally:
            if tools.ups:
                tools.ups.close()

    def _take(self, press: Press, order: TryDevice) -> None:
        began = time.monotonic()
        verdict = self._try(press, order.component, order.step)
        code = verdict.code if isinstance(verdict.code, DeviceCode) else None
        self._tools.log.info(
            LogEvent.TRIAL_FINISHED,
            component=order.component,
            step=order.step,
            passed=verdict.passed,
            code=verdict.code,
            ms=round((time.monotonic() - began) * 1000, 1),
        )
        self._tools.post(TrialFinished(order.component, order.step, verdict.passed, code, verdict.seen))

    def _try(self, press: Press, component: Component, step: str) -> Verdict:
        tools = self._tools
        match component:
            case Component.PAGE_PRINTER | Component.STANDBY_PRINTER | Component.RECEIPT_PRINTER:
                return self._try_printer(press, component, step)
            case Component.BOARD if tools.io_board:
                return self._try_board(tools.io_board, step)
            case Component.UPS if tools.ups:
                return self._try_ups(tools.ups, step)
            case Component.LINE:
                answer = tools.platform.health(ASK)
                if isinstance(answer, Accepted):
                    return Verdict(passed=True, seen=answer.version)
                return Verdict(passed=False, code=answer.code)
            case _:
                return self._look_up(component)

    def _look_up(self, component: Component) -> Verdict:
        """What its own worker told the board last: nobody else may speak with it."""
        finding = self._tools.board().of(component)
        if finding is None or finding.health is Health.UNKNOWN:
            return Verdict(passed=None, seen=finding.detail if finding else "")
        return Verdict(finding.health is Health.GOOD, finding.code, finding.detail)

    def _try_printer(self, press: Press, component: Component, step: str) -> Verdict:
        if component not in self._tools.printers:
            return self._look_up(component)
        printer, outlet = self._tools.printers[component]
        if step == "status":
            return _verdict(judge_printer(printer.status(ASK)))
        outcome = press.print(self._tools.page(component), outlet, self._is_closed)
        return _printed(outcome)

    def _try_board(self, board: IoBoard, step: str) -> Verdict:
        if step in _LIGHTS:
            reading = board.light(frozenset({_LIGHTS[step]}), ASK)
            if isinstance(reading, DeviceFault):
                return Verdict(passed=False, code=reading.code, seen=reading.detail)
            return Verdict(None if _LIGHTS[step] in reading.lit else False)
        if step in {"door_open", "door_closed"}:
            wanted = step == "door_open"

            def is_so(status: object) -> bool:
                return isinstance(status, BoardReading) and status.door_open is wanted

            return self._await(lambda: board.status(ASK), is_so)
        return _verdict(judge_board(board.light(frozenset(), ASK)), ignored={DeviceCode.DOOR_OPEN})

    def _try_ups(self, ups: Ups, step: str) -> Verdict:
        if step in {"mains_off", "mains_back"}:
            wanted = step == "mains_off"

            def is_so(status: object) -> bool:
                return isinstance(status, UpsReading) and status.on_battery is wanted

            return self._await(lambda: ups.status(ASK), is_so)
        return _verdict(judge_ups(ups.status(ASK)))

    def _await(self, look: Callable[[], object], is_so: Callable[[object], bool]) -> Verdict:
        """Look again and again until it is so, or the person there did not do it in time."""
        end = time.monotonic() + self._tools.longest_s
        while True:
            status = look()
            if is_so(status):
                return Verdict(passed=True)
            if time.monotonic() >= end:
                code = status.code if isinstance(status, DeviceFault) else None
                return Verdict(passed=False, code=code)
            self._inbox.check_open()
            time.sleep(LOOK_S)

    def _is_closed(self) -> bool:
        """False; raises ClosedError when the process is ending."""
        self._inbox.check_open()
        return False


def _verdict(told: Told, ignored: frozenset[DeviceCode] | set[DeviceCode] = frozenset()) -> Verdict:
    if told.code in ignored:
        return Verdict(passed=True, seen=told.detail)
    match told.health:
        case Health.GOOD:
            return Verdict(passed=True, seen=" ".join((told.detail, *told.warnings)).strip())
        case Health.BAD:
            return Verdict(passed=False, code=told.code, seen=told.detail)
        case Health.UNKNOWN:
            return Verdict(passed=False if told.code else None, code=told.code, seen=told.detail)
        case _:
            assert_never(told.health)


def _printed(outcome: PrintOutcome | PaperCode) -> Verdict:
    """A page that came out is still to be looked at by a person."""
    match outcome:
        case Printed():
            return Verdict(passed=None)
        case Uncertain(code):
            return Verdict(passed=None, code=code)
        case NotPrinted(code):
            return Verdict(passed=False, code=code)
        case PaperCode():
            return Verdict(passed=False, seen=outcome)
        case _:
            assert_never(outcome)
