"""News: only what is valid today, by column, in pages that are made of whole sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.article import cut, leaves, shorten
from kiosk.flow.browse_states import NewsColumns
from kiosk.flow.news import COLUMNS, age_text, current, in_column
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.scene.contract import Role, TextSize
from kiosk.scene.nodes import walk
from tests.flow.content import make_notices
from tests.flow.people import NOW
from tests.flow.situations import FULL_WORLD, QUIET
from tests.flow.soundness import strings_in
from tests.flow.story import Story

if TYPE_CHECKING:
    from kiosk.scene.contract import Node

TALK = "从下周起，服务点延长开放时间，周一至周五开放到晚上八点。您问：“周末呢？”周末开放半天！详见公告……"
ENDLESS = "为进一步方便群众办事" * 30
PARAGRAPHS = (TALK * 4, ENDLESS, "第三段。", "Opening hours: Monday to Friday, 8:30 to 20:00. " * 8)


def texts(kiosk: s.Kiosk) -> str:
    """The words of the article on this page."""
    return "".join(
        node.label.literal
        for node in walk(view(kiosk).nodes)
        if node.role is Role.TEXT and node.label and node.id.startswith("text-")
    )


def node(kiosk: s.Kiosk, node_id: str) -> Node | None:
    return next((node for node in walk(view(kiosk).nodes) if node.id == node_id), None)


def test_the_three_columns_say_how_much_is_in_them_and_lead_to_it() -> None:
    story = Story()

    assert story.tap("start", "party") == ["home", "columns"]
    counts = [
        child.detail.values[0][1]
        for child in walk(view(story.kiosk).nodes)
        if child.role is Role.CHOICE and child.detail
    ]
    assert counts == [str(len(in_column(story.kiosk.world, column))) for column in COLUMNS]
    assert story.tap("column:notice", "notice:n2") == ["notices", "notice"]
    assert story.tap("back", "back", "back", "finish") == ["notices", "columns", "home", "attract"]


def test_a_column_that_this_kiosk_does_not_know_is_read_among_the_notices() -> None:
    strange = make_notices(1).items[0].model_copy(update={"column": "of tomorrow"})
    world = replace(FULL_WORLD, notices=make_notices(0).model_copy(update={"items": (strange,)}))

    assert in_column(world, "notice") == (strange,)


def test_what_has_expired_is_not_shown_from_the_next_day_on() -> None:
    item = make_notices(1).items[0].model_copy(update={"expires_on": NOW.date()})
    world = replace(FULL_WORLD, notices=make_notices(0).model_copy(update={"items": (item,)}))

    assert current(world) == (item,)
    assert current(replace(world, now=NOW + timedelta(days=1))) == ()


def test_an_article_that_expires_while_it_is_read_says_so() -> None:
    kiosk = replace(QUIET, page=s.NoticeReading("n4"))

    assert "notices.gone" in set(strings_in(view(kiosk)))


def test_urgent_notices_come_first() -> None:
    assert current(FULL_WORLD)[0].id == "n1"


@pytest.mark.parametrize(
    ("days", "key"), [(-1, "age.today"), (0, "age.today"), (1, "age.yesterday"), (2, "age.days"), (31, "day")]
)
def test_the_age_of_news_is_told_in_the_words_people_use(days: int, key: str) -> None:
    assert age_text(NOW.date() - timedelta(days=days), NOW.date()).key == key


def test_content_that_is_older_than_a_day_is_marked() -> None:
    fresh = replace(QUIET, page=s.NoticeList())
    old = replace(fresh, world=replace(FULL_WORLD, now=NOW + timedelta(days=1)))

    assert node(fresh, "age") is None
    marked = node(old, "age")
    assert marked is not None
    assert marked.label is not None
    assert marked.label.key == "line.old"


# --- articles as pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", TextSize)
def test_pages_hold_the_whole_article_once_and_in_order(size: TextSize) -> None:
    pages = leaves(PARAGRAPHS, size)

    together = "".join("".join(leaf.texts) for leaf in pages)
    assert together.replace(" ", "") == "".join(PARAGRAPHS).replace(" ", "")
    assert [leaf.first for leaf in pages] == sorted({leaf.first for leaf in pages})


@pytest.mark.parametrize("size", TextSize)
def test_no_page_begins_with_what_closes_a_sentence(size: TextSize) -> None:
    pages = leaves(PARAGRAPHS, size)

    assert not [text for leaf in pages for text in leaf.texts if text[0] in "，。、；：！？”）…"]


def test_larger_text_has_more_pages() -> None:
    counts = [len(leaves(PARAGRAPHS, size)) for size in TextSize]

    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_quotes_stay_with_their_sentence_and_long_sentences_are_cut_at_a_pause() -> None:
    assert cut("他说：“好。”我走了。") == ("他说：“好。”", "我走了。")
    long = "甲" * 30 + "，" + "乙" * 40 + "。"
    assert cut(long) == ("甲" * 30 + "，", "乙" * 40 + "。")


def test_an_article_without_a_word_has_one_empty_page() -> None:
    assert [leaf.texts for leaf in leaves((), TextSize.NORMAL)] == [()]
    assert [leaf.texts for leaf in leaves(("", " "), TextSize.NORMAL)] == [()]


def test_the_reader_turns_to_the_end_and_back_and_no_further() -> None:
    kiosk = replace(QUIET, page=s.NoticeReading("n0"))
    seen = [texts(kiosk)]
    while (following := node(kiosk, "page-next")) and following.enabled:
        kiosk, _ = step(kiosk, e.Tapped("page:next"))
        seen.append(texts(kiosk))

    assert "".join(seen) == "".join(make_notices(1).items[0].paragraphs)
    assert step(kiosk, e.Tapped("page:next"))[0].page == kiosk.page
    for words in reversed(seen[:-1]):
        kiosk, _ = step(kiosk, e.Tapped("page:previous"))
        assert texts(kiosk) == words


def test_another_text_size_keeps_the_place() -> None:
    """What stood at the top of the page is still on it."""
    kiosk, _ = step(replace(QUIET, page=s.NoticeReading("n0")), e.Tapped("page:next"))
    begin = texts(kiosk)[:12]

    for size in ("large", "largest", "small"):
        kiosk, _ = step(kiosk, e.Tapped(f"text_size:{size}"))

        assert begin in texts(kiosk)


def test_a_title_that_is_cut_is_marked_and_does_not_end_in_a_pause() -> None:
    assert shorten("停水，停电", 5) == "停水，停电"
    assert shorten("停水，停电通知", 4) == "停水…"


def test_home_without_content_leads_to_a_page_that_says_so() -> None:
    kiosk = replace(QUIET, world=replace(FULL_WORLD, notices=None, organisations=None), page=NewsColumns())

    assert "line.arriving" in set(strings_in(view(kiosk)))
