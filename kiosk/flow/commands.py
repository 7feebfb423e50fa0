"""Orders of the flow. Workers carry them out; what comes of them returns as events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from backend_client.contract import Household, Member
    from devices.contract import Identity

RESIDENT = "resident"  # who settled a paper, where it was not staff


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask the platform for the household. Answers: HouseholdFound, PersonUnknown, LookupFailed."""

    session: str
    identity: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class PreparePaper:
    """Reserve a number (or keep that of `issuance`), render, read back, raster.

    `reprint_of` names the attempt that the new one supersedes. Answers: PaperPrepared, PreparationFailed.
    """

    session: str
    card_read: str
    issuance: str  # "" = a new one
    identity: Identity = field(repr=False)
    household: Household = field(repr=False)
    applicant: Member = field(repr=False)
    purpose: str
    copies: int
    reprint_of: str = ""
    offline_as_of: datetime | None = None  # where the household came from the kiosk's own register
    pickup: str = ""  # the pick-up number that this paper answers


@dataclass(frozen=True, slots=True)
class PrepareSlip:
    """Queue a request that cannot be granted now, and make the slip with its pick-up number.

    Answers: PaperPrepared, PreparationFailed. The request is owed as soon as the number is reserved.
    """

    session: str
    card_read: str
    identity: Identity = field(repr=False)
    purpose: str
    copies: int
    reason: str


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """Print the prepared paper, if it is this session's person's: its bytes are read back once more.

    Answers: PrintAccepted, PrintProgressed, and always PrintSettled.
    """

    session: str
    issuance: str
    number: str
    identity: Identity = field(repr=False)  # of the session that is live when the touch came


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
    """Somebody said whether a complete sheet came out of an uncertain print. Answer: UncertainPapers."""

    issuance: str
    came_out: bool
    settled_by: str = RESIDENT


@dataclass(frozen=True, slots=True)
class CheckStaff:
    """Somebody says to be of the staff. Answers: StaffAdmitted, StaffRefused."""

    badge: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LoadDesk:
    """Staff want to see what waits for them. Answer: DeskLoaded."""

    staff: str


@dataclass(frozen=True, slots=True)
class RetryParked:
    """Staff want what the platform did not take to be sent again. Answer: DeskLoaded, when it was tried."""

    staff: str


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Record that somebody asks for staff; `reason` is a code or "". Answer: StaffCalled."""

    reason: str


@dataclass(frozen=True, slots=True)
class EndSession:
    """Wipe whatever workers hold of this session; forget the card on the reader. No answer."""

    session: str


Command = (
    LookUp
    | PreparePaper
    | PrepareSlip
    | PrintPaper
    | VoidPaper
    | CancelPrint
    | RecordWord
    | CallStaff
    | EndSession
    | CheckStaff
    | LoadDesk
    | RetryParked
)
