"""Orders of the flow. Workers carry them out; what comes of them returns as events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from backend_client.contract import Household, Member
    from devices.contract import Identity
    from kiosk.domain.bench import Refilled
    from kiosk.domain.health import Component
    from kiosk.scene.contract import Language

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
class RecordRating:
    """Keep how somebody rated the service of one number, and owe it to the platform. No answer."""

    number: str
    grade: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """Print a sheet that names nobody: on the receipt printer where one is ready, else on A4.

    A report is A4 always; a test page goes to the printer that it tests. Answer: SheetSettled.
    """

    sheet: SheetWish


@dataclass(frozen=True, slots=True)
class LoadPicture:
    """Bring a picture of the content. Answer: PictureLoaded, as soon as there is one."""

    name: str


@dataclass(frozen=True, slots=True)
class TryDevice:
    """Take one step of a device's test. Answer: TrialFinished."""

    component: Component
    step: str


@dataclass(frozen=True, slots=True)
class RecordTest:
    """Keep what came of a guided test. Answer: TechnicianLoaded."""

    staff: str
    component: Component
    passed: bool
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordRefill:
    """Keep a refill. Answer: TechnicianLoaded."""

    staff: str
    what: Refilled
    sheets: int | None


@dataclass(frozen=True, slots=True)
class LoadBench:
    """A technician wants to see tests, refills and counters. Answer: TechnicianLoaded."""

    staff: str


@dataclass(frozen=True, slots=True)
class EndSession:
    """Wipe whatever workers hold of this session; forget the card on the reader. No answer."""

    session: str


@dataclass(frozen=True, slots=True)
class AcceptanceWish:
    """A receipt for a call for staff; texts are keys of the catalogue's sheet.* section."""

    reason: str  # stable code or ""
    language: Language


@dataclass(frozen=True, slots=True)
class GuideWish:
    """Where to go for one service."""

    service: str
    language: Language


@dataclass(frozen=True, slots=True)
class ReportWish:
    """The readiness report."""

    staff: str


@dataclass(frozen=True, slots=True)
class TrialPageWish:
    """A test page of one printer."""

    component: Component


SheetWish = AcceptanceWish | GuideWish | ReportWish | TrialPageWish

Command = (
    LookUp
    | PreparePaper
    | PrepareSlip
    | PrintPaper
    | VoidPaper
    | CancelPrint
    | RecordWord
    | CallStaff
    | RecordRating
    | EndSession
    | CheckStaff
    | LoadDesk
    | RetryParked
    | PrintSheet
    | LoadPicture
    | TryDevice
    | RecordTest
    | RecordRefill
    | LoadBench
)
