"""What pages rest on: the plan of this kiosk, what it knows of the world, the session, the staff's desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.domain.health import Board
from kiosk.scene.contract import Language, TextSize, Theme

if TYPE_CHECKING:
    from datetime import datetime

    from backend_client.contract import (
        Household,
        Member,
        Notices,
        Organisations,
        Pickup,
        PlatformCode,
    )
    from devices.contract import DeviceCode, Identity, PrinterStatus
    from kiosk.domain.bench import Bench
    from kiosk.domain.codes import StoreCode
    from kiosk.domain.issuance import UncertainPaper
    from kiosk.domain.journal import ParkedItem
    from kiosk.domain.rules import Rules
    from kiosk.flow.browse_states import LinkCode


@dataclass(frozen=True, slots=True)
class Times:
    """How long the kiosk waits for people; each can be extended as often as somebody asks."""

    browse: timedelta = timedelta(seconds=60)
    slide: timedelta = timedelta(seconds=10)
    decide: timedelta = timedelta(seconds=60)
    result: timedelta = timedelta(seconds=20)
    fault: timedelta = timedelta(seconds=60)
    staff: timedelta = timedelta(minutes=5)
    rating: timedelta = timedelta(seconds=20)
    warning: timedelta = timedelta(seconds=20)  # before the end
    unhurried: int = 2  # as many times as long for whoever needs large text or listens


@dataclass(frozen=True, slots=True)
class Night:
    """The hours of the day in which an idle screen is dark, from the first on, before the second."""

    from_hour: int = 0
    until_hour: int = 0  # the same hour: never

    def holds(self, now: datetime) -> bool:
        """Whether it is night."""
        if self.from_hour <= self.until_hour:
            return self.from_hour <= now.hour < self.until_hour
        return now.hour >= self.from_hour or now.hour < self.until_hour


@dataclass(frozen=True, slots=True)
class Plan:
    """What does not change while the kiosk runs."""

    place: str
    phone: str
    rules: Rules
    times: Times = Times()
    verify_url: str = ""  # what the codes on certificates begin with
    tray_sheets: int = 250  # what a full tray of the page printer holds
    night: Night = Night()


@dataclass(frozen=True, slots=True)
class Preferences:
    """How this resident wants to see; back to the defaults when a session ends."""

    language: Language = Language.ZH
    text_size: TextSize = TextSize.NORMAL
    theme: Theme = Theme.STANDARD
    low_reach: bool = False  # everything touchable in the lower half
    speech: bool = False  # pages are read out, and people get more time


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
    links: tuple[LinkCode, ...] = ()
    uncertain: int = 0
    register_as_of: datetime | None = None  # of the kiosk's own register; None = none that counts
    register_is_fresh: bool = False  # recent enough for certificates without a line
    board: Board = field(default_factory=Board)  # how every component is


class SheetStage(StrEnum):
    """What became of a sheet that names nobody."""

    PRINTING = "printing"
    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class SheetNote:
    """What the present page says of the sheet that was asked for on it."""

    stage: SheetStage
    code: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The latest attempt to print one number in this session; another one would supersede it."""

    issuance: str
    number: str
    purpose: str
    copies: int
    pickup: str = ""
    count: int = 1  # the number's attempts in this session


@dataclass(frozen=True, slots=True)
class Session:
    """One person before the kiosk, from the card to the goodbye. `id` is the id of the card reading."""

    id: str
    identity: Identity = field(repr=False)
    household: Household | None = field(default=None, repr=False)
    applicant: Member | None = field(default=None, repr=False)
    name_matches: bool = False
    offline_as_of: datetime | None = None  # the household is of the kiosk's own register, as of then
    pickups: tuple[Pickup, ...] = field(default=(), repr=False)
    attempt: Attempt | None = None
    unanswered: int = 0  # papers that were ordered and given up: their answers are still to come


@dataclass(frozen=True, slots=True)
class Desk:
    """A member of staff before the kiosk, and what waits for them; `loaded` False = not answered yet.

    `bench` is there for technicians, and None until it was read.
    """

    staff: str
    uncertain: tuple[UncertainPaper, ...] = ()
    parked: tuple[ParkedItem, ...] = ()
    waiting: int = 0
    loaded: bool = False
    technician: bool = False
    bench: Bench | None = None
