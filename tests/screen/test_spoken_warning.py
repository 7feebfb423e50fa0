"""Whoever looks elsewhere hears it: the end of the time, a card, and a paper that was left."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from devices.contract import Printed
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.flow.world import Preferences
from kiosk.screen.catalogue import Catalogues
from kiosk.screen.speech import Speech
from tests.flow.situations import KNOWN_PERSON, QUIET
from tests.flow.story import ID, Story

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.scene.contract import Language
    from kiosk.voice.contract import Utterance

LISTENS = Preferences(speech=True)


@dataclass
class Ear:
    """A voice that only notes what it is told, in words; `private` is what only a headset may hear."""

    heard: list[str] = field(default_factory=list)
    private: list[str] = field(default_factory=list)
    breaks: int = 0

    def say(self, utterances: Sequence[Utterance], language: Language) -> None:
        say = Catalogues().of(language).say
        for each in utterances:
            (self.private if each.private else self.heard).extend(say(text) for text in each.texts)

    def stop(self) -> None:
        self.breaks += 1

    def louder(self) -> None:
        raise AssertionError("nobody asked for it")

    def reset(self) -> None:
        self.breaks += 1

    def plug(self, *, headset: bool) -> None:
        raise AssertionError(f"nobody plugs anything in: {headset}")

    def close(self) -> None:
        self.breaks += 1

    def forget(self) -> None:
        self.heard.clear()
        self.private.clear()


class Room:
    """A kiosk whose pages are read out as the screen does it."""

    def __init__(self, kiosk: s.Kiosk) -> None:
        self.kiosk = kiosk
        self.ear = Ear()
        self._speech = Speech(lambda: self.ear)
        self._speech.show(view(kiosk))

    def play(self, *events: e.Event) -> list[str]:
        """What is said to everybody because of these."""
        self.ear.forget()
        for event in events:
            self.kiosk, _ = step(self.kiosk, event)
            self._speech.show(view(self.kiosk))
        return list(self.ear.heard)


@pytest.mark.parametrize("preferences", [Preferences(), LISTENS])
def test_the_warning_is_said_with_its_way_out_and_without_the_page_behind_it(
    preferences: Preferences,
) -> None:
    room = Room(replace(KNOWN_PERSON, page=s.WhoYouAre(), preferences=preferences))

    said = room.play(e.TimeNearlyUp(room.kiosk.turn))

    assert said[0] == "还在吗？"
    assert "我还在" in said
    assert "20" in "".join(said), "how many seconds are left"
    assert room.ear.private == [], "nothing of the person on the page behind it"
    assert "请确认这是您本人" not in said


def test_who_does_not_listen_hears_the_warning_and_nothing_before_or_after_it() -> None:
    room = Room(replace(KNOWN_PERSON, page=s.WhoYouAre()))
    assert room.ear.heard == []

    room.play(e.TimeNearlyUp(room.kiosk.turn))
    breaks = room.ear.breaks

    assert room.play(e.Tapped("more_time")) == []
    assert room.ear.breaks > breaks, "what was being said breaks off"


def test_who_listens_hears_each_warning_anew_and_then_the_page_again() -> None:
    room = Room(replace(KNOWN_PERSON, page=s.WhoYouAre(), preferences=LISTENS))

    for _ in range(10):
        assert "还在吗？" in room.play(e.TimeNearlyUp(room.kiosk.turn))
        assert "请确认这是您本人" in room.play(e.Tapped("more_time"))


def test_a_card_that_was_left_is_named_each_time() -> None:
    room = Room(replace(QUIET, page=s.TakeCard(), card_lies=True))
    assert room.ear.heard == []

    for _ in range(4):
        said = room.play(e.TimeUp(room.kiosk.turn))
        assert any("身份证" in words and "取走" in words for words in said)


def test_paper_that_was_left_is_named_and_nobody_whom_it_is_about() -> None:
    story = Story().to_print()
    story.play(e.PrintSettled(ID, Printed(1)), e.CardLifted())
    room = Room(story.kiosk)

    said = room.play(e.TimeUp(room.kiosk.turn))

    assert said[0] == "请别忘了取走纸张"
    assert room.ear.private == []


def test_the_question_is_read_out_with_all_its_grades_and_the_way_past_it() -> None:
    story = Story().to_print()
    story.play(e.PrintSettled(ID, Printed(1)), e.CardLifted())
    room = Room(replace(story.kiosk, preferences=LISTENS))

    said = room.play(e.Tapped("finish"))

    assert said[0] == "这次服务您满意吗？"
    assert [word for word in said if word.endswith("满意")] == [
        *("非常满意", "满意", "基本满意", "不满意", "非常不满意")
    ]
    assert "不评价" in said
