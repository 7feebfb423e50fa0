"""Tells the platform how the kiosk is: again and again, and at once when something turns bad."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import HeartbeatReply, PlatformFault
from kiosk.domain.beat import compose
from kiosk.domain.beat_times import after_failure, line_back, regular, urgent
from kiosk.domain.health import Health
from kiosk.log import LogEvent
from kiosk.work.bell import Bell
from kiosk.work.vitals import Vital

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend_client.contract import HealthDesk, PlatformCode
    from kiosk.domain.condition import Program
    from kiosk.domain.health import Finding
    from kiosk.log import Log
    from kiosk.work.sources import Sources
    from kiosk.work.vitals import Vitals

DEADLINE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class HeartbeatTools:
    """What the heartbeat needs; `draw` gives a number in [0, 1)."""

    desk: HealthDesk
    sources: Sources
    vitals: Vitals
    program: Program
    interval: timedelta
    draw: Callable[[], float]
    log: Log
    monotonic: Callable[[], float] = time.monotonic


class HeartbeatWorker:
    """Beats for as long as the core lives. A beat that is lost is not sent again: the next one says all."""

    name = "heartbeat"

    def __init__(self, tools: HeartbeatTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._lock = threading.Lock()
        self._due = tools.monotonic() + line_back(tools.draw).total_seconds()
        self._urgent_due: float | None = None
        self._urgent_at: float | None = None  # the last of them
        self._failures = 0
        self._seq = 0
        self._told: PlatformCode | str = ""  # what the log said last

    def on_change(self, finding: Finding) -> None:
        """The board says something new: what turned bad is told soon. Any thread may call."""
        if finding.health is not Health.BAD:
            return
        now = self._tools.monotonic()
        with self._lock:
            if self._failures:
                return  # nobody hears; the first beat that comes through will say it
            since = None if self._urgent_at is None else timedelta(seconds=now - self._urgent_at)
            if self._urgent_due is None:
                self._urgent_due = now + urgent(since).total_seconds()
        self._bell.ring()

    def on_line_back(self) -> None:
        """The platform answers again: beat soon. Any thread may call."""
        soon = self._tools.monotonic() + line_back(self._tools.draw).total_seconds()
        with self._lock:
            self._failures = 0
            self._due = min(self._due, soon)
        self._bell.ring()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Beat until closed."""
        while True:
            wait_s = self.wait_s()
            if self._bell.sleep(wait_s) or wait_s > 0:
                continue  # it may be due sooner now, or only just
            self.beat()

    def wait_s(self) -> float:
        """Seconds until the next beat."""
        with self._lock:
            due = self._due if self._urgent_due is None else min(self._due, self._urgent_due)
            return max(0.0, due - self._tools.monotonic())

    def beat(self) -> None:
        """Tell how the kiosk is, once."""
        self._seq += 1
        with self._lock:
            # Before the board is read: what turns bad from here on is not in this beat.
            if self._urgent_due is not None:
                self._urgent_at = self._tools.monotonic()
            self._urgent_due = None
        told = compose(self._tools.sources.condition(), self._tools.program, self._seq)
        match self._tools.desk.beat(told, DEADLINE):
            case HeartbeatReply(next_s=next_s):
                self._tools.vitals.note(Vital.HEARTBEAT)
                self._plan(regular(self._tools.interval, timedelta(seconds=next_s), self._tools.draw), 0)
                if self._is_news(""):
                    self._tools.log.info(LogEvent.HEARTBEAT_TAKEN, seq=self._seq)
            case PlatformFault(code, detail):
                pause = after_failure(self._failures, self._tools.draw)
                self._plan(pause, self._failures + 1)
                if self._is_news(code):
                    retry_s = round(pause.total_seconds(), 1)
                    self._tools.log.warning(
                        LogEvent.HEARTBEAT_FAILED, code=code, detail=detail, retry_s=retry_s
                    )
            case other:
                assert_never(other)

    def _plan(self, pause: timedelta, failures: int) -> None:
        with self._lock:
            self._failures = failures
            self._due = self._tools.monotonic() + pause.total_seconds()

    def _is_news(self, code: PlatformCode | str) -> bool:
        before, self._told = self._told, code
        return before != code or self._seq == 1
