from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend_client.contract import ClockState
from kiosk.domain.journal import StoreError
from kiosk.domain.night import is_due
from kiosk.log import LogEvent
from kiosk.work.bell import Bell

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.issuance import Moment
    from kiosk.domain.night import LedgerCheck, NightStore, PersonalData
    from kiosk.log import Log
    from kiosk.work.store_state import StoreState

LOOK_INTERVAL_S = 60.0  # the first look comes after one too, so that a start is not slowed down
RETRY_S = 600.0


@dataclass(frozen=True, slots=True)
class NightTools:
    """What the nightwatch needs; `hour` is local, `personal_days` how long persons stay."""

    store: NightStore
    ledger: LedgerCheck
    persons: PersonalData
    store_state: StoreState
    moment: Callable[[], Moment]
    hour: int
    personal_days: int
    log: Log


class Nightwatch:
    """Once a night: checks store and ledger, deletes persons whose time has come, keeps a copy."""

    name = "nightwatch"

    def __init__(self, tools: NightTools) -> None:
        self._tools = tools
        self._bell = Bell()
        self._is_start = True

    def close(self) -> None:
        """Make `run` come to an end."""
        self._bell.close()

    def run(self) -> None:
        """Watch until closed."""
        self.say_health()
        pause = LOOK_INTERVAL_S
        while True:
            self._bell.sleep(pause)
            pause = self.look()

    def say_health(self) -> None:
        """One line about the store that was opened."""
        try:
            health = self._tools.store.health()
        except StoreError as error:
            self._tools.store_state.failed(error.code)
            return
        self._tools.log.info(
            LogEvent.STORE_OPENED,
            sqlite=health.sqlite_version,
            wal_reset_risk=health.wal_reset_risk,
            schema=health.schema,
            last_backup=health.last_backup.isoformat() if health.last_backup else None,
            integrity=health.integrity,
        )

    def look(self) -> float:
        """Do the night's work if it is due; return the seconds until the next look."""
        tools = self._tools
        try:
            if is_due(tools.moment(), tools.store.last_night(), tools.hour, at_start=self._is_start):
                self._work()
        except StoreError as error:
            tools.store_state.failed(error.code)
            return RETRY_S
        self._is_start = False
        return LOOK_INTERVAL_S

    def _work(self) -> None:
        tools, begun = self._tools, time.monotonic()
        is_sound = tools.store.check_integrity()
        is_true = tools.ledger.check()
        self._bell.check_open()
        shredded = self._shred()
        # Last, so that the copy holds nobody who was just deleted; a broken file replaces no sound copy.
        is_kept = is_sound and tools.store.back_up()
        tools.store.note_night(is_sound=is_sound)
        say = tools.log.info if is_sound and is_true and is_kept else tools.log.error
        say(
            LogEvent.NIGHT_DONE,
            integrity=is_sound,
            ledger=is_true,
            backup=is_kept,
            shredded=shredded,
            ms=round((time.monotonic() - begun) * 1000),
        )

    def _shred(self) -> int:
        now = self._tools.moment()
        if now.clock is ClockState.DRIFTED:
            return 0  # by a clock that is wrong nobody's time has come
        return self._tools.persons.shred(now.wall - timedelta(days=self._tools.personal_days))
