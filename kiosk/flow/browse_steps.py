"""Reading news and finding people: pages without a card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.flow import states as s
from kiosk.flow.technician_states import Counters, PartList

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk, Page


def back_from(kiosk: Kiosk) -> Page:
    """Where 返回 leads to from a page without a card."""
    match kiosk.page:
        case s.NoticeReading(list_page=page):
            return s.NoticeList(page)
        case s.OrganisationList(parent) if parent and parent != top_organisation(kiosk):
            return s.OrganisationList(_parent_of(kiosk, parent))
        case s.OrganisationReading(parent=parent, list_page=page):
            return s.OrganisationList(parent, page)
        case s.Home() | s.Attract():
            return s.Attract()
        case _:
            return s.Home()


def turn_page(kiosk: Kiosk, direction: str) -> Page:
    """The next or previous part of a long list; the view knows how many there are and offers no more."""
    page = kiosk.page
    change = {"next": 1, "previous": -1}.get(direction, 0)
    match page:
        case (
            s.NoticeList()
            | s.NoticeReading()
            | s.OrganisationList()
            | s.Services()
            | s.DoubtList()
            | s.ParkedList()
            | PartList()
            | Counters()
        ):
            return replace(page, page=max(0, page.page + change))
        case _:
            return page


def top_organisation(kiosk: Kiosk) -> str:
    """Where looking for an organisation begins: inside the only one at the top; "" = there are several."""
    items = kiosk.world.organisations.items if kiosk.world.organisations else ()
    tops = [item.id for item in items if not item.parent]
    return tops[0] if len(tops) == 1 else ""


def _parent_of(kiosk: Kiosk, organisation: str) -> str:
    items = kiosk.world.organisations.items if kiosk.world.organisations else ()
    return next((item.parent for item in items if item.id == organisation), "")
