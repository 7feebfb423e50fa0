"""组织查询: the tree, the search, and one organisation with its staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.flow import states as s
from kiosk.flow.browse_states import STAFF_PER_PAGE, OrganisationSearch, OrganisationsFound
from kiosk.flow.directory import find
from kiosk.flow.parts import (
    ROWS_PER_PAGE,
    back,
    choice,
    content,
    field,
    foot,
    help_line,
    literal,
    notice,
    pager,
    part_of,
    primary,
    t,
    title,
)
from kiosk.flow.view_browse import age_note, nothing_yet
from kiosk.flow.view_news import urgent_band
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from backend_client.contract import Organisation
    from kiosk.flow.directory import Hit
    from kiosk.flow.states import Kiosk
    from kiosk.scene.contract import Text

Drawn = tuple[str, tuple[Node, ...]]
OrganisationPage = s.OrganisationList | s.OrganisationReading | OrganisationSearch | OrganisationsFound
FOUND_PER_PAGE = 6

_ICONS = {
    "street": "organisations",
    "community": "organisation",
    "grid": "place",
    "party_committee": "party",
    "party_branch": "party",
}


def draw_organisations(kiosk: Kiosk, page: OrganisationPage) -> Drawn:
    """The tree of organisations, what is looked for in it, and one of them."""
    match page:
        case s.OrganisationList():
            return "organisations", _list(kiosk, page)
        case s.OrganisationReading():
            return "organisation", _organisation(kiosk, page)
        case OrganisationSearch():
            return "search", _search(kiosk, page)
        case OrganisationsFound():
            return "found", _found(kiosk, page)
        case _:
            assert_never(page)


def _list(kiosk: Kiosk, page: s.OrganisationList) -> tuple[Node, ...]:
    items = kiosk.world.organisations.items if kiosk.world.organisations else ()
    here = tuple(item for item in items if item.id == page.parent)
    parts = tuple(item for item in items if item.parent == page.parent)
    shown, number, pages = part_of((*here, *parts), page.page, ROWS_PER_PAGE)
    rows = tuple(
        choice(f"organisation:{item.id}", _icon_of(item), literal(item.name), _meaning_of(item))
        for item in shown
    )
    empty = () if items else (notice("empty", nothing_yet(kiosk), "wait"),)
    search: tuple[Node, ...] = ()
    if items and number == 0:
        search = (choice("search", "search", t("search.choice"), t("search.choice_meaning")),)
    return (
        title("organisations.title"),
        help_line("organisations.help"),
        content(*urgent_band(kiosk), *search, *rows, *empty, *age_note(kiosk.world)),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _search(kiosk: Kiosk, page: OrganisationSearch) -> tuple[Node, ...]:
    hits = find(_items(kiosk), page.text)
    note: tuple[Node, ...] = ()
    if page.text:
        words = t("search.count", count=str(len(hits))) if hits else t("search.none")
        note = (notice("count", words, "information" if hits else "warning"),)
    show = (primary("found", "act.show_found", "check"),) if hits else ()
    return (
        title("search.title"),
        help_line("search.help"),
        content(
            Node("search", Role.ENTRY, t("search.entry"), _typed(page.text), action="search"),
            *note,
        ),
        foot(kiosk, back(), *show),
    )


def _found(kiosk: Kiosk, page: OrganisationsFound) -> tuple[Node, ...]:
    hits = find(_items(kiosk), page.text)
    shown, number, pages = part_of(hits, page.page, FOUND_PER_PAGE)
    empty = () if hits else (notice("empty", t("search.none"), "warning"),)
    return (
        title("search.found", count=str(len(hits))),
        content(*(_hit(hit) for hit in shown), *empty),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _hit(hit: Hit) -> Node:
    place = hit.organisation
    if hit.member < 0:
        return choice(f"organisation:{place.id}", _icon_of(place), literal(place.name), _meaning_of(place))
    member = place.staff[hit.member]
    meaning = t("search.member", title=member.title, place=place.name, phone=member.phone)
    return choice(f"member:{hit.member}:{place.id}", "person", literal(member.name), meaning)


def _organisation(kiosk: Kiosk, page: s.OrganisationReading) -> tuple[Node, ...]:
    found = next((item for item in _items(kiosk) if item.id == page.organisation), None)
    if found is None:
        return (title("notices.gone"), help_line("notices.gone_help"), foot(kiosk, back()))
    shown, number, pages = part_of(found.staff, page.page, STAFF_PER_PAGE)
    facts = (("address", found.address), ("hours", found.hours), ("phone", found.phone))
    lines = tuple(field(name, f"organisations.{name}", literal(words)) for name, words in facts if words)
    people = tuple(
        Node(
            f"staff-{at}",
            Role.FIELD,
            literal(member.title),
            t("organisations.member", name=member.name, duties=member.duties, phone=member.phone),
        )
        for at, member in enumerate(shown)
    )
    cards: tuple[Node, ...] = ()
    if lines and number == 0:
        cards = (Node("facts", Role.FIELDS, children=lines),)
    if people:
        cards = (*cards, Node("staff", Role.FIELDS, t("organisations.staff"), children=people))
    return (
        Node("title", Role.TITLE, literal(found.name)),
        *((help_line(f"organisations.kind_{found.kind}"),) if found.kind in _ICONS else ()),
        content(*cards),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _items(kiosk: Kiosk) -> tuple[Organisation, ...]:
    return kiosk.world.organisations.items if kiosk.world.organisations else ()


def _typed(text: str) -> Text | None:
    return literal(text) if text else None


def _icon_of(item: Organisation) -> str:
    if item.kind in _ICONS:
        return _ICONS[item.kind]
    return "organisation" if item.parent else "organisations"


def _meaning_of(item: Organisation) -> Text:
    kind = t(f"organisations.kind_{item.kind}") if item.kind in _ICONS else None
    if kind and item.phone:
        return t("organisations.meaning_kind", kind=kind, phone=item.phone)
    if item.phone:
        return t("organisations.meaning_phone", phone=item.phone)
    return kind or t("organisations.meaning")
