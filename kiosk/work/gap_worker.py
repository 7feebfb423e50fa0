from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import KnownPapers, PlatformCode, PlatformFault
from kiosk.domain.backoff import full_jitter
from kiosk.domain.journal import StoreError
from kiosk.log import LogEvent
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import GapRecord, Platform
    from kiosk.domain.gap import GapBook
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState

DEADLINE = timedelta(seconds=20)
STORE_RETRY_S = 30.0
LOOK_INTERVAL_S = 300.0  # a file may break, and be restored, while the line is up all the time


@dataclass(frozen=True, slots=True)
class GapTools:
    """What filling a gap needs; `draw` gives evenly spread numbers from 0 to 1, for the back-off."""

    gaps: GapBook
    platform: Platform
    store_state: StoreState
    draw: Callable[[], float]
    log: Log
    on_closed: Callable[[], None]


class GapWorker:
    """Asks the platform for what a restored store does not know, until the gap is closed."""

    name = "gap"

    def __init__(self, tools: GapTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._failures = 0
        self._from_beginning = False
        self._was_told = False

    def nudge(self) -> None:
        """The line is there: look now."""
        self._bell.ring()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Fill gaps until closed."""
        pause: float | None = None  # the first ring comes when the start-up recovery has settled
        while True:
            self._bell.sleep(pause)
            pause = self.fill()

    def fill(self) -> float:
        """Ask for one page where something is missing; return the seconds until the next look."""
        try:
            return self._fill()
        except StoreError as error:
            self._tools.store_state.failed(error.code)
            return STORE_RETRY_S

    def _fill(self) -> float:
        cursor = self._tools.gaps.cursor()
        if cursor is None:
            self._was_told = False
            return LOOK_INTERVAL_S
        if not self._was_told:
            self._was_told = True
            self._tools.log.warning(LogEvent.GAP_FOUND)
        after = "" if self._from_beginning else cursor
        match self._tools.platform.known_papers(after, DEADLINE):
            case KnownPapers() as page if page.next and page.next == after:
                return self._delay(PlatformCode.NOT_THE_CONTRACT, "the list goes in a circle")
            case KnownPapers() as page:
                self._failures, self._from_beginning = 0, False
                self._say(self._tools.gaps.merge(page))
                return 0.0
            case PlatformFault(code, detail):
                self._from_beginning = code is PlatformCode.REFUSED  # it may not know our place in its list
                return self._delay(code, detail)
            case other:
                assert_never(other)

    def _delay(self, code: PlatformCode, detail: str) -> float:
        delay = full_jitter(self._failures, self._tools.draw).total_seconds()
        self._failures += 1
        self._tools.log.warning(LogEvent.GAP_DELAYED, code=code, detail=detail, retry_s=delay)
        return delay

    def _say(self, closed: GapRecord | None) -> None:
        if closed is None:
            return
        serials = sum(missing.last - missing.first + 1 for missing in closed.missing)
        blocks = len({missing.block_id for missing in closed.missing})
        self._tools.log.error(LogEvent.GAP_CLOSED, blocks=blocks, serials=serials)
        self._tools.on_closed()
