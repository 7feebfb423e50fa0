"""Everything the kiosk is at one moment: the closed union of its pages, and what stands around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.flow.browse_states import ContentPage, OrganisationsFound
from kiosk.flow.rating_states import RatingPage
from kiosk.flow.technician_states import TechnicianPage
from kiosk.flow.world import Preferences, World

if TYPE_CHECKING:
    from datetime import datetime

    from backend_client.contract import Grid, PlatformCode
    from devices.contract import DeviceCode
    from kiosk.domain.codes import FlowCode, HealthCode, ScreenCode, StoreCode
    from kiosk.domain.eligibility import Reason
    from kiosk.domain.offline import OfflineCode
    from kiosk.flow.browse_states import ShownPicture
    from kiosk.flow.world import Desk, Plan, Session, SheetNote
    from printer_templates.contract import PaperCode

    Code = DeviceCode | PlatformCode | StoreCode | PaperCode | FlowCode | HealthCode | ScreenCode


# --- pages without a person -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is there. `slide` counts on for ever; which one that is, the content decides."""

    slide: int = 0


@dataclass(frozen=True, slots=True)
class Dark:
    """Nobody is there, and it is night."""


@dataclass(frozen=True, slots=True)
class Home:
    """The three columns."""


@dataclass(frozen=True, slots=True)
class NoticeList:
    """The notices of one column, `page` counted from 0."""

    column: str = "party"
    page: int = 0


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """One article, at the page that holds its `piece`; None = it was not chosen from a list."""

    notice: str
    came_from: NoticeList | None = None
    piece: int = 0


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """The organisations below `parent` ("" = the root)."""

    parent: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class OrganisationReading:
    """Whom to ask in one organisation; `page` is that of its staff."""

    organisation: str
    came_from: OrganisationList | OrganisationsFound = OrganisationList()
    page: int = 0


class CodeKind(StrEnum):
    """What a code under the scanner is."""

    CERTIFICATE = "certificate"
    PICKUP = "pickup"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CodeShown:
    """What the code under the scanner is for; `number` is all that is kept of it."""

    kind: CodeKind
    number: str = ""


@dataclass(frozen=True, slots=True)
class LayCard:
    """Waits for a card."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader reads; it answers."""


# --- pages of a session -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookingUp:
    """The platform was asked; it answers."""


@dataclass(frozen=True, slots=True)
class WhoYouAre:
    """Person and household, masked."""


@dataclass(frozen=True, slots=True)
class Pickups:
    """Which of the certificates that were asked for before, and wait to be printed."""


@dataclass(frozen=True, slots=True)
class Services:
    """Which service; `not_issued` = the list of proofs that no community issues."""

    page: int = 0
    not_issued: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """Where a service is to be had and what to bring."""

    service: str
    back: Services


@dataclass(frozen=True, slots=True)
class SlipOffer:
    """No certificate while the line is down, and why; the request can be taken and printed later."""

    reason: OfflineCode


@dataclass(frozen=True, slots=True)
class Purposes:
    """What the certificate is for; `slip_for` = why there is only a slip now, None = it is printed now."""

    slip_for: OfflineCode | None = None


@dataclass(frozen=True, slots=True)
class Preparing:
    """The paper is being made; an answer comes. `issuance` is "" for a new number or a new attempt."""

    purpose: str
    copies: int
    issuance: str = ""
    pickup: str = ""  # the pick-up number that this paper answers
    reprint_of: str = ""  # the attempt that failed


@dataclass(frozen=True, slots=True)
class PreparingSlip:
    """The request is being noted and its slip is being made; an answer comes."""

    purpose: str
    reason: OfflineCode


@dataclass(frozen=True, slots=True)
class Preview:
    """The very paper."""

    purpose: str
    copies: int
    issuance: str
    number: str
    previews: tuple[bytes, ...] = field(repr=False)
    pickup: str = ""
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Slip:
    """The pick-up number. The request is noted already, whether the slip is printed or not."""

    issuance: str
    number: str


@dataclass(frozen=True, slots=True)
class Job:
    """The paper that is with the printer."""

    issuance: str
    number: str
    pages: int
    impressions: int = 0
    cancelled: bool = False
    card_gone: bool = False  # its person may have left: nobody else may act in this session
    is_slip: bool = False


@dataclass(frozen=True, slots=True)
class Printing:
    """The printer works; the end of it always comes as an event."""

    job: Job


@dataclass(frozen=True, slots=True)
class PrinterWaits:
    """The job waits for somebody: paper, cover, toner."""

    job: Job
    code: DeviceCode


@dataclass(frozen=True, slots=True)
class CameOut:
    """Nobody but the person there can say whether a complete sheet came out."""

    job: Job
    code: DeviceCode


class Reprint(StrEnum):
    """Whether the same number may be printed once more, here and now."""

    NONE = "none"
    OFFERED = "offered"
    USED_UP = "used_up"  # tried often enough: staff must look at the printer


