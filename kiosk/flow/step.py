"""The flow of the kiosk: one pure function, total over every state and every event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.card_steps import tell_card
from kiosk.flow.commands import LoadDesk
from kiosk.flow.content_steps import mind_content, take_picture
from kiosk.flow.means import services_off
from kiosk.flow.moves import go, stay
from kiosk.flow.night_steps import mind_night
from kiosk.flow.rating_steps import mind_rating
from kiosk.flow.scan_steps import tell_code
from kiosk.flow.session_steps import answer
from kiosk.flow.sheet_steps import answer_sheet
from kiosk.flow.staff_steps import answer_staff, mind_check
from kiosk.flow.technician_steps import fill_bench
from kiosk.flow.time_steps import end_turn, warn
from kiosk.flow.touch_steps import tap, type_text
from kiosk.flow.trial_steps import answer_trial

if TYPE_CHECKING:
    from kiosk.flow.events import Event
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import World

_WorldEvent = (
    e.ClockTicked
    | e.LineChanged
    | e.ContentArrived
    | e.PrinterChanged
    | e.StoreFailed
    | e.StoreRecovered
    | e.ReaderRecovered
    | e.OfflineMeansChanged
    | e.HealthChanged
)


def step(kiosk: Kiosk, event: Event) -> Step:
    """What follows from one event: the next state, and the commands to carry out."""
    moved, commands = mind_rating(kiosk, _step(kiosk, event))
    settled = mind_night(_mind_service(mind_check(kiosk, moved, event)), event)
    return mind_content(kiosk, (settled, commands))


def _step(kiosk: Kiosk, event: Event) -> Step:
    match event:
        case e.Tapped(action=action):
            return tap(kiosk, action)
        case e.TextTyped(action=action, text=text):
            return type_text(kiosk, action, text)
        case e.TimeNearlyUp(turn=turn):
            return warn(kiosk, turn)
        case e.TimeUp(turn=turn):
            return end_turn(kiosk, turn)
        case e.CardLaid() | e.CardLifted() | e.IdentityRead() | e.CardRefused() | e.ReaderFailed():
            return tell_card(kiosk, event)
        case e.StaffCalled() | e.PictureLoaded():
            return stay(_note(kiosk, event))
        case e.StaffAdmitted() | e.StaffRefused() | e.DeskLoaded():
            return answer_staff(kiosk, event)
        case e.UncertainPapers(count=count):
            return _note_uncertain(kiosk, count)
        case (
            e.ClockTicked()
            | e.LineChanged()
            | e.ContentArrived()
            | e.PrinterChanged()
            | e.StoreFailed()
            | e.StoreRecovered()
            | e.OfflineMeansChanged()
            | e.ReaderRecovered()
            | e.HealthChanged()
        ):
            return stay(replace(kiosk, world=_learn(kiosk.world, event)))
        case (
            e.HouseholdFound()
            | e.PersonUnknown()
            | e.LookupFailed()
            | e.HouseholdOutOfReach()
            | e.PaperPrepared()
            | e.PreparationFailed()
            | e.PrintAccepted()
            | e.PrintProgressed()
            | e.PrintSettled()
        ):
            return answer(kiosk, event)
        case e.CodeScanned() | e.SheetSettled() | e.TrialFinished() | e.TechnicianLoaded():
            return _tell_device(kiosk, event)
        case _:
            assert_never(event)


def _tell_device(
    kiosk: Kiosk, event: e.CodeScanned | e.SheetSettled | e.TrialFinished | e.TechnicianLoaded
) -> Step:
    match event:
        case e.CodeScanned(text=text):
            return tell_code(kiosk, text)
        case e.SheetSettled():
            return answer_sheet(kiosk, event)
        case e.TrialFinished():
            return answer_trial(kiosk, event)
        case e.TechnicianLoaded():
            return fill_bench(kiosk, event)
        case _:
            assert_never(event)


def _learn(world: World, event: _WorldEvent) -> World:
    match event:
        case e.ClockTicked(now=now):
            return replace(world, now=now)
        case e.LineChanged(code=code):
            return replace(world, line=code)
        case e.ContentArrived(notices=notices, organisations=organisations, links=links):
            return replace(world, notices=notices, organisations=organisations, links=links)
        case e.PrinterChanged(status=status):
            return replace(world, printer=status)
        case e.StoreFailed(code=code):
            return replace(world, store=code)
        case e.StoreRecovered():
            return replace(world, store=None)
        case e.OfflineMeansChanged(as_of=as_of, fresh=fresh):
            return replace(world, register_as_of=as_of, register_is_fresh=fresh)
        case e.ReaderRecovered():
            return replace(world, reader=None)
        case e.HealthChanged(board=board):
            return replace(world, board=board)
        case _:
            assert_never(event)


def _note_uncertain(kiosk: Kiosk, count: int) -> Step:
    """Staff who look at the list get the new one."""
    noted = replace(kiosk, world=replace(kiosk.world, uncertain=count))
    return stay(noted, LoadDesk(kiosk.desk.staff)) if kiosk.desk else stay(noted)


def _note(kiosk: Kiosk, event: e.StaffCalled | e.PictureLoaded) -> Kiosk:
    if isinstance(event, e.PictureLoaded):
        return take_picture(kiosk, event)
    return _note_call(kiosk, event.state)


def _note_call(kiosk: Kiosk, state: e.StaffCallState) -> Kiosk:
    if not isinstance(kiosk.page, s.StaffCalled):
        is_recorded = state is e.StaffCallState.RECORDED
        return replace(kiosk, staff_called=kiosk.staff_called and is_recorded)
    return replace(kiosk, page=replace(kiosk.page, recorded=state is e.StaffCallState.RECORDED))


def _mind_service(kiosk: Kiosk) -> Kiosk:
    """Out of service only while nothing useful is left: no reader, and nothing to read either."""
    world = kiosk.world
    reader_off = services_off(world, kiosk.plan.rules)
    nothing_left = reader_off if not (world.notices or world.organisations) else None
    if nothing_left and isinstance(kiosk.page, s.Attract | s.Dark):
        return go(kiosk, s.OutOfService(nothing_left))[0]
    if isinstance(kiosk.page, s.OutOfService):
        page: s.Page = s.OutOfService(nothing_left) if nothing_left else s.Attract()
        return kiosk if page == kiosk.page else go(kiosk, page)[0]
    return kiosk
