"""Watches what stands in the store: what is owed, how many numbers are left, whether it can be written."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.condition import StoreFigures
from kiosk.domain.health import Component
from kiosk.domain.health_rules import OwedNow, judge_numbers, judge_outbox, judge_store
from kiosk.domain.journal import StoreError
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.bench import BenchBook
    from kiosk.domain.issuance import Moment
    from kiosk.domain.journal import NumberStock, Outbox, PrintJournal, StoreHealth
    from kiosk.domain.ledger import LedgerFacts
    from kiosk.domain.night import NightStore
    from kiosk.work.health_board import HealthBoard
    from kiosk.work.store_state import StoreState

INTERVAL_S = 15.0
PROBE_INTERVAL_S = 60.0


@dataclass(frozen=True, slots=True)
class StoreWatchTools:
    """The store by its ports, and the board."""

    outbox: Outbox
    numbers: NumberStock
    journal: PrintJournal
    ledger: LedgerFacts
    night: NightStore
    bench: BenchBook
    health: StoreHealth
    store_state: StoreState
    moment: Callable[[], Moment]
    board: HealthBoard


class StoreWatch:
    """Counts every 15 s, and writes something small once a minute: reading alone proves no store."""

    name = "store"

    def __init__(self, tools: StoreWatchTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._figures: StoreFigures | None = None
        self._probe_due = 0.0

    def figures(self) -> StoreFigures | None:
        """What was counted last; None = not yet, or the store cannot be read. Any thread may ask."""
        return self._figures

    def nudge(self) -> None:
        """Count now."""
        self._bell.ring()

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Watch until closed."""
        while True:
            self.look()
            self._bell.sleep(INTERVAL_S)

    def look(self) -> None:
        """Count once, and tell the board."""
        try:
            self._figures = figures = self._count()
            self._probe()
        except StoreError as error:
            self._figures = None
            self._tools.store_state.failed(error.code)
            return
        self._tell(figures)

    def _count(self) -> StoreFigures:
        tools = self._tools
        owed, night = tools.outbox.counts(), tools.night.health()
        return StoreFigures(
            owed=owed.waiting,
            oldest=owed.oldest,
            parked=owed.parked,
            doubts=tools.journal.count_uncertain(),
            numbers=tools.numbers.remaining(),
            head=tools.ledger.head(),
            anchored=tools.ledger.anchored_size(),
            backup=night.last_backup,
            is_sound=night.integrity,
            paper=tools.bench.count(),
        )

    def _probe(self) -> None:
        if time.monotonic() >= self._probe_due and not self._tools.store_state.has_failed():
            self._tools.health.probe()
            self._probe_due = time.monotonic() + PROBE_INTERVAL_S

    def _tell(self, figures: StoreFigures) -> None:
        board, now = self._tools.board, self._tools.moment().wall
        line = board.health_of(Component.LINE)
        oldest = None if figures.oldest is None else max(timedelta(), now - figures.oldest)
        owed = OwedNow(figures.owed, figures.parked, oldest)
        board.tell(Component.OUTBOX, judge_outbox(owed, line=line))
        board.tell(Component.NUMBERS, judge_numbers(figures.numbers, line=line))
        backup_age = None if figures.backup is None else now - figures.backup
        told = judge_store(is_sound=figures.is_sound, backup_age=backup_age)
        board.tell(Component.STORE, self._tools.store_state.found(told))
