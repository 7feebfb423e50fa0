"""An idle screen is dark at night. Whatever anybody does lights it, and does no more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.flow import states as s
from kiosk.flow.events import ClockTicked, ContentArrived
from kiosk.flow.moves import go
from kiosk.flow.news import first_urgent
from kiosk.flow.parts import local
from kiosk.flow.world import Preferences

if TYPE_CHECKING:
    from kiosk.flow.events import Event
    from kiosk.flow.states import Kiosk


def mind_night(kiosk: Kiosk, event: Event) -> Kiosk:
    """Only the clock darkens the idle page; the morning and urgent news light it."""
    match kiosk.page:
        case s.Attract() if isinstance(event, ClockTicked) and _may_be_dark(kiosk):
            return go(kiosk, s.Dark())[0]
        case s.Dark() if isinstance(event, ClockTicked | ContentArrived) and not _may_be_dark(kiosk):
            return go(kiosk, s.Attract())[0]
        case _:
            return kiosk


def light_up(kiosk: Kiosk) -> Kiosk:
    """Somebody is there."""
    return go(kiosk, s.Home())[0] if isinstance(kiosk.page, s.Dark) else kiosk


def _may_be_dark(kiosk: Kiosk) -> bool:
    """A card that was forgotten and urgent news are to be seen; whoever chose a look still stands there."""
    is_idle = not kiosk.card_lies and kiosk.preferences == Preferences()
    return is_idle and kiosk.plan.night.holds(local(kiosk.world.now)) and first_urgent(kiosk.world) is None
