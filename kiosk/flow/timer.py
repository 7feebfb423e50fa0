"""How long each page waits. Time itself comes as events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from kiosk.domain.trials import LONGEST_TRIAL_S
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.browse_states import (
    ContentPage,
    LinkList,
    LinkShown,
    NewsColumns,
    OrganisationInitials,
    OrganisationSearch,
    OrganisationsFound,
)
from kiosk.flow.news import turns_by_itself
from kiosk.flow.rating_states import Rated, Rating, RatingReasons
from kiosk.flow.technician_states import (
    Counters,
    FaultSearch,
    Part,
    PartList,
    RefillCount,
    RefillList,
    Trial,
    TrialOver,
    TrialStage,
    Workbench,
)
from kiosk.scene.contract import TextSize

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import Times

# Pages on which people read and choose.
_PatientPage = (
    s.Home
    | s.NoticeList
    | s.NoticeReading
    | s.OrganisationList
    | s.OrganisationReading
    | ContentPage
    | s.CodeShown
    | s.LayCard
    | s.SlipOffer
    | s.Slip
    | s.SlipNoted
    | s.ChoicePage
    | s.PrinterWaits
    | s.CameOut
    | s.NotOut
    | s.Refusal
    | s.Trouble
    | s.StaffCalled
    | s.StaffDoor
    | s.DeskPage
    | Rating
    | RatingReasons
)
# Who reads large letters, or listens, needs longer for the same page.
_LARGE = frozenset({TextSize.LARGE, TextSize.LARGEST})

# An answer that has to come, but may not when something hangs.
READING_LIMIT = timedelta(seconds=10)
LOOKUP_LIMIT = timedelta(seconds=15)
PREPARING_LIMIT = timedelta(seconds=20)
# A PIN is checked slowly on purpose.
CHECK_LIMIT = timedelta(seconds=20)
# The printer's driver gives up after its own patience; this only asks it to.
PRINT_LIMIT = timedelta(seconds=180)
# A paper must not come out when the person has gone: whoever waits for staff says so now and then.
PAPER_LIMIT = timedelta(seconds=120)
# A device's step may wait for a person; this is for a worker that hangs.
TRIAL_LIMIT = timedelta(seconds=LONGEST_TRIAL_S + 15)


@dataclass(frozen=True, slots=True)
class Timer:
    """The limit of one turn; `warn_after` None = no warning, nobody loses anything."""

    turn: int
    end_after: timedelta
    warn_after: timedelta | None = None


def timer(kiosk: Kiosk) -> Timer | None:
    """The limit of the present turn; None where nobody is waited for."""
    times = kiosk.plan.times
    match kiosk.page:
        case s.Attract() if kiosk.preferences != w.Preferences():
            return Timer(kiosk.turn, times.browse * pace(kiosk))  # whoever chose a language there has gone
        case s.Attract() if turns_by_itself(kiosk):
            return Timer(kiosk.turn, times.slide)
        case s.Attract() | s.Dark() | s.OutOfService():
            return None
        case s.Reading():
            return Timer(kiosk.turn, READING_LIMIT)
        case s.LookingUp():
            return Timer(kiosk.turn, LOOKUP_LIMIT)
        case s.Preparing() | s.PreparingSlip():
            return Timer(kiosk.turn, PREPARING_LIMIT)
        case s.CheckingStaff():
            return Timer(kiosk.turn, CHECK_LIMIT)
        case s.Printing():
            return Timer(kiosk.turn, PRINT_LIMIT)
        case Trial(stage=TrialStage.WORKING):
            return Timer(kiosk.turn, TRIAL_LIMIT)
        case s.TakePaper() | s.TakeSlip() | s.TakeCard() | s.Ended() | Rated():
            return Timer(kiosk.turn, times.result * pace(kiosk))
        case _:
            return _warned(kiosk, _patience(kiosk.page, times) * pace(kiosk))


def pace(kiosk: Kiosk) -> int:
    """How many times as long people get; 1 = the usual time."""
    chosen = kiosk.preferences
    return kiosk.plan.times.unhurried if chosen.speech or chosen.text_size in _LARGE else 1


def _patience(page: _PatientPage, times: Times) -> timedelta:
    """How long somebody may think before being asked whether they are still there."""
    match page:
        case s.PrinterWaits():
            return PAPER_LIMIT
        case (
            s.Trouble() | s.Refusal() | s.NotOut() | s.StaffCalled() | s.CameOut() | s.Slip() | s.SlipNoted()
        ):
            return times.fault
        case s.StaffDesk() | s.DoubtList() | s.Doubt() | s.ParkedList():
            return times.staff
        case (
            Workbench()
            | PartList()
            | Part()
            | Trial()
            | TrialOver()
            | FaultSearch()
            | RefillList()
            | RefillCount()
            | Counters()
        ):
            return times.staff
        case s.Home() | s.NoticeList() | s.NoticeReading() | s.OrganisationList() | s.OrganisationReading():
            return times.browse
        case s.CodeShown():
            return times.browse
        case (
            NewsColumns()
            | OrganisationInitials()
            | OrganisationSearch()
            | OrganisationsFound()
            | LinkList()
            | LinkShown()
        ):
            return times.browse
        case s.StaffDoor():
            return times.browse
        case s.WhoYouAre() | s.Pickups() | s.Services() | s.Guide() | s.Purposes() | s.Preview():
            return times.decide
        case s.LayCard() | s.SlipOffer():
            return times.decide
        case Rating() | RatingReasons():
            return times.rating
        case _:
            assert_never(page)


def _warned(kiosk: Kiosk, limit: timedelta) -> Timer:
    """The warning comes in addition, so that a short limit still leaves its full time."""
    return Timer(kiosk.turn, limit + kiosk.plan.times.warning, limit)
