"""Pages that everybody begins with: the idle page with its slides, and home."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.flow import states as s
from kiosk.flow.article import shorten
from kiosk.flow.means import LineMeans, line_means, services_off
from kiosk.flow.news import age_text, first_urgent, is_old, slide_of
from kiosk.flow.parts import (
    button,
    choice,
    content,
    foot,
    help_line,
    literal,
    moment_text,
    notice,
    off_text,
    picture,
    primary,
    staff_way_in,
    t,
    title,
)
from kiosk.flow.state_notes import store_note, what_works
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from backend_client.contract import Notice
    from kiosk.flow.states import Kiosk
    from kiosk.flow.world import World
    from kiosk.scene.contract import Text

Drawn = tuple[str, tuple[Node, ...]]
_LEAD = 60  # characters of an article that its slide shows
_TITLE = 40
_URGENT = 24


def draw_start(kiosk: Kiosk, page: s.Attract | s.Dark | s.Home) -> Drawn:
    """The idle page, by day and by night, and home."""
    match page:
        case s.Attract():
            return "attract", _attract(kiosk, page)
        case s.Dark():
            return "dark", _dark(kiosk)
        case s.Home():
            return "home", _home(kiosk)
        case _:
            assert_never(page)


def nothing_yet(kiosk: Kiosk) -> Text:
    """Why there is nothing to read."""
    return t("line.nothing_yet" if kiosk.world.line else "line.arriving")


def age_note(world: World) -> tuple[Node, ...]:
    """That what is shown is not of today: the line is down, or the platform has said nothing for long."""
    if world.notices and is_old(world.now, world.notices.as_of):
        return (notice("age", t("line.old", moment=moment_text(world.notices.as_of)), "clock"),)
    return (notice("age", t("line.cached"), "offline"),) if world.line else ()


def own_picture(kiosk: Kiosk, name: str) -> tuple[Node, ...]:
    """The picture of this name, once it is here."""
    shown = kiosk.picture
    if not name or shown is None or shown.name != name or not shown.raster:
        return ()
    return (Node("picture", Role.PICTURE, raster=shown.raster),)


def _attract(kiosk: Kiosk, page: s.Attract) -> tuple[Node, ...]:
    """All slides have the same foot: one that turns takes no touch away from whoever is about to begin."""
    told = slide_of(kiosk, page)
    acts = (button("news", "attract.read", "notices"), primary("start", "act.start", "start"))
    if told is None:
        return (*_welcome(kiosk), foot(kiosk, *acts))
    return (*_slide(kiosk, told), foot(kiosk, *acts))


def _welcome(kiosk: Kiosk) -> tuple[Node, ...]:
    world = kiosk.world
    slips = line_means(world) is LineMeans.SLIPS
    return (
        title("attract.title"),
        help_line("attract.help_slips" if slips else "attract.help"),
        content(picture("welcome"), *_what_is_wrong(kiosk), *what_works(world)),
    )


def _dark(kiosk: Kiosk) -> tuple[Node, ...]:
    """No slide: nothing but how to begin, and what does not work."""
    return (
        title("dark.title"),
        help_line("dark.help"),
        content(picture("night"), *_what_is_wrong(kiosk), *what_works(kiosk.world)),
        foot(kiosk, primary("light", "act.start", "start")),
    )


def _slide(kiosk: Kiosk, told: Notice) -> tuple[Node, ...]:
    world = kiosk.world
    urgent = (notice("urgent", t("notices.urgent"), "warning"),) if told.urgent else ()
    lead = shorten("".join(told.paragraphs[:1]), _LEAD)
    text = (Node("lead", Role.TEXT, literal(lead)),) if lead else ()
    return (
        Node("title", Role.TITLE, literal(shorten(told.title, _TITLE))),
        help_line("notices.meaning", source=told.source, day=age_text(told.published_on, world.now.date())),
        content(
            *urgent, *_what_is_wrong(kiosk), *(own_picture(kiosk, told.picture) or text), *age_note(world)
        ),
    )


def _what_is_wrong(kiosk: Kiosk) -> tuple[Node, ...]:
    """A card that was forgotten, and what does not work: on every slide, for whoever just comes."""
    card = (notice("card-left", t("attract.card_left"), "card"),) if kiosk.card_lies else ()
    off = services_off(kiosk.world, kiosk.plan.rules)
    return (*card, notice("reader", off_text(off), "warning")) if off else (*card, *store_note(kiosk.world))


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
    links = (choice("links", "phone", t("home.links"), t("home.links_meaning")),) if world.links else ()
    return (
        title("home.title"),
        help_line("home.help"),
        content(*_urgent_choice(world), *columns, *links, *what_works(world)),
        foot(kiosk, button("finish", "act.leave", "exit"), staff_way_in()),
    )


def _urgent_choice(world: World) -> tuple[Node, ...]:
    told = first_urgent(world)
    if told is None:
        return ()
    return (
        choice(
            f"notice:{told.id}", "warning", literal(shorten(told.title, _URGENT)), t("notices.urgent_read")
        ),
    )


def _or_none_yet(kiosk: Kiosk, key: str) -> Text:
    return t(key) if kiosk.world.notices else nothing_yet(kiosk)
