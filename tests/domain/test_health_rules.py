"""What readings mean: bad where something is known to be wrong, unknown where nobody could ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from devices.contract import (
    BoardReading,
    DeviceCode,
    DeviceFault,
    MachineReading,
    PrinterBlocked,
    PrinterReady,
    PrinterUnknown,
    ScannerOpen,
    UpsReading,
)
from kiosk.domain.codes import HealthCode, StoreCode
from kiosk.domain.device_health import (
    MachineLimits,
    judge_board,
    judge_machine,
    judge_printer,
    judge_scanner,
    judge_ups,
)
from kiosk.domain.health import Component, Health
from kiosk.domain.health_rules import (
    OwedNow,
    judge_clock,
    judge_ledger,
    judge_numbers,
    judge_outbox,
    judge_register,
    judge_screen,
    judge_store,
)

if TYPE_CHECKING:
    from devices.contract import BoardStatus, PrinterStatus, UpsStatus

GOOD, BAD, UNKNOWN = Health.GOOD, Health.BAD, Health.UNKNOWN
LIMITS = MachineLimits(least_disk_mb=1024, least_memory_mb=128, hottest_c=80)
EASY = MachineReading(50.0, 5_000_000_000, 80.0, 500_000_000, 3.0, 100)
HOUR = timedelta(hours=1)
POWERED = UpsReading(on_battery=False, battery_low=False, replace_battery=False)


@pytest.mark.parametrize(
    ("status", "health", "code"),
    [
        (PrinterReady(warnings=("toner-low",)), GOOD, None),
        (PrinterBlocked(DeviceCode.PRINTER_JAM), BAD, DeviceCode.PRINTER_JAM),
        (PrinterUnknown(DeviceCode.PRINTER_UNREACHABLE), BAD, DeviceCode.PRINTER_UNREACHABLE),
        (PrinterUnknown(DeviceCode.RECEIPT_SILENT), UNKNOWN, DeviceCode.RECEIPT_SILENT),
    ],
)
def test_a_printer(status: PrinterStatus, health: Health, code: DeviceCode | None) -> None:
    told = judge_printer(status)

    assert (told.health, told.code) == (health, code)
    assert told.warnings == (status.warnings if isinstance(status, PrinterReady) else ())


@pytest.mark.parametrize(
    ("status", "health", "code"),
    [
        (POWERED, GOOD, None),
        (replace(POWERED, on_battery=True), BAD, DeviceCode.UPS_ON_BATTERY),
        (replace(POWERED, on_battery=True, battery_low=True), BAD, DeviceCode.UPS_BATTERY_LOW),
        (replace(POWERED, replace_battery=True), BAD, DeviceCode.UPS_REPLACE_BATTERY),
        (replace(POWERED, on_battery=None), UNKNOWN, None),
        (DeviceFault(DeviceCode.UPS_UNREACHABLE), BAD, DeviceCode.UPS_UNREACHABLE),
    ],
)
def test_a_ups(status: UpsStatus, health: Health, code: DeviceCode | None) -> None:
    told = judge_ups(status)

    assert (told.health, told.code) == (health, code)


@pytest.mark.parametrize(
    ("status", "health", "code"),
    [
        (BoardReading(door_open=False, tampered=False), GOOD, None),
        (BoardReading(door_open=True, tampered=False), BAD, DeviceCode.DOOR_OPEN),
        (BoardReading(door_open=True, tampered=True), BAD, DeviceCode.TAMPERED),
        (BoardReading(door_open=None, tampered=False), UNKNOWN, None),
        (DeviceFault(DeviceCode.BOARD_SILENT), BAD, DeviceCode.BOARD_SILENT),
    ],
)
def test_an_io_board(status: BoardStatus, health: Health, code: DeviceCode | None) -> None:
    told = judge_board(status)

    assert (told.health, told.code) == (health, code)


@pytest.mark.parametrize(
    ("reading", "component", "health", "code"),
    [
        (EASY, Component.DISK, GOOD, None),
        (replace(EASY, disk_free_bytes=1_024_000_000), Component.DISK, GOOD, None),
        (replace(EASY, disk_free_bytes=1_023_999_999), Component.DISK, BAD, DeviceCode.MACHINE_DISK_LOW),
        (replace(EASY, inodes_free_percent=0.5), Component.DISK, BAD, DeviceCode.MACHINE_DISK_LOW),
        (replace(EASY, disk_free_bytes=None), Component.DISK, UNKNOWN, None),
        (EASY, Component.MEMORY, GOOD, None),
        (replace(EASY, memory_available_bytes=1), Component.MEMORY, BAD, DeviceCode.MACHINE_MEMORY_LOW),
        (replace(EASY, memory_available_bytes=None), Component.MEMORY, UNKNOWN, None),
        (EASY, Component.TEMPERATURE, GOOD, None),
        (replace(EASY, temperature_c=80.0), Component.TEMPERATURE, GOOD, None),
        (replace(EASY, temperature_c=80.1), Component.TEMPERATURE, BAD, DeviceCode.MACHINE_HOT),
        (replace(EASY, temperature_c=None), Component.TEMPERATURE, UNKNOWN, None),
    ],
)
def test_the_machine(
    reading: MachineReading, component: Component, health: Health, code: DeviceCode | None
) -> None:
    told = judge_machine(reading, LIMITS)[component]

    assert (told.health, told.code) == (health, code)


def test_a_scanner_is_unknown_until_it_was_heard() -> None:
    assert judge_scanner(ScannerOpen(is_heard=False)).health is UNKNOWN
    assert judge_scanner(ScannerOpen(is_heard=True)).health is GOOD


@pytest.mark.parametrize(
    ("seconds", "health"), [(0, GOOD), (60, GOOD), (61, BAD), (-61, BAD), (-(10**9), BAD), (None, UNKNOWN)]
)
def test_the_clock(seconds: int | None, health: Health) -> None:
    assert judge_clock(None if seconds is None else timedelta(seconds=seconds)).health is health


@pytest.mark.parametrize(
    ("has_screen", "has_painted", "waiting_s", "health"),
    [
        (False, False, 3.0, UNKNOWN),  # both are just starting
        (True, False, 3.0, UNKNOWN),
        (False, False, 16.0, BAD),
        (True, True, None, GOOD),
        (True, True, 0.1, GOOD),
        (True, True, 5.1, BAD),  # the service runs, and nothing is painted
        (False, True, None, BAD),
    ],
)
def test_the_screen(*, has_screen: bool, has_painted: bool, waiting_s: float | None, health: Health) -> None:
    told = judge_screen(has_screen=has_screen, has_painted=has_painted, waiting_s=waiting_s)

    assert told.health is health
    assert told.code is (HealthCode.SCREEN_STILL if health is BAD else None)


@pytest.mark.parametrize(
    ("owed", "line", "health", "code"),
    [
        (OwedNow(0, 0, None), GOOD, GOOD, None),
        (OwedNow(0, 0, None), BAD, GOOD, None),
        (OwedNow(3, 0, HOUR), GOOD, GOOD, None),
        (OwedNow(3, 0, HOUR * 1.01), GOOD, BAD, HealthCode.OUTBOX_STUCK),
        (OwedNow(3, 0, HOUR * 99), BAD, UNKNOWN, None),  # without a line nobody can say
        (OwedNow(3, 0, HOUR * 99), UNKNOWN, UNKNOWN, None),
        (OwedNow(3, 1, None), BAD, BAD, HealthCode.RECORDS_PARKED),
    ],
)
def test_the_outbox(owed: OwedNow, line: Health, health: Health, code: HealthCode | None) -> None:
    told = judge_outbox(owed, line=line)

    assert (told.health, told.code) == (health, code)


@pytest.mark.parametrize(
    ("left", "line", "code"),
    [
        (21, BAD, None),
        (20, GOOD, None),
        (20, BAD, HealthCode.NUMBERS_LOW),
        (20, UNKNOWN, HealthCode.NUMBERS_LOW),
        (0, GOOD, StoreCode.NO_NUMBERS),
    ],
)
def test_the_stock_of_numbers(left: int, line: Health, code: HealthCode | StoreCode | None) -> None:
    assert judge_numbers(left, line=line).code is code


def test_a_store_that_failed_its_check_is_unknown_and_one_without_a_copy_works() -> None:
    """Every service rests on the store: only what stops it may be called bad."""
    failed = judge_store(is_sound=False, backup_age=timedelta())
    old = judge_store(is_sound=True, backup_age=timedelta(days=2, seconds=1))

    assert (failed.health, failed.code) == (UNKNOWN, HealthCode.INTEGRITY)
    assert (old.health, old.code, old.warnings) == (GOOD, HealthCode.BACKUP_OLD, ("backup-old",))
    assert judge_store(is_sound=None, backup_age=None).code is None


def test_only_the_platform_can_tell_whether_the_ledger_is_right() -> None:
    assert judge_ledger(is_alarmed=False, is_answered=True).health is GOOD
    assert judge_ledger(is_alarmed=False, is_answered=False).health is UNKNOWN
    assert judge_ledger(is_alarmed=True, is_answered=False).code is HealthCode.LEDGER_ALARM


def test_an_old_register_is_of_no_use_without_a_line() -> None:
    assert judge_register(fresh=True).health is GOOD
    assert judge_register(fresh=False).code is HealthCode.REGISTER_OLD
