"""Pages of technicians: how every part is, guided tests, the search for a fault, refills, counters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.bench import Refilled
    from kiosk.domain.fault_tree import Answer
    from kiosk.domain.health import Component


@dataclass(frozen=True, slots=True)
class Workbench:
    """What a technician can do here."""


@dataclass(frozen=True, slots=True)
class PartList:
    """All parts that this kiosk has, and how each is."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what is wrong, why, what to do, and when it was tested."""

    component: Component
    list_page: int = 0


class TrialStage(StrEnum):
    """Where one step of a test is."""

    READY = "ready"  # told what will happen; the technician begins it
    WORKING = "working"  # the device tries
    WATCHING = "watching"  # the flow waits for a card, a code or touches
    JUDGING = "judging"  # only the person there can say
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Trial:
    """One step of a guided test. `seen` says what the device gave, never a person's data."""

    component: Component
    list_page: int
    at: int = 0
    stage: TrialStage = TrialStage.READY
    code: str = ""
    seen: str = ""
    touched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrialOver:
    """The test is recorded; `failed_step` "" = it was passed."""

    component: Component
    list_page: int
    failed_step: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class FaultSearch:
    """Asks for the next most telling test, or names what is left."""

    component: Component
    list_page: int
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class RefillList:
    """What can be filled up; `noted` = one was just recorded."""

    noted: Refilled | None = None


@dataclass(frozen=True, slots=True)
class RefillCount:
    """How many sheets the tray holds now; `typed` None = the ready answers are offered."""

    typed: str | None = None


@dataclass(frozen=True, slots=True)
class Counters:
    """What was printed, refilled and tested, serial numbers and versions."""

    page: int = 0


TechnicianPage = (
    Workbench | PartList | Part | Trial | TrialOver | FaultSearch | RefillList | RefillCount | Counters
)
