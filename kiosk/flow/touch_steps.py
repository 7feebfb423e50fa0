"""What touches do. An action that the present page does not offer changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.flow import states as s
from kiosk.flow.browse_steps import back_from, browse, turn_page, type_search
from kiosk.flow.choice_steps import act_in_session
from kiosk.flow.commands import CallStaff
from kiosk.flow.moves import end, go, say_goodbye, stay, touch
from kiosk.flow.night_steps import light_up
from kiosk.flow.preference_steps import prefer
from kiosk.flow.rating_states import RatingPage, RatingReasons
from kiosk.flow.rating_steps import rate
from kiosk.flow.sheet_steps import order_sheet
from kiosk.flow.staff_steps import act_at_desk, act_at_door, back_from_staff

if TYPE_CHECKING:
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk

STAFF_PAGES = s.StaffPage
PRINT_PAGES = s.Printing | s.PrinterWaits | s.CameOut
BROWSE_PAGES = s.BrowsePage


def tap(kiosk: Kiosk, action: str) -> Step:
    """A touch: first what works everywhere, then what this page offers."""
    verb, _, value = action.partition(":")
    kiosk = light_up(kiosk)
    present = touch(kiosk)
    match verb:
        case "more_time":
            return stay(present)
        case "language" | "text_size" | "theme" | "low_reach" | "speech":
            return stay(prefer(present, verb, value))
        case "call_staff":
            return _call_staff(present)
        case "sheet":
            return order_sheet(present)
        case "page":
            return stay(replace(present, page=turn_page(present, value)))
        case "back" | "home" | "finish" if isinstance(kiosk.page, PRINT_PAGES):
            return stay(present)  # a paper under way is brought to its end first
        case "back":
            return _go_back(present)
        case "home":
            return say_goodbye(present) if kiosk.session else end(present, s.Home())
        case "finish":
            return say_goodbye(present)
        case _:
            return (
                _open(present, verb, value) if kiosk.session is None else act_in_session(present, verb, value)
            )


def type_text(kiosk: Kiosk, action: str, text: str) -> Step:
    """What stands in an entry of this page now; what this page does not ask for changes nothing."""
    return type_search(touch(kiosk), action, text)


def _open(kiosk: Kiosk, verb: str, value: str) -> Step:
    """Pages that need no card."""
    if isinstance(kiosk.page, s.StaffDoor):
        return act_at_door(kiosk, kiosk.page, verb, value)
    if isinstance(kiosk.page, RatingPage):
        return rate(kiosk, verb, value)
    if kiosk.desk:
        return act_at_desk(kiosk, kiosk.desk, verb, value)
    match verb, kiosk.page:
        case "start", s.Attract():
            return go(kiosk, s.Home())
        case "services", s.Home() | s.CodeShown():
            return go(kiosk, s.LayCard())
        case "staff", s.Home() | s.OutOfService():
            return go(kiosk, s.StaffDoor())
        case "retry", s.Trouble() | s.Ended():
            return go(kiosk, s.LayCard())
        case _:
            return browse(kiosk, verb, value)


def _go_back(kiosk: Kiosk) -> Step:
    if isinstance(kiosk.page, s.StaffCalled):
        return go(kiosk, kiosk.page.back)
    if isinstance(kiosk.page, BROWSE_PAGES):
        return go(kiosk, back_from(kiosk))
    if isinstance(kiosk.page, STAFF_PAGES):
        return go(kiosk, back_from_staff(kiosk.page))
    if kiosk.session is None:
        return end(kiosk, s.Home())
    return act_in_session(kiosk, "back", "")


def _call_staff(kiosk: Kiosk) -> Step:
    page = kiosk.page
    reason = (
        str(page.code) if isinstance(page, s.Trouble | s.PrinterWaits | s.CameOut | s.OutOfService) else ""
    )
    if isinstance(page, PRINT_PAGES | s.Reading | s.LookingUp | s.Preparing | s.PreparingSlip):
        return stay(replace(kiosk, staff_called=True), CallStaff(reason))  # an answer is on its way
    if isinstance(page, s.StaffCalled):
        return stay(kiosk)
    if isinstance(page, RatingReasons):
        page = s.Home()  # its grade is kept as soon as it is left
    if isinstance(page, STAFF_PAGES):
        page = s.Home()  # nothing that was typed stays behind, and nobody comes back to the desk by it
    return go(kiosk, s.StaffCalled(page, reason=reason), CallStaff(reason))
