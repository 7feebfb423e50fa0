"""Everything the kiosk is at one moment: page, preferences, session, and what it knows of the world."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.scene.contract import Language, TextSize, Theme

if TYPE_CHECKING:
    from datetime import datetime

    from backend_client.contract import (
        Grid,
        Household,
        Member,
        Notices,
        Organisations,
        PlatformCode,
    )
    from devices.contract import DeviceCode, Identity, PrinterStatus
    from kiosk.domain.codes import FlowCode, StoreCode
    from kiosk.domain.eligibility import Reason
    from kiosk.domain.rules import Rules
    from printer_templates.contract import PaperCode

    Code = DeviceCode | PlatformCode | StoreCode | PaperCode | FlowCode


@dataclass(frozen=True, slots=True)
class Times:
    """How long the kiosk waits for people; each can be extended as often as somebody asks."""

    browse: timedelta = timedelta(seconds=60)
    decide: timedelta = timedelta(seconds=60)
    result: timedelta = timedelta(seconds=20)
    fault: timedelta = timedelta(seconds=60)
    warning: timedelta = timedelta(seconds=20)  # before the end


@dataclass(frozen=True, slots=True)
class Plan:
    """What does not change while the kiosk runs."""

    place: str
    phone: str
    rules: Rules
    times: Times = Times()


@dataclass(frozen=True, slots=True)
class Preferences:
    """How this resident wants to see; back to the defaults when a session ends."""

    language: Language = Language.ZH
    text_size: TextSize = TextSize.NORMAL
    theme: Theme = Theme.STANDARD


@dataclass(frozen=True, slots=True)
class World:
    """What is known outside of any session. None = works, or not known yet."""

    now: datetime  # local time
    line: PlatformCode | None = None
    reader: DeviceCode | None = None
    printer: PrinterStatus | None = None
    store: StoreCode | None = None
    notices: Notices | None = None
    organisations: Organisations | None = None
    uncertain: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One person before the kiosk, from the card to the goodbye. `id` is the id of the card reading."""

    id: str
    identity: Identity = field(repr=False)
    household: Household | None = field(default=None, repr=False)
    applicant: Member | None = field(default=None, repr=False)
    name_matches: bool = False


# --- pages without a person -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is there."""


@dataclass(frozen=True, slots=True)
class Home:
    """The three columns."""


@dataclass(frozen=True, slots=True)
class NoticeList:
    """News and notices, `page` counted from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """One article; `list_page` is where it was chosen."""

    notice: str
    list_page: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """The organisations below `parent` ("" = the root)."""

    parent: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class OrganisationReading:
    """Whom to ask in one organisation."""

    organisation: str
    parent: str = ""  # the list where it was chosen
    list_page: int = 0


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
class Purposes:
    """What the certificate is for."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """The paper is being made; an answer comes. `issuance` is "" for a new number."""

    purpose: str
    copies: int
    issuance: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The very paper."""

    purpose: str
    copies: int
    issuance: str
    number: str
    previews: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Job:
    """The paper that is with the printer."""

    issuance: str
    number: str
    pages: int
    impressions: int = 0
    cancelled: bool = False
    card_gone: bool = False  # its person may have left: nobody else may act in this session


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


@dataclass(frozen=True, slots=True)
class TakePaper:
    """It is printed."""

    number: str


@dataclass(frozen=True, slots=True)
class NotOut:
    """The person said that no complete sheet came out; the number is void."""

    number: str


@dataclass(frozen=True, slots=True)
class TakeCard:
    """Only the card is left to take; no data of the person is kept any more."""


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


@dataclass(frozen=True, slots=True)
class StaffCalled:
    """Somebody asked for staff; `back` is where to go on."""

    back: Page
    recorded: bool | None = None  # None = not answered yet


@dataclass(frozen=True, slots=True)
class OutOfService:
    """Nothing useful can be done here."""

    code: Code


BrowsePage = Attract | Home | NoticeList | NoticeReading | OrganisationList | OrganisationReading
CardPage = LayCard | Reading
SessionPage = LookingUp | WhoYouAre | Services | Guide | Purposes | Preparing | Preview
PrintPage = Printing | PrinterWaits | CameOut
ResultPage = TakePaper | NotOut | TakeCard | Ended | Refusal | Trouble
Page = BrowsePage | CardPage | SessionPage | PrintPage | ResultPage | StaffCalled | OutOfService


@dataclass(frozen=True, slots=True)
class Kiosk:
    """The whole state. `turn` grows with every page and every touch; the time limit starts anew with it."""

    plan: Plan
    world: World
    page: Page = Attract()
    preferences: Preferences = Preferences()
    session: Session | None = None
    turn: int = 0
    warned: bool = False
    card_lies: bool = False
    staff_called: bool = False  # from a page that cannot be left, such as Printing


def initial(plan: Plan, now: datetime) -> Kiosk:
    """A kiosk before anything happened."""
    return Kiosk(plan, World(now))
