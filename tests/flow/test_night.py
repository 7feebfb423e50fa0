"""At night an idle screen is dark, and lit again by whoever comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.timer import timer
from kiosk.flow.view import view
from kiosk.scene.contract import Language, TextSize, Theme
from tests.flow.content import SLIP_NUMBER, make_links, make_notices, make_organisations
from tests.flow.people import NOW
from tests.flow.situations import FULL_WORLD
from tests.flow.story import READ, Story
from tests.flow.test_browse_slides import plain

NIGHT = w.Night(22, 6)
MIDNIGHT = NOW.replace(hour=0, minute=0)


def tick(now: datetime) -> e.ClockTicked:
    return e.ClockTicked(now, now.date())


@pytest.fixture(name="story")
def make_story() -> Story:
    """The idle page on a day without urgent news, with a night from 22 to 6 o'clock."""
    story = Story()
    plan = replace(story.kiosk.plan, night=NIGHT)
    story.kiosk = replace(story.kiosk, plan=plan, world=replace(FULL_WORLD, notices=plain()))
    return story


@pytest.fixture(name="dark")
def make_dark(story: Story) -> Story:
    """After midnight."""
    assert story.play(tick(MIDNIGHT)) == ["dark"]
    return story


@pytest.mark.parametrize(
    ("night", "hours"),
    [
        (w.Night(22, 6), {22, 23, 0, 1, 2, 3, 4, 5}),
        (w.Night(1, 5), {1, 2, 3, 4}),
        (w.Night(7, 7), set()),
        (w.Night(), set()),
    ],
)
def test_the_night_lasts_from_the_first_hour_until_the_second(night: w.Night, hours: set[int]) -> None:
    assert {hour for hour in range(24) if night.holds(NOW.replace(hour=hour))} == hours


def test_the_clock_darkens_the_idle_page_at_night_and_lights_it_in_the_morning(story: Story) -> None:
    evening = NOW.replace(hour=21, minute=59)

    seen = story.play(
        tick(evening), tick(evening + timedelta(minutes=1)), tick(MIDNIGHT), tick(MIDNIGHT.replace(hour=6))
    )

    assert seen == ["attract", "dark", "dark", "attract"]


def test_without_a_night_it_stays_lit() -> None:
    assert Story().play(tick(MIDNIGHT)) == ["attract"]


def test_only_the_idle_page_goes_dark(story: Story) -> None:
    story.tap("start")

    assert story.play(tick(MIDNIGHT)) == ["home"]


def test_a_forgotten_card_and_a_chosen_look_keep_it_lit(story: Story) -> None:
    lit = story.kiosk
    for kiosk in (
        replace(lit, card_lies=True),
        replace(lit, preferences=w.Preferences(text_size=TextSize.LARGE)),
    ):
        story.kiosk = kiosk
        assert story.play(tick(MIDNIGHT)) == ["attract"]


def test_urgent_news_light_it_and_keep_it_lit(dark: Story) -> None:
    urgent = e.ContentArrived(make_notices(), make_organisations(), make_links())

    assert dark.play(urgent, tick(MIDNIGHT + timedelta(minutes=1))) == ["attract", "attract"]
    title = next(node for node in view(dark.kiosk).nodes if node.id == "title")
    assert title.label is not None
    assert title.label.literal == next(item.title for item in make_notices().items if item.urgent)


def test_a_touch_lights_home_and_the_page_waits_without_a_limit_until_then(dark: Story) -> None:
    assert timer(dark.kiosk) is None
    assert dark.tap("light") == ["home"]
    assert timer(dark.kiosk) is not None


@pytest.mark.parametrize("action", ["language:en", "text_size:large", "theme:contrast_light", "speech:on"])
def test_a_preference_is_one_touch_away_in_the_dark_as_well(dark: Story, action: str) -> None:
    before = dark.kiosk.preferences

    assert dark.tap(action) == ["home"]
    assert dark.kiosk.preferences != before


def test_a_card_and_a_code_need_no_touch(dark: Story) -> None:
    still_dark = dark.kiosk

    assert dark.play(e.CardLaid(), READ) == ["reading", "looking_up"]
    dark.kiosk = still_dark
    assert dark.play(e.CodeScanned(SLIP_NUMBER)) == ["code_shown"]


def test_it_is_white_on_black_and_a_touch_anywhere_means_to_begin(dark: Story) -> None:
    scene = view(dark.kiosk)

    assert (scene.theme, scene.language) == (Theme.CONTRAST_DARK, Language.ZH)
    foot = scene.nodes[-1]
    assert scene.anywhere in {node.id for node in foot.children}
    assert not view(replace(dark.kiosk, page=s.Attract())).anywhere
