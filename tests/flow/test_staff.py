"""The desk of staff: a word on what is in doubt, and no resident's session inside."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import CallStaff, LoadDesk, RecordWord, RetryParked
from kiosk.flow.step import step
from kiosk.flow.timer import timer
from kiosk.flow.view import view
from tests.flow.content import JOB, STAFF
from tests.flow.happenings import every_event
from tests.flow.people import NEXT_PERSON
from tests.flow.situations import DESK_PAGES, QUIET
from tests.flow.soundness import strings_in, texts_in
from tests.flow.staff_story import (
    ADMITTED,
    DESK,
    LOADED,
    at_the_desk,
    at_the_door,
    offered,
)


@pytest.mark.parametrize(("word", "came_out"), [("yes", True), ("no", False)])
def test_a_word_on_a_paper_in_doubt_is_recorded_with_who_said_it(word: str, *, came_out: bool) -> None:
    story = at_the_desk()

    scenes = story.tap("doubts", "doubt:doubt-2", f"word:{word}")

    assert scenes == ["doubts", "doubt", "doubts"]
    assert story.commands == [RecordWord("doubt-2", came_out, STAFF), LoadDesk(STAFF)]
    assert "doubt:doubt-2" not in offered(story)


def test_a_paper_in_doubt_shows_what_helps_to_find_it_and_can_be_left_alone() -> None:
    story = at_the_desk()
    story.tap("doubts", "doubt:doubt-2")

    assert {JOB.number, "3", "42", "PRN-09", "09:41"} <= set(strings_in(view(story.kiosk)))
    assert story.tap("back", "back") == ["doubts", "staff_desk"]
    assert story.commands == []


def test_long_lists_are_paged_and_a_word_leads_back_to_its_page() -> None:
    story = at_the_desk()
    story.tap("doubts", "page:next", "doubt:doubt-5", "word:yes")

    assert story.kiosk.page == s.DoubtList(page=1)


def test_a_paper_that_was_settled_meanwhile_is_not_asked_about() -> None:
    story = at_the_desk()
    story.tap("doubts", "doubt:doubt-2")

    assert story.play(replace(LOADED, uncertain=LOADED.uncertain[:2])) == ["doubts"]


def test_the_list_is_loaded_again_when_the_number_of_papers_in_doubt_changes() -> None:
    story = at_the_desk()

    story.play(e.UncertainPapers(5))

    assert story.commands == [LoadDesk(STAFF)]


def test_without_staff_nothing_is_loaded() -> None:
    assert step(QUIET, e.UncertainPapers(5))[1] == ()


def test_what_the_platform_did_not_take_is_shown_with_its_reason_and_sent_again_once() -> None:
    story = at_the_desk()
    story.tap("parked")
    keys = {text.key for text in texts_in(view(story.kiosk).nodes)}

    assert {"parked.reason_number_not_ours", "parked.type_certificate"} <= keys
    assert story.tap("resend") == ["parked"]
    assert story.commands == [RetryParked(STAFF)]
    assert "resend" not in offered(story)
    story.play(LOADED)
    assert "resend" in offered(story)


def test_an_empty_desk_offers_nothing_to_open() -> None:
    story = at_the_desk()
    story.play(e.DeskLoaded(STAFF, (), (), 0))

    assert not offered(story) & {"doubts", "parked"}


def test_what_waits_for_others_is_not_shown() -> None:
    story = at_the_door()
    story.play(ADMITTED, replace(LOADED, staff="CG-0999"))

    assert story.kiosk.desk is not None
    assert not story.kiosk.desk.loaded


@pytest.mark.parametrize("page", DESK_PAGES)
def test_a_card_ends_the_staffs_session_and_begins_the_residents(page: s.Page) -> None:
    kiosk = replace(QUIET, page=page, desk=DESK)

    laid, _ = step(kiosk, e.CardLaid())
    read, _ = step(kiosk, e.IdentityRead("reading-9", NEXT_PERSON.identity))

    assert (laid.desk, read.desk) == (None, None)
    assert isinstance(laid.page, s.Reading)
    assert isinstance(read.page, s.LookingUp)


def test_no_resident_and_no_member_of_staff_are_there_at_once() -> None:
    for page in DESK_PAGES:
        kiosk = replace(QUIET, page=page, desk=DESK)
        for event in every_event(kiosk.turn):
            after, _ = step(kiosk, event)

            assert after.desk is None or after.session is None


@pytest.mark.parametrize("page", DESK_PAGES)
@pytest.mark.parametrize("way", ["finish", "home", "call_staff", "time"])
def test_staff_leave_by_a_touch_or_by_time(page: s.Page, way: str) -> None:
    kiosk = replace(QUIET, page=page, desk=DESK)

    after, commands = step(kiosk, e.TimeUp(kiosk.turn) if way == "time" else e.Tapped(way))

    assert after.desk is None
    assert commands == ((CallStaff(""),) if way == "call_staff" else ())
    assert step(after, e.Tapped("back"))[0].desk is None


@pytest.mark.parametrize("page", DESK_PAGES)
def test_staff_are_given_five_minutes(page: s.Page) -> None:
    limit = timer(replace(QUIET, page=page, desk=DESK))

    assert limit is not None
    assert limit.warn_after == timedelta(minutes=5)


def test_no_staff_page_shows_a_name() -> None:
    story = at_the_desk()
    pages = [view(story.kiosk)]
    for action in ("doubts", "doubt:doubt-0", "back", "back", "parked"):
        story.tap(action)
        pages.append(view(story.kiosk))

    assert not any(ADMITTED.name in words for page in pages for words in strings_in(page))
    assert not any(ADMITTED.name in words for words in strings_in(story.kiosk.desk))
