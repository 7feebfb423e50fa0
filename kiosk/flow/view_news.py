"""党建动态: the columns, the list of one, and the article reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.flow import states as s
from kiosk.flow.article import leaf_at, leaves, shorten
from kiosk.flow.browse_states import NewsColumns
from kiosk.flow.news import COLUMNS, age_text, find_notice, in_column
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
from kiosk.flow.view_browse import age_note, nothing_yet, own_picture
from kiosk.scene.contract import Node, Role, TextSize

if TYPE_CHECKING:
    from kiosk.flow.states import Kiosk

Drawn = tuple[str, tuple[Node, ...]]
_ICONS = {"party": "party", "news": "paper", "notice": "notices"}
_TITLE_AGAIN = 16  # characters of the title on every page but the first
_BAND = 24


def draw_news(kiosk: Kiosk, page: NewsColumns | s.NoticeList | s.NoticeReading) -> Drawn:
    """The columns, one of them, and one article."""
    if isinstance(page, NewsColumns):
        return "columns", _columns(kiosk)
    if isinstance(page, s.NoticeList):
        return "notices", _list(kiosk, page)
    return "notice", _article(kiosk, page)


def urgent_band(kiosk: Kiosk) -> tuple[Node, ...]:
    """What became urgent while somebody looks around."""
    told = find_notice(kiosk.world, kiosk.urgent) if kiosk.urgent else None
    if told is None:
        return ()
    return (notice("urgent", t("notices.urgent_band", title=literal(shorten(told.title, _BAND))), "warning"),)


def _columns(kiosk: Kiosk) -> tuple[Node, ...]:
    counts = {column: len(in_column(kiosk.world, column)) for column in COLUMNS}
    choices = tuple(
        choice(
            f"column:{column}",
            _ICONS[column],
            t(f"notices.column_{column}"),
            t("notices.count", count=str(count)) if count else t("notices.none"),
            enabled=bool(count),
        )
        for column, count in counts.items()
    )
    empty = () if any(counts.values()) else (notice("empty", nothing_yet(kiosk), "wait"),)
    return (
        title("notices.title"),
        help_line("notices.help"),
        content(*urgent_band(kiosk), *choices, *empty, *age_note(kiosk.world)),
        foot(kiosk, back()),
    )


def _list(kiosk: Kiosk, page: s.NoticeList) -> tuple[Node, ...]:
    world = kiosk.world
    items = in_column(world, page.column)
    shown, number, pages = part_of(items, page.page, ROWS_PER_PAGE)
    rows = tuple(
        choice(
            f"notice:{item.id}",
            "warning" if item.urgent else _ICONS[page.column],
            literal(shorten(item.title, _BAND + _TITLE_AGAIN)),
            t("notices.meaning", source=item.source, day=age_text(item.published_on, world.now.date())),
        )
        for item in shown
    )
    empty = () if items else (notice("empty", nothing_yet(kiosk), "wait"),)
    return (
        title(f"notices.column_{page.column}"),
        content(*urgent_band(kiosk), *rows, *empty, *age_note(world)),
        foot(kiosk, back(), *pager(number, pages)),
    )


def _article(kiosk: Kiosk, page: s.NoticeReading) -> tuple[Node, ...]:
    found = find_notice(kiosk.world, page.notice)
    if found is None:
        return (title("notices.gone"), help_line("notices.gone_help"), foot(kiosk, back()))
    pages = leaves(found.paragraphs, kiosk.preferences.text_size)
    number = leaf_at(pages, page.piece)
    day = age_text(found.published_on, kiosk.world.now.date())
    where = {"page": str(number + 1), "pages": str(len(pages))}
    head = (
        help_line("notices.meaning_page", source=found.source, day=day, **where)
        if len(pages) > 1
        else help_line("notices.meaning", source=found.source, day=day)
    )
    texts = tuple(
        Node(f"text-{at}", Role.TEXT, literal(words)) for at, words in enumerate(pages[number].texts)
    )
    has_room = number == 0 and kiosk.preferences.text_size is not TextSize.LARGEST  # words come first
    shown = own_picture(kiosk, found.picture) if has_room else ()
    words = found.title if number == 0 else shorten(found.title, _TITLE_AGAIN)
    return (
        Node("title", Role.TITLE, literal(words)),
        head,
        content(*shown, *texts),
        foot(kiosk, back(), *pager(number, len(pages))),
    )
