from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import (
    Accepted,
    NumbersReserved,
    PlatformCode,
    PlatformFault,
)
from kiosk.domain.codes import StoreCode
from kiosk.domain.health import Component, Health
from kiosk.domain.health_rules import judge_line, judge_numbers
from kiosk.domain.journal import BlockVerdict, StoreError
from kiosk.domain.offline import OUT_OF_REACH
from kiosk.flow.events import LineChanged
from kiosk.log import LogEvent
from kiosk.work.bell import Bell
from kiosk.work.health_board import tell_nobody

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import NumberBlock, Platform
    from kiosk.domain.journal import NumberStock
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.health_board import Tell
    from kiosk.work.store_state import StoreState

DEADLINE = timedelta(seconds=5)
CHECK_INTERVAL_S = 20.0
DOWN_INTERVAL_S = 3.0
REFILL_AT = 50
REFILL_BY = 200
_UNKNOWN = "unknown"  # before the first answer, so that the first one is news whatever it says


@dataclass(frozen=True, slots=True)
class UpkeepTools:
    """What upkeep needs; all of `on_line_back` are told whenever the platform answers again."""

    platform: Platform
    numbers: NumberStock
    community: str
    store_state: StoreState
    post: Callable[[Event], None]
    log: Log
    on_line_back: tuple[Callable[[], None], ...]
    tell: Tell = tell_nobody


class Upkeep:
    """Watches the line, and keeps the stock of numbers fresh."""

    name = "upkeep"

    def __init__(self, tools: UpkeepTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._line: PlatformCode | str | None = _UNKNOWN
        self._last_verdict = BlockVerdict.KEPT

    def line_is_down(self) -> bool:
        """Whether the platform was out of reach when it was asked last; False before the first answer."""
        return self._line in OUT_OF_REACH

    def nudge(self) -> None:
        """Look at the line and at the stock of numbers now."""
        self._bell.ring()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Keep up until closed."""
        while True:
            self._bell.sleep(self._round())

    def _round(self) -> float:
        self._check_line()
        if self._line is not None:
            return DOWN_INTERVAL_S
        self._bell.check_open()
        self._refill_numbers()
        return CHECK_INTERVAL_S

    def _check_line(self) -> None:
        match self._tools.platform.health(DEADLINE):
            case Accepted():
                code = None
            case PlatformFault(code=code):
                pass
            case other:
                assert_never(other)
        self._tools.tell(Component.LINE, judge_line(code))
        before, self._line = self._line, code
        if before == code:
            return
        self._tools.log.info(LogEvent.LINE_CHANGED, code=code)
        self._tools.post(LineChanged(code))
        if code is None:
            for told in self._tools.on_line_back:
                told()

    def _refill_numbers(self) -> None:
        try:
            if self._tools.numbers.remaining() > REFILL_AT:
                return
            request = self._tools.numbers.block_request(REFILL_BY)
            match self._tools.platform.reserve_numbers(request, DEADLINE):
                case NumbersReserved(block):
                    self._keep(block)
                case PlatformFault(code, detail):
                    self._tools.log.warning(LogEvent.NUMBERS_REFUSED, code=code, detail=detail)
                case other:
                    assert_never(other)
        except StoreError as error:
            self._tools.store_state.failed(error.code)

    def _keep(self, block: NumberBlock) -> None:
        if block.community != self._tools.community:
            # A paper of this community must not carry another one's number.
            self._tools.log.error(LogEvent.NUMBERS_REFUSED, code=PlatformCode.NOT_OURS, detail="community")
            return
        before, self._last_verdict = self._last_verdict, self._tools.numbers.add_block(block)
        match self._last_verdict:
            case BlockVerdict.KEPT:
                self._tools.log.info(LogEvent.NUMBERS_RESERVED, block=block.block_id, count=block.count)
                left = self._tools.numbers.remaining()
                self._tools.tell(Component.NUMBERS, judge_numbers(left, line=Health.GOOD))
            case BlockVerdict.OVERLAPS as verdict:
                self._tools.log.error(LogEvent.NUMBERS_REFUSED, code=PlatformCode.NOT_OURS, detail=verdict)
            case BlockVerdict.EXPIRED as verdict:
                if before is not verdict:  # it comes again each round, until the clock is right
                    self._tools.log.error(LogEvent.NUMBERS_REFUSED, code=StoreCode.NO_NUMBERS, detail=verdict)
            case other:
                assert_never(other)
