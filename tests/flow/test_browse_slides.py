"""The idle page: slides by the flow's own timer, urgent news at once, and stillness for whoever wants it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend_client.contract import Notices, PlatformCode
from devices.contract import DeviceCode
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.browse_states import NewsColumns, ShownPicture
from kiosk.flow.commands import LoadPicture
from kiosk.flow.news import MOST_SLIDES, slides
from kiosk.flow.timer import timer
from kiosk.flow.view import view
from kiosk.scene.contract import Language, Role, TextSize, Theme
from kiosk.scene.nodes import walk
from tests.flow.content import CODE, PICTURE, make_links, make_notices, make_organisations
from tests.flow.situations import FULL_WORLD, KNOWN_PERSON, QUIET
from tests.flow.soundness import strings_in
from tests.flow.story import READ, Story

CALM = (
    w.Preferences(text_size=TextSize.LARGE),
    w.Preferences(speech=True),
    w.Preferences(theme=Theme.CONTRAST_DARK),
    w.Preferences(low_reach=True),
    w.Preferences(Language.EN),
)


def arrival(notices: Notices) -> e.ContentArrived:
    return e.ContentArrived(notices, make_organisations(), make_links())


def plain(count: int = 12) -> Notices:
    """Notices of which none is urgent."""
    items = tuple(item.model_copy(update={"urgent": False}) for item in make_notices(count).items)
    return make_notices(0).model_copy(update={"items": items})


def title_of(kiosk: s.Kiosk) -> str:
    found = next(node for node in view(kiosk).nodes if node.role is Role.TITLE)
    assert found.label is not None
    return found.label.literal or found.label.key


def held(story: Story) -> ShownPicture | None:
    return story.kiosk.picture


def turned(story: Story) -> str:
    """The title after the time of a slide is over."""
    limit = timer(story.kiosk)
    assert limit is not None
    assert limit.warn_after is None
    story.play(e.TimeUp(limit.turn))
    return title_of(story.kiosk)


def test_slides_follow_each_other_the_urgent_one_first_and_begin_again() -> None:
    story = Story()

    seen = [title_of(story.kiosk), *(turned(story) for _ in range(3))]

    assert seen == ["attract.title", "通知第1号", "通知第2号", "attract.title"]


def test_a_slide_stays_eight_to_ten_seconds_and_one_alone_for_ever() -> None:
    limit = timer(QUIET)

    assert limit is not None
    assert 8 <= limit.end_after.total_seconds() <= 10
    assert timer(replace(QUIET, world=w.World(QUIET.world.now))) is None


def test_an_old_turn_turns_no_slide() -> None:
    story = Story()
    limit = timer(story.kiosk)
    assert limit is not None
    story.tap("text_size:large")

    story.play(e.TimeUp(limit.turn))

    assert story.kiosk.preferences.text_size is TextSize.LARGE


@pytest.mark.parametrize("preferences", CALM)
def test_nothing_moves_and_nothing_pops_up_for_whoever_chose_another_look(preferences: w.Preferences) -> None:
    story = Story()
    story.kiosk = replace(story.kiosk, preferences=preferences, page=s.Attract(1))
    story.play(arrival(plain()), arrival(make_notices()))

    assert title_of(story.kiosk) == "attract.title"
    assert story.kiosk.page == s.Attract(1)
    limit = timer(story.kiosk)
    assert limit is not None
    assert limit.end_after >= story.kiosk.plan.times.browse  # only their choice is forgotten then
    assert not [node for node in walk(view(story.kiosk).nodes) if node.role is Role.DIALOG]


def test_all_slides_have_the_same_foot() -> None:
    """A finger on its way to the button to begin meets the same button on the next slide."""
    feet = {
        next(node for node in view(replace(QUIET, page=s.Attract(at))).nodes if node.role is Role.FOOT)
        for at in range(len(slides(FULL_WORLD)))
    }

    assert len(feet) == 1


def test_the_news_button_opens_what_the_slide_tells() -> None:
    story = Story()
    assert story.tap("news", "back", "finish") == ["columns", "home", "attract"]
    turned(story)
    assert story.tap("news") == ["notice"]
    assert story.kiosk.page == s.NoticeReading("n1")


def test_no_more_slides_than_somebody_might_watch() -> None:
    many = make_notices(60).items
    urgent = tuple(item.model_copy(update={"urgent": True, "expires_on": None}) for item in many)
    world = replace(FULL_WORLD, notices=make_notices(0).model_copy(update={"items": urgent}))

    assert len(slides(world)) == MOST_SLIDES


# --- what becomes urgent -------------------------------------------------------------------------------


def test_what_becomes_urgent_is_shown_at_once_while_nobody_is_there() -> None:
    story = Story()
    story.play(arrival(plain()))
    assert title_of(story.kiosk) == "attract.title"
    before = story.kiosk.turn

    story.play(arrival(make_notices()))

    assert title_of(story.kiosk) == "通知第1号"
    assert story.kiosk.turn > before  # its full time begins
    story.play(arrival(make_notices()))
    assert story.kiosk.turn == before + 1  # the same news again interrupts nothing


@pytest.mark.parametrize("page", [NewsColumns(), s.NoticeList(), s.OrganisationList()])
def test_whoever_looks_around_gets_a_band_that_goes_when_they_leave(page: s.Page) -> None:
    story = Story()
    story.play(arrival(plain()))
    story.kiosk = replace(story.kiosk, page=page)

    story.play(arrival(make_notices()))

    assert story.kiosk.page == page
    assert "notices.urgent_band" in set(strings_in(view(story.kiosk)))
    story.play(e.CardLaid(), READ)
    assert story.kiosk.urgent == ""


def test_home_offers_the_urgent_notice_itself() -> None:
    story = Story()

    assert story.tap("start", "notice:n1", "back") == ["home", "notice", "home"]


def test_a_session_is_never_interrupted() -> None:
    kiosk = replace(KNOWN_PERSON, world=replace(FULL_WORLD, notices=plain()), page=s.WhoYouAre())
    story = Story()
    story.kiosk = kiosk

    story.play(arrival(make_notices()))

    assert replace(story.kiosk, world=kiosk.world) == kiosk


# --- pictures --------------------------------------------------------------------------------------------


def test_only_the_picture_that_is_shown_is_asked_for_and_held() -> None:
    story = Story()
    turned(story)
    assert story.commands == []
    turned(story)
    assert story.commands == [LoadPicture(PICTURE)]

    story.play(e.PictureLoaded("d4" * 32, b"another"), e.PictureLoaded(PICTURE, CODE))
    assert held(story) == ShownPicture(PICTURE, CODE)
    assert CODE in {node.raster for node in walk(view(story.kiosk).nodes)}

    turned(story)
    assert held(story) is None
    assert story.commands == [LoadPicture(PICTURE)]  # asked for once


def test_a_picture_that_comes_too_late_is_let_go() -> None:
    story = Story()
    story.play(e.PictureLoaded(PICTURE, CODE))

    assert story.kiosk.picture is None


def test_a_slide_whose_picture_has_not_come_shows_its_first_words() -> None:
    kiosk = replace(QUIET, page=s.Attract(2), picture=ShownPicture(PICTURE))

    assert [node.id for node in walk(view(kiosk).nodes) if node.id in {"lead", "picture"}] == ["lead"]


def test_every_slide_tells_of_a_forgotten_card_and_of_what_does_not_work() -> None:
    world = replace(FULL_WORLD, reader=DeviceCode.READER_SILENT)
    for at in range(len(slides(world))):
        kiosk = replace(QUIET, world=world, page=s.Attract(at), card_lies=True)

        assert {"attract.card_left", "off.IDR"} <= set(strings_in(view(kiosk)))


def test_without_a_line_the_age_is_told_on_slides_too() -> None:
    world = replace(FULL_WORLD, line=PlatformCode.UNREACHABLE)
    kiosk = replace(QUIET, world=world, page=s.Attract(1))

    assert {"line.cached", "age.days"} <= set(strings_in(view(kiosk)))
