"""好差评: opens by itself, needs nothing, keeps a grade once, and keeps nobody waiting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.contract import DeviceCode, NotPrinted, Printed, Uncertain
from kiosk.domain.rating import BAD_GRADES, GRADES, REASONS
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.commands import EndSession, RecordRating
from kiosk.flow.rating_states import Rated, Rating, RatingReasons
from kiosk.flow.step import step
from kiosk.flow.timer import timer
from kiosk.flow.view import view
from kiosk.scene.contract import Language, Role
from kiosk.scene.nodes import walk
from tests.flow.content import JOB, SLIP_NUMBER
from tests.flow.happenings import every_event
from tests.flow.people import NEXT_PERSON
from tests.flow.situations import QUIET, every_state
from tests.flow.story import ID, Story


def printed() -> Story:
    """The certificate came out, and its card still lies there."""
    story = Story().to_print()
    assert story.play(e.PrintSettled(ID, Printed(1))) == ["take_paper"]
    story.commands.clear()
    return story


def asked() -> Story:
    """Paper and card are taken."""
    story = printed()
    story.tap("finish")
    story.play(e.CardLifted())
    return story


def test_the_question_opens_by_itself_when_paper_and_card_are_taken() -> None:
    story = printed()

    assert story.tap("finish") == ["take_card"]
    assert story.play(e.CardLifted()) == ["rating"]
    assert story.kiosk.session is None


def test_it_never_stands_between_a_person_and_what_is_theirs() -> None:
    """It opens only from a page of taking that is done, and never while a card lies there."""
    for kiosk in every_state():
        of_rating = isinstance(kiosk.page, Rating | RatingReasons)
        for event in every_event(kiosk.turn):
            after, commands = step(kiosk, event)

            if isinstance(after.page, Rating) and not of_rating:
                assert isinstance(kiosk.page, s.TakePaper | s.TakeSlip | s.TakeCard)
                assert not after.card_lies
                assert after.session is None
            assert of_rating or not any(isinstance(command, RecordRating) for command in commands)


def test_a_slip_is_a_service_too() -> None:
    story = Story()
    story.kiosk = replace(QUIET, page=s.TakeSlip(SLIP_NUMBER))

    story.tap("finish")

    assert story.kiosk.page == Rating(SLIP_NUMBER)


@pytest.mark.parametrize(
    "outcome", [NotPrinted(DeviceCode.PRINTER_JAM), Uncertain(DeviceCode.JOB_ANSWER_LOST)]
)
def test_nobody_is_asked_where_nothing_came_out(outcome: NotPrinted | Uncertain) -> None:
    story = Story().to_print()

    story.play(e.PrintSettled(ID, outcome), e.CardLifted())
    for _ in range(8):
        assert view(story.kiosk).name != "rating"
        story.play(e.TimeUp(story.kiosk.turn))


def test_there_are_five_grades_and_none_is_chosen() -> None:
    scene = view(asked().kiosk)

    grades = [node for node in walk(scene.nodes) if node.role is Role.CHOICE]
    assert [node.action for node in grades] == [f"grade:{grade}" for grade in (5, 4, 3, 2, 1)]
    assert len({node.icon for node in grades}) == len(grades)
    assert all(node.label and node.enabled and not node.chosen for node in grades)


def test_one_touch_leaves_it() -> None:
    story = asked()

    assert story.tap("finish") == ["attract"]
    assert not ratings(story)


def test_time_leaves_it_too_and_is_no_grade() -> None:
    story = asked()

    assert story.play(e.TimeUp(story.kiosk.turn)) == ["attract"]
    assert not ratings(story)


@pytest.mark.parametrize("grade", sorted(set(GRADES) - BAD_GRADES))
def test_a_good_grade_takes_one_touch(grade: int) -> None:
    story = asked()

    assert story.tap(f"grade:{grade}") == ["rated"]
    assert story.play(e.TimeUp(story.kiosk.turn)) == ["attract"]
    assert ratings(story) == [RecordRating(JOB.number, grade)]


@pytest.mark.parametrize("grade", sorted(BAD_GRADES))
def test_a_bad_grade_may_name_reasons(grade: int) -> None:
    story = asked()

    story.tap(f"grade:{grade}", "reason:paper", "reason:slow", "reason:unclear", "reason:slow")
    assert not ratings(story)
    assert story.tap("rated") == ["rated"]

    assert ratings(story) == [RecordRating(JOB.number, grade, ("unclear", "paper"))]


def test_reasons_are_offered_and_not_asked_for() -> None:
    story = asked()

    story.tap("grade:1")
    offered = [node.action for node in walk(view(story.kiosk).nodes) if node.role is Role.CHOICE]
    story.tap("rated")

    assert offered == [f"reason:{reason}" for reason in REASONS]
    assert ratings(story) == [RecordRating(JOB.number, 1)]


def test_a_bad_grade_is_kept_once_whatever_leads_away_from_its_reasons() -> None:
    page = RatingReasons(JOB.number, 2, frozenset({"slow"}))
    kept = RecordRating(JOB.number, 2, ("slow",))
    kiosk = replace(QUIET, page=page)
    for event in every_event(kiosk.turn):
        after, commands = step(kiosk, event)

        has_left = not isinstance(after.page, RatingReasons)
        assert commands.count(kept) == has_left, event


@pytest.mark.parametrize("page", [Rating(JOB.number), RatingReasons(JOB.number, 1), Rated()])
def test_the_next_resident_waits_for_nobody(page: s.Page) -> None:
    story = Story()
    story.kiosk = replace(QUIET, page=page)

    assert story.play(e.CardLaid()) == ["reading"]
    assert story.play(e.IdentityRead("reading-2", NEXT_PERSON.identity)) == ["looking_up"]


def test_somebody_elses_language_ends_with_the_rating() -> None:
    story = asked()
    story.tap("language:en")

    story.tap("grade:5")
    assert view(story.kiosk).language is Language.EN
    story.tap("finish")

    assert story.kiosk.preferences == w.Preferences()


def test_its_time_limit_warns_and_is_short() -> None:
    limit = timer(replace(QUIET, page=Rating(JOB.number)))

    assert limit
    assert limit.warn_after == QUIET.plan.times.rating


def test_whoever_takes_a_forgotten_card_later_rates_nothing() -> None:
    story = printed()
    story.tap("finish")

    for _ in range(3):
        story.play(e.TimeUp(story.kiosk.turn))

    assert story.play(e.CardLifted()) == ["attract"]


def ratings(story: Story) -> list[object]:
    """What was ordered after the session had ended."""
    return [command for command in story.commands if not isinstance(command, EndSession)]
