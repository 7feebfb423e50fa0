"""The end of a time limit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend_client.contract import PlatformCode
from devices.contract import DeviceCode
from kiosk.domain.codes import FlowCode
from kiosk.flow import states as s
from kiosk.flow.browse_steps import turn_slide
from kiosk.flow.commands import CancelPrint
from kiosk.flow.moves import MOST_REMINDERS, end, go, say_goodbye, stay, touch
from kiosk.flow.news import turns_by_itself
from kiosk.flow.paper_steps import is_reprint
from kiosk.flow.technician_states import Trial, TrialStage
from kiosk.flow.trial_steps import give_up_trial
from kiosk.flow.world import Preferences

if TYPE_CHECKING:
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk


def warn(kiosk: Kiosk, turn: int) -> Step:
    """Ask whether somebody is still there; a touch since then has answered already."""
    return stay(replace(kiosk, warned=True)) if turn == kiosk.turn else stay(kiosk)


def end_turn(kiosk: Kiosk, turn: int) -> Step:
    """The time of this turn is over. A print is asked to stop, but its outcome is awaited."""
    if turn != kiosk.turn:
        return stay(kiosk)
    match kiosk.page:
        case s.OutOfService() | s.Dark():
            return stay(kiosk)
        case s.Attract() if turns_by_itself(kiosk):
            return turn_slide(kiosk)
        case s.Reading():
            return go(kiosk, s.Trouble(DeviceCode.READER_SILENT))
        case s.LookingUp():
            return go(kiosk, s.Trouble(PlatformCode.TOO_SLOW, can_retry=True))
        case s.Preparing() | s.PreparingSlip() as page:
            return _give_up_paper(kiosk, page)
        case s.CheckingStaff():
            return go(kiosk, s.StaffDoor(note=s.DoorNote.SILENT))
        case Trial(stage=TrialStage.WORKING) as trial:
            return give_up_trial(kiosk, trial)
        case s.Printing() | s.PrinterWaits() as page:
            return _stop_waiting(kiosk, page)
        case s.TakePaper(reminded=False) | s.TakeSlip(reminded=False) as page:
            return stay(replace(touch(kiosk), page=replace(page, reminded=True)))
        case s.TakeCard() as page if kiosk.card_lies:
            return _remind_of_card(kiosk, page)
        case _:
            return end(kiosk, s.Ended(s.Ending.TIME_UP)) if kiosk.session else say_goodbye(kiosk)


def _remind_of_card(kiosk: Kiosk, page: s.TakeCard) -> Step:
    """As long as it lies there. After some time its person has gone, and so have their preferences."""
    if page.reminders + 1 >= MOST_REMINDERS:
        kiosk = replace(kiosk, preferences=Preferences())
    return stay(replace(touch(kiosk), page=replace(page, reminders=page.reminders + 1)))


def _give_up_paper(kiosk: Kiosk, page: s.Preparing | s.PreparingSlip) -> Step:
    """Its answer may still come, and is none to any later wish."""
    session = kiosk.session
    if session:
        kiosk = replace(kiosk, session=replace(session, unanswered=session.unanswered + 1))
    return go(kiosk, s.Trouble(FlowCode.NO_ANSWER, can_retry=not is_reprint(page)))


def _stop_waiting(kiosk: Kiosk, page: s.Printing | s.PrinterWaits) -> Step:
    if kiosk.session is None or page.job.cancelled:
        # The printer's worker hangs. The journal will settle the paper; the kiosk is for the next person.
        code = FlowCode.NO_ANSWER
        number = "" if page.job.card_gone else page.job.number
        return end(kiosk, s.SlipNoted(number, code) if page.job.is_slip else s.Trouble(code))
    asked = replace(page, job=replace(page.job, cancelled=True))
    return stay(replace(touch(kiosk), page=asked), CancelPrint(kiosk.session.id))
