"""Pages for everyone: attract, home, news and notices, whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.flow import states as s
from kiosk.flow.means import LineMeans, line_means, services_off
from kiosk.flow.parts import (
    ROWS_PER_PAGE,
    back,
    button,
    choice,
    content,
    day_text,
    field,
    foot,
    help_line,
    literal,
    notice,
    off_text,
    pager,
    part_of,
    picture,
    primary,
    staff_way_in,
    t,
    title,
)
from kiosk.flow.state_notes import content_age, store_note, what_works
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from backend_client.contract import Notice, Organisation
    from kiosk.flow.states import Kiosk
    from kiosk.scene.contract import Text

Drawn = tuple[str, tuple[Node, ...]]
PARAGRAPHS_PER_PAGE = 3
STAFF_SHOWN = 4

_ICONS = {"street": "organisations", "community": "organisation", "grid": "place"}


def draw_news(kiosk: Kiosk, page: s.Attract | s.Home | s.NoticeList | s.NoticeReading) -> Drawn:
    """Attract, home, the list of notices and one of them."""
    match page:
        case s.Attract():
            return "attract", _attract(kiosk)
        case s.Home():
            return "home", _home(kiosk)
        case s.NoticeList():
            return "notices", _notices(kiosk, page)
        case s.NoticeReading():
            return "notice", _notice(kiosk, page)
        case _:
            assert_never(page)


def draw_organisations(kiosk: Kiosk, page: s.OrganisationList | s.OrganisationReading) -> Drawn:
    """The tree of organisations and one of them."""
    if isinstance(page, s.OrganisationList):
        return "organisations", _organisations(kiosk, page)
    return "organisation", _organisation(kiosk, page)


def _attract(kiosk: Kiosk) -> tuple[Node, ...]:
    world = kiosk.world
    notes = []
    if kiosk.card_lies:
        notes.append(notice("card-left", t("attract.card_left"), "card"))
    off = services_off(world, kiosk.plan.rules)
    if off:
        notes.append(notice("reader", off_text(off), "warning"))
    else:
        notes += store_note(world)
    slips = line_means(world) is LineMeans.SLIPS
    return (
        title("attract.title"),
        help_line("attract.help_slips" if slips else "attract.help"),
        content(picture("welcome"), *notes, *what_works(world)),
        foot(kiosk, primary("start", "act.start", "start")),
    )


def _home(kiosk: Kiosk) -> tuple[Node, ...]:
    world = kiosk.world
    slips = line_means(world) is LineMeans.SLIPS
    reader_off = services_off(world, kiosk.plan.rules)
    columns = (
        choice("party", "party", t("home.party"), _or_none_yet(kiosk, "home.party_meaning")),
        choice("organisations", "organisations", t("home.organisations"), t("home.organisations_meaning")),
        choice(
            "services",
            "services",
            t("home.services"),
            off_text(reader_off)
            if reader_off
            else t("home.services_slips" if slips else "home.services_meaning"),
            enabled=reader_off is None,
        ),
    )
    return (
        title("home.title"),
        help_line("home.help"),
        content(*columns, *what_works(world)),
        foot(kiosk, button("finish", "act.leave", "exit"), staff_way_in()),
    )


def _or_none_yet(kiosk: Kiosk, key: str) -> Text:
    return t(key) if kiosk.world.notices else _nothing_yet(kiosk)


def _nothing_yet(kiosk: Kiosk) -> Text:
    return t("line.nothing_yet" if kiosk.world.line else "line.arriving")


def _notices(kiosk: Kiosk, page: s.NoticeList) -> tuple[Node, ...]:
    items = kiosk.world.notices.items if kiosk.world.notices else ()
    shown, number, pages = part_of(items, page.page, ROWS_PER_PAGE)
    rows = tuple(
        choice(
            f"notice:{item.id}",
            "party" if item.column == "party" else "notices",
            literal(item.title),
            t("notices.meaning", source=item.source, day=day_text(item.published_on)),
        )
        for item in shown
    )
    empty = () if items else (notice("empty", _nothing_yet(kiosk), "wait"),)
    return (
        title("notices.title"),
        content(*rows, *empty, *content_age(kiosk.world)),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _notice(kiosk: Kiosk, page: s.NoticeReading) -> tuple[Node, ...]:
    items = kiosk.world.notices.items if kiosk.world.notices else ()
    found: Notice | None = next((item for item in items if item.id == page.notice), None)
    if found is None:
        return (title("notices.gone"), help_line("notices.gone_help"), foot(kiosk, back()))
    shown, number, pages = part_of(found.paragraphs, page.page, PARAGRAPHS_PER_PAGE)
    texts = tuple(Node(f"text-{at}", Role.TEXT, literal(words)) for at, words in enumerate(shown))
    return (
        Node("title", Role.TITLE, literal(found.title)),
        help_line("notices.meaning", source=found.source, day=day_text(found.published_on)),
        content(*texts),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _organisations(kiosk: Kiosk, page: s.OrganisationList) -> tuple[Node, ...]:
    items = kiosk.world.organisations.items if kiosk.world.organisations else ()
    here = tuple(item for item in items if item.id == page.parent)
    parts = tuple(item for item in items if item.parent == page.parent)
    shown, number, pages = part_of((*here, *parts), page.page, ROWS_PER_PAGE)
    rows = tuple(
        choice(f"organisation:{item.id}", _icon_of(item), literal(item.name), _meaning_of(item))
        for item in shown
    )
    empty = () if items else (notice("empty", _nothing_yet(kiosk), "wait"),)
    return (
        title("organisations.title"),
        help_line("organisations.help"),
        content(*rows, *empty),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _organisation(kiosk: Kiosk, page: s.OrganisationReading) -> tuple[Node, ...]:
    items = kiosk.world.organisations.items if kiosk.world.organisations else ()
    found = next((item for item in items if item.id == page.organisation), None)
    if found is None:
        return (title("notices.gone"), help_line("notices.gone_help"), foot(kiosk, back()))
    facts = (
        ("address", found.address),
        ("hours", found.hours),
        ("phone", found.phone),
    )
    lines = tuple(field(name, f"organisations.{name}", literal(words)) for name, words in facts if words)
    people = tuple(
        Node(
            f"staff-{at}",
            Role.FIELD,
            literal(member.title),
            t("organisations.member", name=member.name, duties=member.duties, phone=member.phone),
        )
        for at, member in enumerate(found.staff[:STAFF_SHOWN])
    )
    cards = (Node("facts", Role.FIELDS, children=lines),) if lines else ()
    if people:
        cards = (*cards, Node("staff", Role.FIELDS, t("organisations.staff"), children=people))
    return (Node("title", Role.TITLE, literal(found.name)), content(*cards), foot(kiosk, back()))


def _icon_of(item: Organisation) -> str:
    kind = "street" if not item.parent else "grid" if item.phone and not item.hours else "community"
    return _ICONS[kind]


def _meaning_of(item: Organisation) -> Text:
    return t("organisations.meaning_phone", phone=item.phone) if item.phone else t("organisations.meaning")
