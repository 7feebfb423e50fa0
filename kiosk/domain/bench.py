"""The technician's bench: tests of devices, refills and counters, kept on the kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.health import Component


@dataclass(frozen=True, slots=True)
class DeviceTest:
    """One guided test of one device, as a technician did it."""

    component: Component
    passed: bool
    at: datetime
    staff: str
    code: str = ""
    note: str = ""  # which step failed


class Refilled(StrEnum):
    """What was filled up or replaced."""

    PAPER = "paper"
    TONER = "toner"
    ROLL = "roll"


@dataclass(frozen=True, slots=True)
class Refill:
    """One refill; `sheets` is what the tray holds after it, None for toner."""

    what: Refilled
    sheets: int | None
    at: datetime
    staff: str  # "" = seen by the kiosk itself, at an empty tray that was filled


@dataclass(frozen=True, slots=True)
class PaperCount:
    """Own counters: pages that printers confirmed, and what should be left in the tray.

    `left` None = nobody has told yet how many sheets were put in.
    """

    pages: int
    left: int | None
    slips: int = 0


@dataclass(frozen=True, slots=True)
class Bench:
    """All of it, newest first."""

    tests: tuple[DeviceTest, ...] = ()
    refills: tuple[Refill, ...] = ()
    count: PaperCount = PaperCount(0, None)
    serials: tuple[tuple[str, str], ...] = ()  # component -> model and serial number
    versions: tuple[tuple[str, str], ...] = ()  # program -> version


class BenchBook(Protocol):
    """Where the bench is kept. Raises StoreError as the journal does."""

    def note_test(self, test: DeviceTest) -> None:
        """Keep one test."""
        ...

    def note_refill(self, refill: Refill) -> None:
        """Keep one refill; the paper estimate begins anew with it."""
        ...

    def note_pages(self, pages: int) -> None:
        """Pages came out of the page printer."""
        ...

    def note_slip(self) -> None:
        """A slip came out of the receipt printer."""
        ...

    def tests(self, limit: int) -> tuple[DeviceTest, ...]:
        """The newest tests."""
        ...

    def refills(self, limit: int) -> tuple[Refill, ...]:
        """The newest refills."""
        ...

    def count(self) -> PaperCount:
        """The counters."""
        ...
