"""What happened. Every event that answers a command carries the session it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from backend_client.contract import Household, Member, Notices, Organisations, Pickup, PlatformCode
    from devices.contract import (
        DeviceCode,
        Identity,
        PrinterStatus,
        PrintOutcome,
        PrintProgress,
    )
    from kiosk.domain.bench import Bench
    from kiosk.domain.codes import StoreCode
    from kiosk.domain.health import Board, Component
    from kiosk.domain.issuance import UncertainPaper
    from kiosk.domain.journal import ParkedItem
    from kiosk.domain.offline import OfflineCode
    from kiosk.flow.browse_states import LinkCode
    from printer_templates.contract import PaperCode


# --- people ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tapped:
    """Somebody touched a control of the present scene; `action` is the action of its node."""

    action: str


@dataclass(frozen=True, slots=True)
class TextTyped:
    """What stands in an entry of the present scene now; `action` is the action of its node."""

    action: str
    text: str = field(repr=False)


# --- time: the engine sends these for the timer of the present turn --------------------------------------


@dataclass(frozen=True, slots=True)
class TimeNearlyUp:
    """The time limit of this turn ends soon."""

    turn: int


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The time limit of this turn has ended."""

    turn: int


@dataclass(frozen=True, slots=True)
class ClockTicked:
    """A new minute: the band shows it. `today` decides validity."""

    now: datetime
    today: date


# --- the card -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CardLaid:
    """A new card lies on the reader; reading has begun."""


@dataclass(frozen=True, slots=True)
class CardLifted:
    """The card that was read has left the reader."""


@dataclass(frozen=True, slots=True)
class IdentityRead:
    """The card was read. `card_read` is the id of this one reading."""

    card_read: str
    identity: Identity = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardRefused:
    """The card on the reader gave no identity."""

    code: DeviceCode


@dataclass(frozen=True, slots=True)
class ReaderFailed:
    """The reader itself is at fault."""

    code: DeviceCode


@dataclass(frozen=True, slots=True)
class ReaderRecovered:
    """The reader works again."""


# --- the platform ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfflineRecord:
    """The household came from the kiosk's own register; `refused` says why that is not enough."""

    as_of: datetime
    refused: OfflineCode | None = None


@dataclass(frozen=True, slots=True)
class HouseholdFound:
    """The household of the session's person; `offline` None = from the platform, just now."""

    session: str
    household: Household = field(repr=False)
    applicant: Member | None = field(repr=False)
    name_matches: bool
    offline: OfflineRecord | None = None
    pickups: tuple[Pickup, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class HouseholdOutOfReach:
    """The line is down (`code`), and the kiosk's own register does not help (`offline`)."""

    session: str
    code: PlatformCode
    offline: OfflineCode


@dataclass(frozen=True, slots=True)
class PersonUnknown:
    """The platform knows nobody with this number."""

    session: str


@dataclass(frozen=True, slots=True)
class LookupFailed:
    """No usable answer of the platform."""

    session: str
    code: PlatformCode


@dataclass(frozen=True, slots=True)
class LineChanged:
    """The line to the platform went down (`code` says how) or came back (None)."""

    code: PlatformCode | None


@dataclass(frozen=True, slots=True)
class OfflineMeansChanged:
    """What the kiosk could do without a line: from when its register is, None = it has none that counts."""

    as_of: datetime | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class ContentArrived:
    """Notices, organisations and links, of the platform or of the cache; each says as of when it is."""

    notices: Notices
    organisations: Organisations
    links: tuple[LinkCode, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureLoaded:
    """A picture that was asked for is here."""

    name: str
    raster: bytes = field(repr=False)


# --- the paper ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaperPrepared:
    """A number is reserved, the PDF is made and was read back; `previews` are PNGs of its pages."""

    session: str
    issuance: str
    number: str
    purpose: str  # what was asked for: an answer to an earlier wish is no answer to this one
    copies: int
    previews: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PreparationFailed:
    """No paper could be made; nothing was reserved, or what was reserved is voided."""

    session: str
    code: PaperCode | StoreCode


@dataclass(frozen=True, slots=True)
class PrintAccepted:
    """The printer has taken the whole document."""

    session: str


@dataclass(frozen=True, slots=True)
class PrintProgressed:
    """The job moves on, or waits for somebody."""

    session: str
    progress: PrintProgress


@dataclass(frozen=True, slots=True)
class PrintSettled:
    """What became of the paper; it stands in the journal already."""

    session: str
    outcome: PrintOutcome


@dataclass(frozen=True, slots=True)
class PrinterChanged:
    """The printer's status is another one now."""

    status: PrinterStatus


# --- the kiosk itself -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoreFailed:
    """The store cannot write (disk full, damaged)."""

    code: StoreCode


@dataclass(frozen=True, slots=True)
class StoreRecovered:
    """The store can write again."""


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """Some component is another way now; the whole board as it is."""

    board: Board


@dataclass(frozen=True, slots=True)
class CodeScanned:
    """Somebody held a code under the scanner."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SheetSettled:
    """What became of a sheet that names nobody: a receipt, a guide, a test page, a report."""

    outcome: PrintOutcome | PaperCode


@dataclass(frozen=True, slots=True)
class TrialFinished:
    """What a device test found by itself; None = only the person there can say."""

    component: Component
    step: str
    passed: bool | None
    code: DeviceCode | None = None
    seen: str = ""  # what the device gave, without a person's data


@dataclass(frozen=True, slots=True)
class TechnicianLoaded:
    """What the technician's pages show beside the board: last tests, refills, counters."""

    staff: str
    bench: Bench


@dataclass(frozen=True, slots=True)
class UncertainPapers:
    """How many papers wait for a person's word, after a restart for instance."""

    count: int


@dataclass(frozen=True, slots=True)
class StaffAdmitted:
    """The PIN was right. `staff` is the id that stands in records."""

    staff: str
    name: str
    technician: bool = False  # may look at the devices and test them


@dataclass(frozen=True, slots=True)
class StaffRefused:
    """Wrong badge or PIN, or too many tries; the next try counts after `wait_s` seconds."""

    wait_s: int


@dataclass(frozen=True, slots=True)
class DeskLoaded:
    """What waits for staff: papers in doubt, and what the platform did not take."""

    staff: str
    uncertain: tuple[UncertainPaper, ...]
    parked: tuple[ParkedItem, ...]
    waiting: int


class StaffCallState(StrEnum):
    """What became of a call for staff."""

    RECORDED = "recorded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StaffCalled:
    """The call for staff was recorded."""

    state: StaffCallState


Event = (
    Tapped
    | TextTyped
    | TimeNearlyUp
    | TimeUp
    | ClockTicked
    | CardLaid
    | CardLifted
    | IdentityRead
    | CardRefused
    | ReaderFailed
    | ReaderRecovered
    | HouseholdFound
    | PersonUnknown
    | LookupFailed
    | HouseholdOutOfReach
    | LineChanged
    | OfflineMeansChanged
    | ContentArrived
    | PictureLoaded
    | PaperPrepared
    | PreparationFailed
    | PrintAccepted
    | PrintProgressed
    | PrintSettled
    | PrinterChanged
    | StoreFailed
    | StoreRecovered
    | UncertainPapers
    | StaffCalled
    | StaffAdmitted
    | StaffRefused
    | DeskLoaded
    | HealthChanged
    | CodeScanned
    | SheetSettled
    | TrialFinished
    | TechnicianLoaded
)
