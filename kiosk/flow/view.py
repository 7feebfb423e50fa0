"""From state to scene: what is on the screen follows from the state alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.flow import states as s
from kiosk.flow import view_browse as browse
from kiosk.flow import view_code as code
from kiosk.flow import view_links as links
from kiosk.flow import view_news as news
from kiosk.flow import view_organisations as organisations
from kiosk.flow import view_print as printing
from kiosk.flow import view_result as result
from kiosk.flow import view_session as session
from kiosk.flow import view_slip as slip
from kiosk.flow import view_staff as staff
from kiosk.flow.browse_states import (
    LinkList,
    LinkShown,
    NewsColumns,
    OrganisationInitials,
    OrganisationSearch,
    OrganisationsFound,
)
from kiosk.flow.parts import PRIMARY, band, warning
from kiosk.flow.rating_states import Rated, Rating, RatingReasons
from kiosk.flow.view_rating import draw_rating
from kiosk.scene.contract import Node, Scene, Theme

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk

Drawn = tuple[str, tuple[Node, ...]]  # the scene's name, and its nodes below the band


def view(kiosk: Kiosk) -> Scene:
    """The scene of this state; the engine numbers it."""
    name, nodes = _draw(kiosk)
    dialog = (warning(kiosk),) if kiosk.warned else ()
    chosen = kiosk.preferences
    is_dark = isinstance(kiosk.page, s.Dark)
    return Scene(
        name=name,
        seq=0,
        language=chosen.language,
        text_size=chosen.text_size,
        theme=Theme.CONTRAST_DARK if is_dark and chosen.theme is Theme.STANDARD else chosen.theme,
        nodes=(band(kiosk), *nodes, *dialog),
        low_reach=chosen.low_reach,
        speech=chosen.speech or _speaks_up(kiosk),
        anywhere=PRIMARY if is_dark else "",
    )


def _speaks_up(kiosk: Kiosk) -> bool:
    """A warning and a reminder are read out to everybody: whoever forgets something looks elsewhere."""
    match kiosk.page:
        case s.TakePaper(reminded=True) | s.TakeSlip(reminded=True):
            return True
        case s.TakeCard(reminders=reminders):
            return reminders > 0
        case _:
            return kiosk.warned


def _draw_news(
    kiosk: Kiosk, page: s.Attract | s.Dark | s.Home | NewsColumns | s.NoticeList | s.NoticeReading
) -> Drawn:
    if isinstance(page, s.Attract | s.Dark | s.Home):
        return browse.draw_start(kiosk, page)
    return news.draw_news(kiosk, page)


def _draw(kiosk: Kiosk) -> Drawn:
    page = kiosk.page
    match page:
        case s.Attract() | s.Dark() | s.Home() | NewsColumns() | s.NoticeList() | s.NoticeReading():
            return _draw_news(kiosk, page)
        case (
            s.OrganisationList()
            | s.OrganisationReading()
            | OrganisationInitials()
            | OrganisationSearch()
            | OrganisationsFound()
        ):
            return organisations.draw_organisations(kiosk, page)
        case LinkList() | LinkShown():
            return links.draw_links(kiosk, page)
        case s.LayCard() | s.Reading() | s.LookingUp() | s.WhoYouAre():
            return session.draw_card(kiosk, page)
        case s.Services() | s.Guide() | s.Purposes():
            return session.draw_choice(kiosk, page)
        case s.Preparing() | s.Preview() | s.Printing() | s.PrinterWaits() | s.CameOut():
            return printing.draw_print(kiosk, page)
        case s.Pickups() | s.SlipOffer() | s.PreparingSlip() | s.Slip() | s.TakeSlip() | s.SlipNoted():
            return slip.draw_slip(kiosk, page)
        case Rating() | RatingReasons() | Rated():
            return draw_rating(kiosk, page)
        case s.CodeShown():
            return code.draw_code(kiosk, page)
        case s.TakePaper() | s.NotOut() | s.TakeCard() | s.Ended():
            return result.draw_end(kiosk, page)
        case s.Refusal() | s.Trouble() | s.StaffCalled() | s.OutOfService():
            return result.draw_refusal(kiosk, page)
        case _:
            return staff.draw_staff(kiosk, page)
