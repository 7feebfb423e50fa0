"""What the kiosk's own readings mean for its health: good, bad or unknown. Nothing here is ever guessed.

The rules for devices are in device_health.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import DeviceCode
from kiosk.domain.codes import HealthCode, StoreCode
from kiosk.domain.health import Component, Health

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend_client.contract import PlatformCode
    from kiosk.domain.health import FindingCode

# Beyond it a reporter that says nothing has no say: what it told last counts as unknown.
SILENT_AFTER: Mapping[Component, timedelta] = {
    Component.ID_READER: timedelta(seconds=30),
    Component.SOCIAL_READER: timedelta(seconds=30),
    Component.PAGE_PRINTER: timedelta(seconds=30),
    Component.STANDBY_PRINTER: timedelta(seconds=30),
    Component.RECEIPT_PRINTER: timedelta(seconds=120),  # nobody can ask it while it prints
    Component.SCANNER: timedelta(seconds=30),
    Component.STORE: timedelta(minutes=4),
    Component.NUMBERS: timedelta(minutes=2),
    Component.LEDGER: timedelta(minutes=5),
    Component.OUTBOX: timedelta(minutes=2),
    Component.LINE: timedelta(minutes=2),
    Component.REGISTER: timedelta(minutes=30),
    Component.SCREEN: timedelta(seconds=20),
    Component.CLOCK: timedelta(seconds=20),
    Component.DISK: timedelta(minutes=1),
    Component.MEMORY: timedelta(minutes=1),
    Component.TEMPERATURE: timedelta(minutes=1),
    Component.UPS: timedelta(seconds=30),
    Component.BOARD: timedelta(seconds=30),
}

CLOCK_OFF_BEYOND = timedelta(seconds=60)
STUCK_AFTER = timedelta(hours=1)
BACKUP_OLD_AFTER = timedelta(days=2)
FEW_NUMBERS = 20
STILL_AFTER_S = 5.0  # a screen paints within some milliseconds
FIRST_FRAME_WITHIN_S = 15.0  # core and screen start together, and a machine may be slow


@dataclass(frozen=True, slots=True)
class Told:
    """What a reporter says of its component. See `Finding` for the fields."""

    health: Health
    code: FindingCode | None = None
    warnings: tuple[str, ...] = ()
    detail: str = ""


GOOD = Told(Health.GOOD)
UNKNOWN = Told(Health.UNKNOWN)


def judge_line(code: PlatformCode | None) -> Told:
    """Whether the platform answered; None = it did."""
    return GOOD if code is None else Told(Health.BAD, code)


def judge_clock(offset: timedelta | None) -> Told:
    """`offset` is kiosk minus platform; None = the platform was never heard."""
    if offset is None:
        return Told(Health.UNKNOWN, detail="the platform was not heard yet")
    if abs(offset) > CLOCK_OFF_BEYOND:
        seconds = round(offset.total_seconds())
        return Told(Health.BAD, DeviceCode.MACHINE_CLOCK_OFF, detail=f"{seconds:+d} s")
    return GOOD


def judge_screen(*, has_screen: bool, has_painted: bool, waiting_s: float | None) -> Told:
    """`waiting_s`: for how long the newest scene waits to be painted; None = it was."""
    waits = waiting_s or 0.0
    if not has_painted:
        is_due = waits > FIRST_FRAME_WITHIN_S
        return Told(Health.BAD, HealthCode.SCREEN_STILL, detail="no frame yet") if is_due else UNKNOWN
    if not has_screen:
        return Told(Health.BAD, HealthCode.SCREEN_STILL, detail="no screen is connected")
    if waits > STILL_AFTER_S:
        return Told(Health.BAD, HealthCode.SCREEN_STILL, detail="the newest scene was not painted")
    return GOOD


@dataclass(frozen=True, slots=True)
class OwedNow:
    """What is owed to the platform; `oldest` is the age of the oldest record, None = nothing waits."""

    waiting: int
    parked: int
    oldest: timedelta | None


def judge_outbox(owed: OwedNow, *, line: Health) -> Told:
    """Without a line nobody can say whether what waits would be taken."""
    if owed.parked:
        return Told(Health.BAD, HealthCode.RECORDS_PARKED, detail=str(owed.parked))
    if not owed.waiting:
        return GOOD
    if line is not Health.GOOD:
        return Told(Health.UNKNOWN, detail=f"{owed.waiting} waiting for the line")
    if owed.oldest is not None and owed.oldest > STUCK_AFTER:
        return Told(Health.BAD, HealthCode.OUTBOX_STUCK, detail=str(owed.waiting))
    return GOOD


def judge_numbers(left: int, *, line: Health) -> Told:
    """A small stock is no harm as long as there is a line to get more."""
    if left == 0:
        return Told(Health.BAD, StoreCode.NO_NUMBERS)
    if left <= FEW_NUMBERS and line is not Health.GOOD:
        return Told(Health.BAD, HealthCode.NUMBERS_LOW, detail=str(left))
    return GOOD


def judge_store(*, is_sound: bool | None, backup_age: timedelta | None) -> Told:
    """A store that can be written; `is_sound` is the word of the last night's check, None = none yet.

    After a failed check nobody knows which rows are hurt; without a fresh copy the store itself works.
    """
    if is_sound is False:
        return Told(Health.UNKNOWN, HealthCode.INTEGRITY, detail="the nightly check failed")
    if backup_age is not None and backup_age > BACKUP_OLD_AFTER:
        return Told(Health.GOOD, HealthCode.BACKUP_OLD, ("backup-old",), f"{backup_age.days} d")
    return GOOD


def judge_ledger(*, is_alarmed: bool, is_answered: bool) -> Told:
    """Only the platform can tell whether the ledger is the one that it countersigned."""
    if is_alarmed:
        return Told(Health.BAD, HealthCode.LEDGER_ALARM)
    return GOOD if is_answered else UNKNOWN


def judge_register(*, fresh: bool) -> Told:
    """Too old, or not there at all: no certificates without a line."""
    return GOOD if fresh else Told(Health.BAD, HealthCode.REGISTER_OLD)
