"""What every stable code means to those who mend it: screen, doctor and manual are made from one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Severity(StrEnum):
    """Who can mend it."""

    RESIDENT = "resident"  # whoever stands there: lay the card down again, bring another paper
    STAFF = "staff"  # the people of the service point, without a tool: refill, close, restart
    TECHNICIAN = "technician"  # somebody who may open the machine or change its settings
    NOTE = "note"  # nothing is broken; it only has to be known


class Rank(IntEnum):
    """How near to the root: where several codes stand at once, a lower rank is the cause of a higher one."""

    SETTINGS = 0  # the program itself cannot start as it is
    POWER = 1
    MACHINE = 2  # disk, memory, clock, heat, rights: everything runs on it
    SERVICE = 3  # a program that others go through: core, PC/SC, spooler, store
    CONNECTION = 4  # the cable or address of one device
    DEVICE = 5  # one device, which answers and says what it lacks
    LINE = 6  # the way to the platform
    EFFECT = 7  # what follows from others that last: records wait, numbers run out
    CASE = 8  # one card, one paper, one person


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One stable code. What residents read of it stands in the texts as code.CODE.say."""

    code: str
    severity: Severity
    rank: Rank
    cause: Words
    remedy: Words


def fault_row(
    code: str, grade: tuple[Severity, Rank], cause: tuple[str, str], remedy: tuple[str, str]
) -> Fault:
    """One row of the table; cause and remedy in Chinese, then in English."""
    return Fault(code, grade[0], grade[1], Words(*cause), Words(*remedy))
