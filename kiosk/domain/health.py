"""How the parts of the kiosk are: a board of findings, each good, bad or unknown, and since when.

"Unknown" is an answer of its own: what nobody could ask is never called good.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from backend_client.contract import PlatformCode
    from devices.contract import DeviceCode
    from kiosk.domain.codes import HealthCode, ScreenCode, StoreCode

    FindingCode = DeviceCode | PlatformCode | StoreCode | ScreenCode | HealthCode


class Component(StrEnum):
    """Everything whose health is told; the order is the order of every list."""

    ID_READER = "id_reader"
    SOCIAL_READER = "social_reader"
    PAGE_PRINTER = "page_printer"
    STANDBY_PRINTER = "standby_printer"
    RECEIPT_PRINTER = "receipt_printer"
    SCANNER = "scanner"
    STORE = "store"
    NUMBERS = "numbers"  # certificate numbers in stock
    LEDGER = "ledger"
    OUTBOX = "outbox"
    LINE = "line"  # the way to the platform
    REGISTER = "register"  # for times without a line
    SCREEN = "screen"
    CLOCK = "clock"
    DISK = "disk"
    MEMORY = "memory"
    TEMPERATURE = "temperature"
    UPS = "ups"
    BOARD = "board"  # door, tamper contact, lights


class Health(StrEnum):
    """The three answers."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one component is, and since when it has been so (local time).

    `code` says what is wrong and is None where nothing is. `warnings` are stems such as "toner-low": it
    works, and somebody should look after it. `detail` is for the technician and holds no person's data.
    """

    component: Component
    health: Health
    since: datetime
    code: FindingCode | None = None
    warnings: tuple[str, ...] = ()
    detail: str = ""

    def says_the_same(self, other: Finding) -> bool:
        """Whether `other` is no news beside this one; when it was seen does not matter."""
        return replace(other, since=self.since, detail=self.detail) == self


@dataclass(frozen=True, slots=True)
class Board:
    """The findings of all components that this kiosk has; a component that is not listed is not fitted."""

    findings: tuple[Finding, ...] = ()

    def of(self, component: Component) -> Finding | None:
        """The finding of one component, None = the kiosk has none."""
        return next((finding for finding in self.findings if finding.component is component), None)

    def put(self, finding: Finding) -> Board:
        """The board with this finding in place of the component's last one."""
        others = [other for other in self.findings if other.component is not finding.component]
        order = list(Component)
        return Board(tuple(sorted((*others, finding), key=lambda each: order.index(each.component))))

    def bad(self) -> tuple[Finding, ...]:
        """What does not work."""
        return self._with(Health.BAD)

    def unknown(self) -> tuple[Finding, ...]:
        """What nobody knows."""
        return self._with(Health.UNKNOWN)

    def _with(self, health: Health) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.health is health)


def blank_board(components: Iterable[Component], now: datetime) -> Board:
    """All of them unknown: nobody has looked yet."""
    board = Board()
    for component in components:
        board = board.put(Finding(component, Health.UNKNOWN, now))
    return board
