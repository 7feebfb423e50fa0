"""Codes for one's own telephone: one at a time, large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.flow.browse_states import LinkList, LinkShown
from kiosk.flow.parts import (
    ROWS_PER_PAGE,
    back,
    choice,
    content,
    foot,
    help_line,
    literal,
    notice,
    pager,
    part_of,
    t,
    title,
)
from kiosk.flow.view_browse import nothing_yet
from kiosk.scene.contract import Node, Role

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk

Drawn = tuple[str, tuple[Node, ...]]
_ICONS = {"app": "phone"}
_LONGEST_ADDRESS = 26  # characters that stand on one line in the largest text


def draw_links(kiosk: Kiosk, page: LinkList | LinkShown) -> Drawn:
    """What can be taken home, and the code of one of them."""
    if isinstance(page, LinkList):
        return "links", _list(kiosk, page)
    return "link", _code(kiosk, page)


def _list(kiosk: Kiosk, page: LinkList) -> tuple[Node, ...]:
    links = kiosk.world.links
    shown, number, pages = part_of(links, page.page, ROWS_PER_PAGE)
    rows = tuple(
        choice(f"link:{link.id}", _ICONS.get(link.id, "scan"), literal(link.title), literal(link.meaning))
        for link in shown
    )
    empty = () if links else (notice("empty", nothing_yet(kiosk), "wait"),)
    return (
        title("links.title"),
        help_line("links.help"),
        content(*rows, *empty),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _code(kiosk: Kiosk, page: LinkShown) -> tuple[Node, ...]:
    link = next((each for each in kiosk.world.links if each.id == page.link), None)
    if link is None:
        return (title("notices.gone"), help_line("notices.gone_help"), foot(kiosk, back()))
    words = t("links.code", title=literal(link.title))
    return (
        Node("title", Role.TITLE, literal(link.title)),
        help_line("links.scan", meaning=literal(link.meaning)),
        content(Node("code", Role.PICTURE, literal(_address(link.url)), speech=words, raster=link.raster)),
        foot(kiosk, back()),
    )


def _address(url: str) -> str:
    """The address for whoever types it; of a long one only where it leads to."""
    address = url.removeprefix("https://")
    return address if len(address) <= _LONGEST_ADDRESS else address.partition("/")[0] + "/…"
