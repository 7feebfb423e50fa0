"""Keeps the register for times without a line: page by page, whenever there is a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import PlatformFault, RegisterPage
from kiosk.domain.health import Component
from kiosk.domain.health_rules import judge_register
from kiosk.domain.journal import StoreError
from kiosk.flow.events import OfflineMeansChanged
from kiosk.log import LogEvent
from kiosk.work.bell import Bell
from kiosk.work.health_board import note_nothing, tell_nobody

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import Platform
    from kiosk.domain.issuance import Moment
    from kiosk.domain.offline import OfflinePolicy, OfflineRegister
    from kiosk.flow.events import Event
    from kiosk.log import Log
    from kiosk.work.health_board import Tell
    from kiosk.work.store_state import StoreState

DEADLINE = timedelta(seconds=20)  # the platform may have to derive keys first
PAGE = 500
BETWEEN_PAGES_S = 0.05
WITHOUT_PROGRESS_S = 1.0
AFTER_PASS_S = 600.0
AFTER_FAULT_S = 30.0


@dataclass(frozen=True, slots=True)
class SyncTools:
    """What the synchronisation needs. `least_cost` guards against a platform that makes guesses cheap."""

    register: OfflineRegister
    platform: Platform
    policy: OfflinePolicy
    least_cost: int
    store_state: StoreState
    moment: Callable[[], Moment]
    post: Callable[[Event], None]
    log: Log
    tell: Tell = tell_nobody
    on_synchronised: Callable[[], None] = note_nothing


class RegisterSync:
    """Follows the register of the service area; interrupted at any moment, it goes on from there."""

    name = "register"

    def __init__(self, tools: SyncTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._told: OfflineMeansChanged | None = None
        self._fault = ""
        self._entries = 0

    def nudge(self) -> None:
        """The line is back: go on at once."""
        self._bell.ring()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Follow the register until closed."""
        pause: float = 0.0
        while True:
            self._bell.sleep(pause)
            pause = self.take_page()

    def take_page(self) -> float:
        """Take one page; return the seconds until the next."""
        try:
            if self._told is None:
                self._tell()  # what is there from before the start, also where the platform is slow to answer
            pause = self._take_page()
            self._tell()
        except StoreError as error:
            self._tools.store_state.failed(error.code)
            return AFTER_FAULT_S
        return pause

    def _take_page(self) -> float:
        tools = self._tools
        cursor = tools.register.cursor()
        match tools.platform.register_page(cursor, PAGE, DEADLINE):
            case RegisterPage() as page if page.cost < tools.least_cost:
                self._note_fault("cost")  # whoever lowers it would make a stolen register readable
                return AFTER_FAULT_S
            case RegisterPage() as page:
                tools.register.take(page, cursor)
                return self._after(page, cursor)
            case PlatformFault(code):
                self._note_fault(code)
                return AFTER_FAULT_S
            case other:
                assert_never(other)

    def _after(self, page: RegisterPage, asked: str) -> float:
        self._fault = ""
        if self._tools.register.cursor() != page.cursor:
            self._entries = 0
            return WITHOUT_PROGRESS_S  # it was not kept: the register begins anew
        self._entries += len(page.entries)
        if not page.complete:
            # The platform may have spent the whole time of a page on deriving keys.
            return BETWEEN_PAGES_S if page.cursor != asked else WITHOUT_PROGRESS_S
        self._tools.on_synchronised()
        if self._entries:
            self._tools.log.info(LogEvent.REGISTER_SYNCHRONISED, entries=self._entries)
        self._entries = 0
        return AFTER_PASS_S

    def _tell(self) -> None:
        """Tell the flow what could be done without a line, when that is something else than before."""
        now = self._tools.moment()
        freshness = self._tools.register.freshness(now)
        if freshness is None:
            means = OfflineMeansChanged(None, fresh=False)
        else:
            limit = self._tools.policy.synchronised_within
            fresh = freshness.age is not None and freshness.age <= limit
            means = OfflineMeansChanged(freshness.as_of, fresh=fresh)
        self._tools.tell(Component.REGISTER, judge_register(fresh=means.fresh))
        if means != self._told:
            self._told = means
            self._tools.post(means)

    def _note_fault(self, code: str) -> None:
        if code != self._fault:  # told once
            self._fault = code
            self._tools.log.warning(LogEvent.REGISTER_FAILED, code=code)
