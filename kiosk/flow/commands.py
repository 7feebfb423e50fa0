"""Orders of the flow. Workers carry them out; what comes of them returns as events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend_client.contract import Household, Member
    from devices.contract import Identity


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask the platform for the household. Answers: HouseholdFound, PersonUnknown, LookupFailed."""

    session: str
    identity: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class PreparePaper:
    """Reserve a number (or keep that of `issuance`), render, read back, raster.

    Answers: PaperPrepared, PreparationFailed.
    """

    session: str
    card_read: str
    issuance: str  # "" = a new one
    identity: Identity = field(repr=False)
    household: Household = field(repr=False)
    applicant: Member = field(repr=False)
    purpose: str
    copies: int


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """Print the prepared paper. Answers: PrintAccepted, PrintProgressed, and always PrintSettled."""

    session: str
    issuance: str


@dataclass(frozen=True, slots=True)
class VoidPaper:
    """The prepared paper is not wanted: spend the number. No answer."""

    issuance: str


@dataclass(frozen=True, slots=True)
class CancelPrint:
    """Stop waiting for paper and cancel the job. Answered by PrintSettled of the running print."""

    session: str


@dataclass(frozen=True, slots=True)
class RecordWord:
    """The resident said whether a complete sheet came out of an uncertain print. No answer."""

    issuance: str
    came_out: bool


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Record that somebody asks for staff; `reason` is a code or "". Answer: StaffCalled."""

    reason: str


@dataclass(frozen=True, slots=True)
class EndSession:
    """Wipe whatever workers hold of this session; forget the card on the reader. No answer."""

    session: str


Command = LookUp | PreparePaper | PrintPaper | VoidPaper | CancelPrint | RecordWord | CallStaff | EndSession
