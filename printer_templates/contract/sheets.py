"""Sheets that name nobody: receipts, guides, the technician's report and test page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class AcceptanceReceipt:
    """A receipt for a request that people will look at (受理回执). It names nobody."""

    issuer: str
    issuer_phone: str
    kiosk: str
    place: str
    subject: str  # what was asked for, one line
    reason: str  # why it is not done by machine, one sentence; "" = none
    next_step: str  # what happens now, one or two sentences
    accepted_at: datetime
    code: str = ""  # stable code, for whoever takes it up


@dataclass(frozen=True, slots=True)
class GuideSlip:
    """Where to go and what to bring (办事指引单). It names nobody."""

    issuer: str
    issuer_phone: str
    kiosk: str
    service: str  # 高龄津贴
    where: str
    bring: tuple[str, ...]
    printed_at: datetime
    reasons: tuple[str, ...] = ()  # why it cannot be had at this kiosk


@dataclass(frozen=True, slots=True)
class ReadinessRow:
    """One line of the report; `state` is good, bad or unknown."""

    name: str
    state: str
    code: str = ""
    facts: str = ""  # serial, version, counter, last result


@dataclass(frozen=True, slots=True)
class ReadinessSection:
    """Rows under one heading."""

    heading: str
    rows: tuple[ReadinessRow, ...]


@dataclass(frozen=True, slots=True)
class ReadinessReport:
    """What a technician leaves behind (设备检测报告): devices, versions, last results, counters."""

    kiosk: str
    place: str
    made_at: datetime
    made_by: str  # badge
    sections: tuple[ReadinessSection, ...]
    is_ready: bool | None  # None = some of it is unknown


@dataclass(frozen=True, slots=True)
class TrialPage:
    """What the printer can do (打印测试页): lines, sizes of type, a code; greys on A4."""

    kiosk: str
    made_at: datetime
    component: str  # which printer


Sheet = AcceptanceReceipt | GuideSlip | ReadinessReport | TrialPage


class Format(StrEnum):
    """What it is printed on."""

    A4 = "a4"
    ROLL_80 = "roll_80"  # 576 dots of 203 dpi: 72 mm printable
    ROLL_58 = "roll_58"  # 384 dots: 48 mm
