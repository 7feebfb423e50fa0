"""Reading news, finding people, taking a code along: what touches do on pages without a card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.flow import states as s
from kiosk.flow.article import leaf_at, leaves
from kiosk.flow.browse_states import (
    INITIALS,
    MOST_INITIALS,
    STAFF_PER_PAGE,
    LinkList,
    LinkShown,
    NewsColumns,
    OrganisationInitials,
    OrganisationSearch,
    OrganisationsFound,
)
from kiosk.flow.directory import LETTERS
from kiosk.flow.moves import go, stay
from kiosk.flow.news import COLUMNS, find_notice, slide_of, turns_by_itself
from kiosk.flow.technician_states import Counters, PartList

if TYPE_CHECKING:
    from kiosk.flow.moves import Step
    from kiosk.flow.states import Kiosk, Page


def browse(kiosk: Kiosk, verb: str, value: str) -> Step:
    """A touch on a page of news, organisations or links."""
    match verb, kiosk.page:
        case "news", s.Attract() as page:
            told = slide_of(kiosk, page)
            return go(kiosk, s.NoticeReading(told.id) if told else NewsColumns())
        case "party", s.Home():
            return go(kiosk, NewsColumns())
        case "organisations", s.Home():
            return go(kiosk, s.OrganisationList(top_organisation(kiosk)))
        case "links", s.Home():
            return go(kiosk, LinkList())
        case "notice", s.Home():
            return go(kiosk, s.NoticeReading(value))
        case "column", NewsColumns() if value in COLUMNS:
            return go(kiosk, s.NoticeList(value))
        case "notice", s.NoticeList() as page:
            return go(kiosk, s.NoticeReading(value, page))
        case "link", LinkList(page=number):
            return go(kiosk, LinkShown(value, number))
        case _:
            return _find_people(kiosk, verb, value)


def type_search(kiosk: Kiosk, action: str, text: str) -> Step:
    """What stands in the entry of the search now."""
    if action == "search" and isinstance(kiosk.page, OrganisationSearch):
        return stay(replace(kiosk, page=OrganisationSearch(text)))
    return stay(kiosk)


def back_from(kiosk: Kiosk) -> Page:
    """Where 返回 leads to from a page without a card."""
    match kiosk.page:
        case s.NoticeReading(came_from=came_from) if came_from:
            return came_from
        case s.NoticeList():
            return NewsColumns()
        case s.OrganisationList(parent) if parent and parent != top_organisation(kiosk):
            return s.OrganisationList(_parent_of(kiosk, parent))
        case s.OrganisationReading(came_from=came_from):
            return came_from
        case OrganisationInitials():
            return s.OrganisationList(top_organisation(kiosk))
        case OrganisationSearch():
            return OrganisationInitials()
        case OrganisationsFound(text=text) if text.startswith(INITIALS):
            return OrganisationInitials(text.removeprefix(INITIALS))
        case OrganisationsFound(text=text):
            return OrganisationSearch(text)
        case LinkShown(list_page=number):
            return LinkList(number)
        case s.Home() | s.Attract() | s.Dark():
            return s.Attract()
        case _:
            return s.Home()


def turn_page(kiosk: Kiosk, direction: str) -> Page:
    """The next or previous part of a long list; the view knows how many there are and offers no more."""
    page = kiosk.page
    change = {"next": 1, "previous": -1}.get(direction, 0)
    match page:
        case s.NoticeReading():
            return _turn_leaf(kiosk, page, change)
        case (
            s.NoticeList()
            | s.OrganisationList()
            | s.OrganisationReading()
            | OrganisationsFound()
            | LinkList()
            | s.Services()
            | s.DoubtList()
            | s.ParkedList()
            | PartList()
            | Counters()
        ):
            return replace(page, page=max(0, page.page + change))
        case _:
            return page


def turn_slide(kiosk: Kiosk) -> Step:
    """The time of a slide is over: the next one; or the idle page forgets what somebody chose there."""
    if isinstance(kiosk.page, s.Attract) and turns_by_itself(kiosk):
        return go(kiosk, s.Attract(kiosk.page.slide + 1))
    return stay(kiosk)


def top_organisation(kiosk: Kiosk) -> str:
    """Where looking for an organisation begins: inside the only one at the top; "" = there are several."""
    items = kiosk.world.organisations.items if kiosk.world.organisations else ()
    tops = [item.id for item in items if not item.parent]
    return tops[0] if len(tops) == 1 else ""


def _find_people(kiosk: Kiosk, verb: str, value: str) -> Step:
    match verb, kiosk.page:
        case "organisation", s.OrganisationList() as page:
            return go(kiosk, _organisation(kiosk, page, value))
        case "search", s.OrganisationList():
            return go(kiosk, OrganisationInitials())
        case "type", OrganisationInitials():
            return go(kiosk, OrganisationSearch())
        case "key", OrganisationInitials(keys=keys) if value in LETTERS and len(keys) < MOST_INITIALS:
            return stay(replace(kiosk, page=OrganisationInitials(keys + value)))
        case "erase", OrganisationInitials(keys=keys):
            return stay(replace(kiosk, page=OrganisationInitials(keys[:-1])))
        case "found", OrganisationInitials(keys=keys) if keys:
            return go(kiosk, OrganisationsFound(INITIALS + keys))
        case "found", OrganisationSearch(text=text) if text:
            return go(kiosk, OrganisationsFound(text))
        case "organisation", OrganisationsFound() as page:
            return go(kiosk, s.OrganisationReading(value, page))
        case "member", OrganisationsFound() as page:
            number, _, organisation = value.partition(":")
            at = int(number) if number.isdecimal() else 0
            return go(kiosk, s.OrganisationReading(organisation, page, at // STAFF_PER_PAGE))
        case _:
            return stay(kiosk)


def _organisation(kiosk: Kiosk, page: s.OrganisationList, value: str) -> Page:
    """What has parts opens as a list of them; its own particulars are its first entry."""
    items = kiosk.world.organisations.items if kiosk.world.organisations else ()
    has_parts = value != page.parent and any(item.parent == value for item in items)
    return s.OrganisationList(value) if has_parts else s.OrganisationReading(value, page)


def _turn_leaf(kiosk: Kiosk, page: s.NoticeReading, change: int) -> Page:
    """The page is named by its first piece, so that another text size shows the same words."""
    found = find_notice(kiosk.world, page.notice)
    if found is None:
        return page
    pages = leaves(found.paragraphs, kiosk.preferences.text_size)
    number = min(max(0, leaf_at(pages, page.piece) + change), len(pages) - 1)
    return replace(page, piece=pages[number].first)


def _parent_of(kiosk: Kiosk, organisation: str) -> str:
    items = kiosk.world.organisations.items if kiosk.world.organisations else ()
    return next((item.parent for item in items if item.id == organisation), "")
