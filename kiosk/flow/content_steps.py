"""What new content, and a page that shows a picture, bring about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.flow import states as s
from kiosk.flow.browse_states import ShownPicture
from kiosk.flow.commands import LoadPicture
from kiosk.flow.moves import go
from kiosk.flow.news import current, find_notice, slide_of, slides, turns_by_itself

if TYPE_CHECKING:
    from kiosk.flow.events import PictureLoaded
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import World


def mind_content(before: Kiosk, after: Step) -> Step:
    """Urgent news interrupts who only looks around; a page that shows a picture asks for it."""
    kiosk, commands = after
    if kiosk.world.notices is not before.world.notices:
        kiosk = _tell_urgent(kiosk, _urgent(kiosk.world) - _urgent(before.world))
    if kiosk.urgent and not isinstance(kiosk.page, s.BrowsePage):
        kiosk = replace(kiosk, urgent="")
    kiosk, wish = _mind_picture(kiosk)
    return kiosk, (*commands, *wish)


def take_picture(kiosk: Kiosk, event: PictureLoaded) -> Kiosk:
    """The picture has come; one that is shown no longer is let go."""
    if kiosk.picture is None or kiosk.picture.name != event.name:
        return kiosk
    return replace(kiosk, picture=ShownPicture(event.name, event.raster))


def _urgent(world: World) -> frozenset[str]:
    return frozenset(item.id for item in current(world) if item.urgent)


def _tell_urgent(kiosk: Kiosk, news: frozenset[str]) -> Kiosk:
    if not news:
        return kiosk
    if isinstance(kiosk.page, s.Attract):
        if not turns_by_itself(kiosk):
            return kiosk  # whoever chose another look sees no slides; home tells it
        shown = slides(kiosk.world)
        at = next((at for at, item in enumerate(shown) if item and item.id in news), 0)
        return go(kiosk, s.Attract(at))[0]
    if isinstance(kiosk.page, s.BrowsePage):
        first = next(item.id for item in current(kiosk.world) if item.id in news)
        return replace(kiosk, urgent=first)
    return kiosk


def _mind_picture(kiosk: Kiosk) -> Step:
    """Only the picture of the present page is held."""
    wanted = _wanted_picture(kiosk)
    held = kiosk.picture.name if kiosk.picture else ""
    if wanted == held:
        return kiosk, ()
    if not wanted:
        return replace(kiosk, picture=None), ()
    return replace(kiosk, picture=ShownPicture(wanted)), (LoadPicture(wanted),)


def _wanted_picture(kiosk: Kiosk) -> str:
    match kiosk.page:
        case s.Attract() as page:
            shown = slide_of(kiosk, page)
        case s.NoticeReading(notice, piece=0):
            shown = find_notice(kiosk.world, notice)
        case _:
            return ""
    return shown.picture if shown else ""
