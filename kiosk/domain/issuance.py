"""One certificate number and what became of its paper: the words that journal and workers share."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from devices.contract import NotPrinted, Printed, Uncertain

if TYPE_CHECKING:
    from datetime import datetime

    from devices.contract import JobRef, PrintOutcome


class IssuanceState(StrEnum):
    """The way of a number; each step is durable before the next one is taken."""

    PREPARED = "prepared"  # the number is taken, nothing was sent
    CREATING = "creating"  # a job may exist at the printer, without a document
    CREATED = "created"  # the job exists, no byte of the document was sent
    SENDING = "sending"  # bytes may be under way: from here on paper may come out
    ACCEPTED = "accepted"  # the printer took the whole document
    PRINTED = "printed"
    VOIDED = "voided"
    UNCERTAIN = "uncertain"  # only a person can say


OPEN_STATES = (
    IssuanceState.PREPARED,
    IssuanceState.CREATING,
    IssuanceState.CREATED,
    IssuanceState.SENDING,
    IssuanceState.ACCEPTED,
)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whom a number is for, in the platform's own ids. No name, no citizen number."""

    household_id: str = field(repr=False)
    person_id: str = field(repr=False)
    citizen_key: str = field(repr=False)
    record_version: int


@dataclass(frozen=True, slots=True)
class Reservation:
    """What is known when a number is asked for; `issuance` is a fresh uuid."""

    issuance: str
    session: str
    card_read: str
    applicant: Applicant
    purpose: str
    copies: int


@dataclass(frozen=True, slots=True)
class ReservedNumber:
    """A number that belongs to this issuance for ever, and the check code printed beside it."""

    number: str
    check_code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoNumbers:
    """Every block is used up or has expired."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """The last word of the machine on a paper: PRINTED, VOIDED or UNCERTAIN, and why."""

    state: IssuanceState
    code: str = ""


@dataclass(frozen=True, slots=True)
class OpenIssuance:
    """A number whose paper was not settled when the process ended."""

    issuance: str
    number: str
    state: IssuanceState
    copies: int
    job_name: str
    job: JobRef | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time that survives a wrong clock: wall time with zone, monotonic time, and which boot."""

    wall: datetime
    monotonic_ms: int
    boot_id: str


def settlement_of(outcome: PrintOutcome) -> Settlement:
    """What the journal keeps of what the printer said."""
    match outcome:
        case Printed():
            return Settlement(IssuanceState.PRINTED)
        case NotPrinted(code):
            return Settlement(IssuanceState.VOIDED, code)
        case Uncertain(code):
            return Settlement(IssuanceState.UNCERTAIN, code)
        case _:
            assert_never(outcome)
