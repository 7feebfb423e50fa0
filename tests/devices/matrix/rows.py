"""The matrix as data: driver x fault x moment, and what may be said of it.

A fault lasts until it is cleared, except that a cable is pulled once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from devices.contract import DeviceCode


class Moment(StrEnum):
    """When the fault is set."""

    BEFORE = "before"  # while the line is closed: the call opens it, and meets the fault at once
    DURING = "during"  # the call is under way, and its first bytes were exchanged
    AFTER = "after"  # a good call has ended, the line is open; the next call meets the fault


@dataclass(frozen=True, slots=True)
class Said:
    """The kind of an outcome, and its code where it has one."""

    kind: type[object]
    code: DeviceCode | None = None

    def __str__(self) -> str:
        return f"{self.kind.__name__} {self.code}" if self.code else self.kind.__name__


Allowed = tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One cell: what this call may say. Afterwards the device works again, cleared, with the same driver."""

    driver: str
    fault: str
    moment: Moment
    allowed: Allowed = field(repr=False)
    is_new_node: bool = False  # it comes back as another device node behind the same link

    def __str__(self) -> str:
        return f"{self.driver}-{self.fault}-{self.moment}"


@dataclass(frozen=True, slots=True)
class Cells:
    """What may be said of one fault at each moment; an empty tuple stands for `no_sense` at that moment."""

    before: Allowed
    during: Allowed
    after: Allowed
    is_new_node: bool = False
    no_sense: str = ""

    def at(self, moment: Moment) -> Allowed:
        """What may be said at this moment."""
        return {Moment.BEFORE: self.before, Moment.DURING: self.during, Moment.AFTER: self.after}[moment]


def always(*allowed: Said, is_new_node: bool = False) -> Cells:
    """The same at each moment."""
    return Cells(allowed, allowed, allowed, is_new_node)


def rows_of(driver: str, table: Mapping[str, Cells]) -> Iterator[Row]:
    """The rows of one driver's table."""
    for fault, cells in table.items():
        for moment in Moment:
            if allowed := cells.at(moment):
                yield Row(driver, fault, moment, allowed, cells.is_new_node)
