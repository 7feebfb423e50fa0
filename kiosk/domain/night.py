"""The night's work on the store: when it is due, and the ports by which it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.issuance import Moment

AT_START = timedelta(hours=26)  # a kiosk that was off at night catches up when it starts
AT_LATEST = timedelta(hours=30)  # and one whose clock never shows the hour does not wait for it
SAME_NIGHT = timedelta(hours=12)  # a clock that is set back shows the same hour twice


@dataclass(frozen=True, slots=True)
class StoreHealthReport:
    """What is known about the store, for the technician; no data of anybody."""

    sqlite_version: str
    wal_reset_risk: bool  # this SQLite may break a WAL that two connections share; here there is only one
    schema: int
    last_backup: datetime | None
    integrity: bool | None  # of the last night's check; None = there was none yet


class NightStore(Protocol):
    """What the store does at night. See kiosk.domain.journal for what is raised."""

    def last_night(self) -> Moment | None:
        """When the night's work was done last."""
        ...

    def check_integrity(self) -> bool:
        """Check the whole file, indexes too; what can be mended without loss is mended."""
        ...

    def back_up(self) -> bool:
        """Keep a checked copy of the database; False where there is no room for one."""
        ...

    def note_night(self, *, is_sound: bool) -> None:
        """Note that the night's work was done, and what the check said."""
        ...

    def health(self) -> StoreHealthReport:
        """What is known about the store."""
        ...


class PersonalData(Protocol):
    """The keys of persons."""

    def shred(self, before: datetime) -> int:
        """Delete the keys of numbers that were settled and acknowledged before; return how many."""
        ...


class LedgerCheck(Protocol):
    """The ledger's own check."""

    def check(self) -> bool:
        """True where every entry and every hash above it still agree."""
        ...


def is_due(now: Moment, last: Moment | None, hour: int, *, at_start: bool) -> bool:
    """True when the night's work is to be done now: once a night, whatever the clock does, and never never.

    Within one boot the time since then is told by the clock that never jumps.
    """
    if last is None:
        return True
    if last.boot_id == now.boot_id:
        passed = timedelta(milliseconds=now.monotonic_ms - last.monotonic_ms)
    else:
        passed = max(now.wall - last.wall, timedelta(milliseconds=now.monotonic_ms))
        if now.wall < last.wall:
            return True  # one of the two clocks was wrong: nobody can say how long it is ago
    limit = AT_START if at_start else AT_LATEST
    return passed >= limit or (now.wall.hour == hour and passed >= SAME_NIGHT)