@dataclass(frozen=True, slots=True)
class TakePaper:
    """It is printed; `reminded` = said a second time."""

    number: str
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class NotOut:
    """The person said that no complete sheet came out; with `reprint` the session goes on."""

    number: str
    reprint: Reprint = Reprint.NONE


@dataclass(frozen=True, slots=True)
class TakeSlip:
    """The slip is printed; `reminded` = said a second time."""

    number: str
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class SlipNoted:
    """The request is noted, and there is no slip in hand: its number is to be written down.

    `number` "" = whoever stands there now may be somebody else. `code` = why nothing was printed.
    """

    number: str
    code: DeviceCode | FlowCode | None = None


@dataclass(frozen=True, slots=True)
class TakeCard:
    """Only the card is left to take; no data of the person is kept any more.

    `to_rate` is the number of the paper that may be rated afterwards, "" = none.
    """

    to_rate: str = ""
    reminders: int = 0  # while it lies there it is said again and again


class Ending(StrEnum):
    """Why a session ended before it was done."""

    CARD_LIFTED = "card_lifted"
    TIME_UP = "time_up"


@dataclass(frozen=True, slots=True)
class Ended:
    """The session ended early, and its data are gone."""

    why: Ending


@dataclass(frozen=True, slots=True)
class Refusal:
    """No certificate, why, and what to do. It stays readable when the card is lifted; it names nobody."""

    reasons: tuple[Reason, ...]
    by_staff: bool = False  # a person of the community must look at it
    grid: Grid | None = None  # whom to ask


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something does not work; `can_retry` where doing it again may help."""

    code: Code
    can_retry: bool = False
    reprint: Reprint = Reprint.NONE


@dataclass(frozen=True, slots=True)
class StaffCalled:
    """Somebody asked for staff; `back` is where to go on."""

    back: Page
    recorded: bool | None = None  # None = not answered yet
    reason: str = ""  # a stable code, for whoever takes it up


@dataclass(frozen=True, slots=True)
class OutOfService:
    """Nothing useful can be done here."""

    code: Code


# --- pages of staff: no resident's session ever stands with them ------------------------------------------


class DoorNote(StrEnum):
    """Why staff were not let in just now."""

    WRONG = "wrong"
    WAIT = "wait"
    SILENT = "silent"  # no answer in time


@dataclass(frozen=True, slots=True)
class StaffDoor:
    """Badge number, then PIN. What was typed is gone with this page."""

    badge: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    asks_pin: bool = False
    note: DoorNote | None = None
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class CheckingStaff:
    """Badge and PIN are being checked; an answer comes."""


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """How much waits for staff."""


@dataclass(frozen=True, slots=True)
class DoubtList:
    """Papers of which only a person can say whether they came out."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """One such paper."""

    issuance: str
    list_page: int = 0


@dataclass(frozen=True, slots=True)
class ParkedList:
    """Records that the platform did not take; `sending` = they are being sent again."""

    page: int = 0
    sending: bool = False


BrowsePage = (
    Attract
    | Dark
    | Home
    | NoticeList
    | NoticeReading
    | OrganisationList
    | OrganisationReading
    | CodeShown
    | ContentPage
)
IdlePage = Attract | Dark | OutOfService
CardPage = LayCard | Reading
ChoicePage = WhoYouAre | Pickups | Services | Guide | Purposes | Preview
SlipPage = SlipOffer | PreparingSlip | Slip
SessionPage = LookingUp | ChoicePage | Preparing | SlipPage
PrintPage = Printing | PrinterWaits | CameOut
ResultPage = TakePaper | TakeSlip | SlipNoted | NotOut | TakeCard | Ended | Refusal | Trouble | RatingPage
DoorPage = StaffDoor | CheckingStaff
DeskPage = StaffDesk | DoubtList | Doubt | ParkedList | TechnicianPage
StaffPage = DoorPage | DeskPage
Page = BrowsePage | CardPage | SessionPage | PrintPage | ResultPage | StaffPage | StaffCalled | OutOfService


@dataclass(frozen=True, slots=True)
class Kiosk:
    """The whole state. `turn` grows with every page and every touch; the time limit starts anew with it."""

    plan: Plan
    world: World
    page: Page = Attract()
    preferences: Preferences = field(default_factory=Preferences)
    session: Session | None = None
    desk: Desk | None = None
    turn: int = 0
    warned: bool = False
    card_lies: bool = False
    staff_called: bool = False  # from a page that cannot be left, such as Printing
    stale_checks: int = 0  # badges whose check was given up: their answers let nobody in
    sheet: SheetNote | None = None  # of the present page
    sheets_under_way: int = 0  # ordered and not answered yet, from whatever page
    picture: ShownPicture | None = None  # of the present page, and of no other
    urgent: str = ""  # the notice that became urgent while somebody looks around


def initial(plan: Plan, now: datetime) -> Kiosk:
    """A kiosk before anything happened."""
    return Kiosk(plan, World(now))
