"""What devices and the machine say, as health: good, bad or unknown. Nothing here is ever guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from devices.contract import (
    BoardReading,
    DeviceCode,
    DeviceFault,
    PrinterBlocked,
    PrinterReady,
    PrinterUnknown,
    ReaderReady,
    ScannerOpen,
    UpsReading,
)
from kiosk.domain.health import Component, Health
from kiosk.domain.health_rules import GOOD, UNKNOWN, Told

if TYPE_CHECKING:
    from devices.contract import (
        BoardStatus,
        MachineReading,
        MachineStatus,
        PrinterStatus,
        ReaderStatus,
        ScannerStatus,
        UpsStatus,
    )

_MEGABYTE = 1_000_000
_LEAST_INODES_PERCENT = 1.0


@dataclass(frozen=True, slots=True)
class MachineLimits:
    """What is too much, and what is too little; see [health] of the settings."""

    least_disk_mb: int
    least_memory_mb: int
    hottest_c: int


def judge_reader(status: ReaderStatus) -> Told:
    """A card reader that answers is good."""
    match status:
        case ReaderReady(serial):
            return Told(Health.GOOD, detail=serial)
        case DeviceFault() as fault:
            return _bad(fault)
        case _:
            assert_never(status)


def judge_printer(status: PrinterStatus) -> Told:
    """A printer that is connected and gives no answer may well print: that one is unknown."""
    match status:
        case PrinterReady(model, warnings):
            return Told(Health.GOOD, warnings=warnings, detail=model)
        case PrinterBlocked(code, reasons):
            return Told(Health.BAD, code, detail=" ".join(reasons))
        case PrinterUnknown(DeviceCode.RECEIPT_SILENT as code, detail):
            return Told(Health.UNKNOWN, code, detail=detail)
        case PrinterUnknown(code, detail):
            return Told(Health.BAD, code, detail=detail)
        case _:
            assert_never(status)


def judge_scanner(status: ScannerStatus) -> Told:
    """An open port proves no scanner behind it; a code does."""
    match status:
        case ScannerOpen(is_heard):
            return GOOD if is_heard else Told(Health.UNKNOWN, detail="port open, nothing heard yet")
        case DeviceFault() as fault:
            return _bad(fault)
        case _:
            assert_never(status)


def judge_ups(status: UpsStatus) -> Told:
    """On battery the kiosk still works, and somebody must know."""
    match status:
        case DeviceFault() as fault:
            return _bad(fault)
        case UpsReading(battery_low=True):
            return Told(Health.BAD, DeviceCode.UPS_BATTERY_LOW, detail=_runtime(status))
        case UpsReading(on_battery=True):
            return Told(Health.BAD, DeviceCode.UPS_ON_BATTERY, detail=_runtime(status))
        case UpsReading(replace_battery=True):
            return Told(Health.BAD, DeviceCode.UPS_REPLACE_BATTERY)
        case UpsReading(on_battery=None):
            return Told(Health.UNKNOWN, detail=status.model)
        case UpsReading():
            return Told(Health.GOOD, detail=status.model)
        case _:
            assert_never(status)


def judge_board(status: BoardStatus) -> Told:
    """An opened tamper contact outweighs an open door."""
    match status:
        case DeviceFault() as fault:
            return _bad(fault)
        case BoardReading(tampered=True):
            return Told(Health.BAD, DeviceCode.TAMPERED)
        case BoardReading(door_open=True):
            return Told(Health.BAD, DeviceCode.DOOR_OPEN)
        case BoardReading(door_open=None) | BoardReading(tampered=None):
            return Told(Health.UNKNOWN, detail=status.serial)
        case BoardReading():
            return Told(Health.GOOD, detail=status.serial)
        case _:
            assert_never(status)


def judge_machine(status: MachineStatus, limits: MachineLimits) -> dict[Component, Told]:
    """Disk, memory and temperature."""
    if isinstance(status, DeviceFault):
        unknown = Told(Health.UNKNOWN, status.code, detail=status.detail)
        return dict.fromkeys((Component.DISK, Component.MEMORY, Component.TEMPERATURE), unknown)
    return {
        Component.DISK: _judge_disk(status, limits),
        Component.MEMORY: _judge_memory(status, limits),
        Component.TEMPERATURE: _judge_temperature(status, limits),
    }


def _bad(fault: DeviceFault) -> Told:
    return Told(Health.BAD, fault.code, detail=fault.detail)


def _runtime(reading: UpsReading) -> str:
    return "" if reading.runtime_s is None else f"{reading.runtime_s} s left"


def _judge_disk(reading: MachineReading, limits: MachineLimits) -> Told:
    free, inodes = reading.disk_free_bytes, reading.inodes_free_percent
    if free is None:
        return UNKNOWN
    is_full = free < limits.least_disk_mb * _MEGABYTE
    if is_full or (inodes is not None and inodes < _LEAST_INODES_PERCENT):
        return Told(Health.BAD, DeviceCode.MACHINE_DISK_LOW, detail=f"{free // _MEGABYTE} MB")
    return GOOD


def _judge_memory(reading: MachineReading, limits: MachineLimits) -> Told:
    free = reading.memory_available_bytes
    if free is None:
        return UNKNOWN
    if free < limits.least_memory_mb * _MEGABYTE:
        return Told(Health.BAD, DeviceCode.MACHINE_MEMORY_LOW, detail=f"{free // _MEGABYTE} MB")
    return GOOD


def _judge_temperature(reading: MachineReading, limits: MachineLimits) -> Told:
    heat = reading.temperature_c
    if heat is None:
        return UNKNOWN
    if heat > limits.hottest_c:
        return Told(Health.BAD, DeviceCode.MACHINE_HOT, detail=f"{heat:.0f} C")
    return GOOD
