"""组织查询: the tree, the search, and one organisation with its staff."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from kiosk.flow import states as s
from kiosk.flow.browse_states import (
    INITIALS,
    MOST_INITIALS,
    STAFF_PER_PAGE,
    OrganisationInitials,
    OrganisationSearch,
    OrganisationsFound,
)
from kiosk.flow.directory import LETTERS, find
from kiosk.flow.parts import (
    ROWS_PER_PAGE,
    back,
    button,
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
from kiosk.scene.contract import Node, Role, Text

if TYPE_CHECKING:
    from backend_client.contract import Organisation
    from kiosk.flow.directory import Hit
    from kiosk.flow.states import Kiosk

Drawn = tuple[str, tuple[Node, ...]]
OrganisationPage = (
    s.OrganisationList
    | s.OrganisationReading
    | OrganisationInitials
    | OrganisationSearch
    | OrganisationsFound
)
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
        case OrganisationInitials():
            return "initials", _initials(kiosk, page)
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


def _initials(kiosk: Kiosk, page: OrganisationInitials) -> tuple[Node, ...]:
    """Names by their first letters: a few large keys, where typing would be too much."""
    hits = find(_items(kiosk), INITIALS + page.keys)
    typed = tuple((f"letters_{at}", t(f"letters.{key}")) for at, key in enumerate(page.keys))
    shown = Text(f"search.typed_{len(typed)}", typed)
    keys = tuple(
        Node(
            f"key-{key}",
            Role.BUTTON,
            t(f"letters.{key}"),
            action=f"key:{key}",
            enabled=len(page.keys) < MOST_INITIALS,
        )
        for key in LETTERS
    )
    erase = Node(
        "key-erase", Role.BUTTON, t("act.erase"), icon="back", action="erase", enabled=bool(page.keys)
    )
    pad = Node("keypad", Role.KEYPAD, t("search.initials"), shown, children=(*keys, erase))
    return (
        title("search.title"),
        help_line("search.initials_help"),
        content(_count_note(page.keys, len(hits)), pad),
        foot(kiosk, back(), button("type", "act.type", "search"), _show_act(hits)),
    )


def _count_note(typed: str, count: int) -> Node:
    """It stands there from the beginning, so that no key moves away from under a finger."""
    if not typed:
        return notice("count", t("search.waiting"))
    words = t("search.count", count=str(count)) if count else t("search.none")
    return notice("count", words, "information" if count else "warning")


def _show_act(hits: tuple[Hit, ...]) -> Node:
    return replace(primary("found", "act.show_found", "check"), enabled=bool(hits))


def _search(kiosk: Kiosk, page: OrganisationSearch) -> tuple[Node, ...]:
    hits = find(_items(kiosk), page.text)
    return (
        title("search.title"),
        help_line("search.help"),
        content(
            Node("search", Role.ENTRY, t("search.entry"), _typed(page.text), action="search"),
            _count_note(page.text, len(hits)),
        ),
        foot(kiosk, back(), _show_act(hits)),
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
