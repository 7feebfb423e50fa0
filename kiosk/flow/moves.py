"""The few ways to get from one page to another; nothing else changes page or session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.commands import Command, EndSession
from kiosk.flow.rating_states import Rating

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk, Page

Step: TypeAlias = "tuple[Kiosk, tuple[Command, ...]]"

# Of a card that was left behind. Whoever takes it after that is somebody else than who was served.
MOST_REMINDERS = 3


def stay(kiosk: Kiosk, *commands: Command) -> Step:
    """The same page; its time goes on."""
    return kiosk, commands


def touch(kiosk: Kiosk) -> Kiosk:
    """Somebody is there: the time starts anew, and a warning goes away."""
    return replace(kiosk, turn=kiosk.turn + 1, warned=False)


def go(kiosk: Kiosk, page: Page, *commands: Command) -> Step:
    """Another page, with a time of its own. Whoever leaves the desk is no member of staff any more."""
    desk = kiosk.desk if isinstance(page, s.DeskPage) else None
    return replace(touch(kiosk), page=page, staff_called=False, desk=desk, sheet=None), commands


def forget_person(kiosk: Kiosk) -> Step:
    """End the session on the spot: no data of the person stays in the state or with the workers."""
    if kiosk.session is None:
        return kiosk, ()
    return replace(kiosk, session=None), (EndSession(kiosk.session.id),)


def end(kiosk: Kiosk, page: Page) -> Step:
    """End the session, if there is one, and show `page`; the next one begins with default preferences."""
    forgotten, commands = forget_person(kiosk)
    if isinstance(page, s.Attract):
        forgotten = replace(forgotten, preferences=w.Preferences())
    moved, _ = go(forgotten, page)
    return moved, commands


def say_goodbye(kiosk: Kiosk) -> Step:
    """The person leaves. Paper first, then the card; only then whoever wants to may rate the service."""
    number = _to_rate(kiosk.page)
    if kiosk.card_lies:
        return end(kiosk, s.TakeCard(number))
    return end(kiosk, Rating(number) if number else s.Attract())


def _to_rate(page: Page) -> str:
    """The number of the paper that came out just now, "" = there was none, or its person has gone."""
    match page:
        case s.TakePaper(number) | s.TakeSlip(number):
            return number
        case s.TakeCard(to_rate, reminders) if reminders < MOST_REMINDERS:
            return to_rate
        case _:
            return ""
