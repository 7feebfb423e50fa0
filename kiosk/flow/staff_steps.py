"""Staff at the kiosk: the door with badge and PIN, the desk, and a word on what is in doubt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import CheckStaff, LoadBench, LoadDesk, RecordWord, RetryParked
from kiosk.flow.moves import go, stay
from kiosk.flow.technician_states import TechnicianPage, Workbench
from kiosk.flow.technician_steps import act_at_bench, back_from_bench
from kiosk.flow.world import Desk

if TYPE_CHECKING:
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk

MOST_DIGITS = 12
_DIGITS = frozenset("0123456789")


def act_at_door(kiosk: Kiosk, page: s.StaffDoor, verb: str, value: str) -> Step:
    """One key. Badge and PIN leave the state with the very touch that hands them in."""
    typed = page.pin if page.asks_pin else page.badge
    match verb:
        case "key" if value in _DIGITS and len(typed) < MOST_DIGITS:
            return _type(kiosk, page, typed + value)
        case "erase":
            return _type(kiosk, page, typed[:-1])
        case "clear":
            return _type(kiosk, page, "")
        case "enter" if typed and page.asks_pin:
            return go(kiosk, s.CheckingStaff(), CheckStaff(page.badge, page.pin))
        case "enter" if typed:
            return go(kiosk, s.StaffDoor(page.badge, asks_pin=True))
        case _:
            return stay(kiosk)


def act_at_desk(kiosk: Kiosk, desk: Desk, verb: str, value: str) -> Step:
    """One choice of a member of staff."""
    if isinstance(kiosk.page, TechnicianPage):
        return act_at_bench(kiosk, desk, verb, value)
    match verb, kiosk.page:
        case "bench", s.StaffDesk() if desk.technician:
            return go(kiosk, Workbench(), LoadBench(desk.staff))
        case "doubts", s.StaffDesk():
            return go(kiosk, s.DoubtList())
        case "parked", s.StaffDesk():
            return go(kiosk, s.ParkedList())
        case "doubt", s.DoubtList(page) if find_doubt(desk, value):
            return go(kiosk, s.Doubt(value, page))
        case "word", s.Doubt(issuance, page) if value in {"yes", "no"}:
            word = RecordWord(issuance, value == "yes", desk.staff)
            return _take_word(kiosk, desk, s.DoubtList(page), word)
        case "resend", s.ParkedList(page, sending=False):
            return go(kiosk, s.ParkedList(page, sending=True), RetryParked(desk.staff))
        case _:
            return stay(kiosk)


def find_doubt(desk: Desk, issuance: str) -> bool:
    """True where this paper still waits for a word."""
    return any(paper.issuance == issuance for paper in desk.uncertain)


def back_from_staff(page: s.StaffPage) -> s.Page:
    """Where 返回 leads to; back from the PIN, the badge is to be typed anew."""
    if isinstance(page, TechnicianPage):
        return back_from_bench(page)
    match page:
        case s.StaffDoor(asks_pin=True):
            return s.StaffDoor()
        case s.Doubt(list_page=number):
            return s.DoubtList(number)
        case s.DoubtList() | s.ParkedList():
            return s.StaffDesk()
        case _:
            return s.Home()


def answer_staff(kiosk: Kiosk, event: e.StaffAdmitted | e.StaffRefused | e.DeskLoaded) -> Step:
    """What the workers answer to staff."""
    match event:
        case e.DeskLoaded():
            return _fill_desk(kiosk, event)
        case e.StaffAdmitted() | e.StaffRefused():
            return _let_in(kiosk, event)


def mind_check(before: Kiosk, after: Kiosk, event: e.Event) -> Kiosk:
    """The answer to a check that was given up must not let in whoever comes next."""
    gave_up = isinstance(before.page, s.CheckingStaff) and not isinstance(after.page, s.CheckingStaff)
    if not gave_up or isinstance(event, e.StaffAdmitted | e.StaffRefused):
        return after
    return replace(after, stale_checks=after.stale_checks + 1)


def _let_in(kiosk: Kiosk, event: e.StaffAdmitted | e.StaffRefused) -> Step:
    """An answer of the check, taken only by the page that waits for this very one."""
    if kiosk.stale_checks:
        return stay(replace(kiosk, stale_checks=kiosk.stale_checks - 1))
    if not isinstance(kiosk.page, s.CheckingStaff):
        return stay(kiosk)
    match event:
        case e.StaffAdmitted(staff=staff, technician=technician):
            admitted, _ = go(kiosk, s.StaffDesk())
            return replace(admitted, desk=Desk(staff, technician=technician)), (LoadDesk(staff),)
        case e.StaffRefused(wait_s=wait_s):
            note = s.DoorNote.WAIT if wait_s > 0 else s.DoorNote.WRONG
            return go(kiosk, s.StaffDoor(note=note, wait_s=max(0, wait_s)))


def _fill_desk(kiosk: Kiosk, event: e.DeskLoaded) -> Step:
    """What waits for staff, as long as that member of staff is there."""
    if kiosk.desk is None or kiosk.desk.staff != event.staff:
        return stay(kiosk)
    desk = replace(
        kiosk.desk, uncertain=event.uncertain, parked=event.parked, waiting=event.waiting, loaded=True
    )
    filled = replace(kiosk, desk=desk)
    match kiosk.page:
        case s.Doubt(issuance, page) if not find_doubt(desk, issuance):
            return go(filled, s.DoubtList(page))  # it was settled meanwhile
        case s.ParkedList(page, sending=True):
            return go(filled, s.ParkedList(page))
        case _:
            return stay(filled)


def _type(kiosk: Kiosk, page: s.StaffDoor, typed: str) -> Step:
    changed = replace(page, pin=typed) if page.asks_pin else replace(page, badge=typed)
    return stay(replace(kiosk, page=replace(changed, note=None, wait_s=0)))


def _take_word(kiosk: Kiosk, desk: Desk, page: s.DoubtList, word: RecordWord) -> Step:
    """Nobody is asked twice about one paper, even if the desk is loaded before the word is written."""
    left = tuple(paper for paper in desk.uncertain if paper.issuance != word.issuance)
    moved, _ = go(kiosk, page)
    return replace(moved, desk=replace(desk, uncertain=left)), (word, LoadDesk(desk.staff))
