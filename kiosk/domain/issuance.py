"""One certificate number and what became of its paper: the words that journal and workers share."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from backend_client.contract import ClockState, Stamp
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


CERTIFICATE = "JZ"  # 居住证明
SLIP = "QJ"  # 取件单: the receipt with a pick-up number

# Which printer has a job, as the journal keeps it.
PAGE_PRINTER = ""
RECEIPT_PRINTER = "receipt"


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
    offline_as_of: datetime | None = None  # the age of the record, where it came from the kiosk's register
    pickup: str = ""  # the pick-up number that this paper answers


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another attempt at the number of `previous`, for the same person in the same or a later session."""

    previous: str  # issuance of the attempt that is superseded
    issuance: str  # a fresh uuid
    session: str
    card_read: str
    citizen_key: str = field(repr=False)  # must be the one that the number was reserved for


@dataclass(frozen=True, slots=True)
class SlipRequest:
    """A certificate that cannot be issued now: what the resident asked for; `issuance` is a fresh uuid."""

    issuance: str
    session: str
    card_read: str
    citizen_key: str = field(repr=False)
    purpose: str
    copies: int
    reason: str  # stable code: why not now


@dataclass(frozen=True, slots=True)
class ReservedNumber:
    """A number that belongs to this issuance for ever, and the check code printed beside it."""

    number: str
    check_code: str = field(repr=False)
    attempt: int = 1


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
    attempt: int = 1
    printer: str = PAGE_PRINTER  # who is to be asked


@dataclass(frozen=True, slots=True)
class UncertainPaper:
    """An attempt that waits for a person's word, with all that may help that person."""

    issuance: str
    number: str
    attempt: int
    kind: str
    copies: int
    code: str  # why it is uncertain
    job_id: int  # at the printer; 0 = none
    prepared_at: datetime
    printer: str = PAGE_PRINTER  # where a person looks for it


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time that survives a wrong clock: wall time with zone, time since boot, and which boot."""

    wall: datetime
    monotonic_ms: int
    boot_id: str
    clock: ClockState = ClockState.UNKNOWN

    def stamp(self) -> Stamp:
        """The same for the wire."""
        return Stamp(wall=self.wall, monotonic_ms=self.monotonic_ms, boot_id=self.boot_id, clock=self.clock)


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
