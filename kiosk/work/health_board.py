"""Where everybody tells how the parts of the kiosk are, and everybody may look."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.health import Board, Finding, Health, blank_board
from kiosk.domain.health_rules import SILENT_AFTER, UNKNOWN, Told
from kiosk.flow.events import HealthChanged
from kiosk.log import LogEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from kiosk.domain.health import Component, FindingCode
    from kiosk.flow.events import Event
    from kiosk.log import Log

    Tell = Callable[[Component, Told], None]


def tell_nobody(_component: Component, _told: Told) -> None:
    """No board hangs here."""


def note_nothing() -> None:
    """Nobody counts here."""


class HealthBoard:
    """Keeps the findings of all components that are fitted, and tells each change once. Any thread may call.

    Nothing stays good by silence: see `expire`.
    """

    def __init__(
        self,
        components: Iterable[Component],
        now: Callable[[], datetime],
        post: Callable[[Event], None],
        log: Log,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now = now
        self._post = post
        self._log = log
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._board = blank_board(components, now())
        begun = monotonic()
        self._told_at = {finding.component: begun for finding in self._board.findings}
        self.on_change: Callable[[Finding], None] = _nobody

    def report(
        self,
        component: Component,
        health: Health,
        code: FindingCode | None = None,
        warnings: tuple[str, ...] = (),
        detail: str = "",
    ) -> None:
        """Say how a component is; see `Finding`."""
        self.tell(component, Told(health, code, warnings, detail))

    def tell(self, component: Component, told: Told) -> None:
        """Say how a component is. One that this kiosk does not have is passed over."""
        with self._lock:
            news = self._take(component, told) if component in self._told_at else None
        if news:
            self.on_change(news)

    def board(self) -> Board:
        """How everything is."""
        with self._lock:
            return self._board

    def health_of(self, component: Component) -> Health:
        """How one component is; what is not fitted is unknown."""
        finding = self.board().of(component)
        return finding.health if finding else Health.UNKNOWN

    def expire(self) -> None:
        """Make unknown what its reporter has not spoken of for too long."""
        now = self._monotonic()
        for component, told_at in tuple(self._told_at.items()):
            if now - told_at > SILENT_AFTER[component].total_seconds():
                self.tell(component, replace(UNKNOWN, detail="nobody reports"))

    def _take(self, component: Component, told: Told) -> Finding | None:
        self._told_at[component] = self._monotonic()
        before = self._board.of(component)
        finding = Finding(component, told.health, self._now(), told.code, told.warnings, told.detail)
        if before and (before.health, before.code) == (finding.health, finding.code):
            finding = replace(finding, since=before.since)
        self._board = self._board.put(finding)
        if before and before.says_the_same(finding):
            return None
        # Under the lock, so that no older board can come after a newer one.
        self._post(HealthChanged(self._board))
        self._say(finding)
        return finding

    def _say(self, finding: Finding) -> None:
        say = {Health.GOOD: self._log.info, Health.UNKNOWN: self._log.warning, Health.BAD: self._log.error}
        say[finding.health](
            LogEvent.HEALTH_CHANGED,
            component=finding.component,
            health=finding.health,
            code=finding.code,
            warnings=" ".join(finding.warnings),
            detail=finding.detail,
        )


def _nobody(_finding: Finding) -> None:
    """Nobody has asked to be told yet."""
