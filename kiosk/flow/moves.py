"""The few ways to get from one page to another; nothing else changes page or session."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.commands import Command, EndSession

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk, Page

Step: TypeAlias = "tuple[Kiosk, tuple[Command, ...]]"


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
    """The person leaves: the card is still to be taken, or nobody is there any more."""
    return end(kiosk, s.TakeCard() if kiosk.card_lies else s.Attract())
