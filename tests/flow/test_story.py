"""The main job as a list of events, and the ways back out of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.contract import (
    Printed,
    PrintProgress,
)
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.commands import (
    CallStaff,
    EndSession,
    LookUp,
    PreparePaper,
    PrintPaper,
    VoidPaper,
)
from kiosk.flow.view import view
from tests.flow.content import JOB
from tests.flow.people import TENANT
from tests.flow.situations import PNG
from tests.flow.story import FOUND, ID, PREPARED, READ, Story


def test_a_tenant_leaves_with_paper_and_card() -> None:
    story = Story()

    scenes = [
        *story.play(e.CardLaid(), READ, FOUND),
        *story.tap("confirm", "service:residence", "purpose:school"),
        *story.play(PREPARED),
        *story.tap("print"),
        *story.play(
            e.PrintAccepted(ID), e.PrintProgressed(ID, PrintProgress(1)), e.PrintSettled(ID, Printed(1))
        ),
        *story.tap("finish"),
        *story.play(e.CardLifted()),
    ]

    assert scenes == [
        *("reading", "looking_up", "who_you_are", "services", "purpose", "preparing", "preview"),
        *("printing", "printing", "printing", "take_paper", "take_card", "rating"),
    ]
    assert story.commands == [
        LookUp(ID, TENANT.identity),
        PreparePaper(ID, ID, "", TENANT.identity, TENANT.household, TENANT.applicant, "school", 1),
        PrintPaper(ID, "issuance-1", JOB.number, TENANT.identity),
        EndSession(ID),
    ]


def test_the_way_over_home_asks_for_the_card() -> None:
    story = Story()

    assert story.tap("start", "services") == ["home", "lay_card"]
    assert story.play(e.CardLaid()) == ["reading"]


@pytest.mark.parametrize(
    "page", [s.Attract(), s.Home(), s.NoticeList(), s.NoticeReading("n0"), s.OrganisationList(), s.LayCard()]
)
def test_a_card_begins_a_session_on_every_page_without_one(page: s.Page) -> None:
    story = Story()
    story.kiosk = replace(story.kiosk, page=page)

    assert story.play(e.CardLaid(), READ) == ["reading", "looking_up"]
    assert story.commands == [LookUp(ID, TENANT.identity)]


def test_another_number_of_copies_keeps_the_certificate_number() -> None:
    story = Story().to_preview()

    assert story.tap("copies:2") == ["preparing"]

    order = story.commands[-1]
    assert isinstance(order, PreparePaper)
    assert (order.issuance, order.copies, order.purpose) == ("issuance-1", 2, "school")


def test_going_back_from_the_preview_voids_the_paper() -> None:
    story = Story().to_preview()

    assert story.tap("back") == ["purpose"]
    assert story.commands[-1] == VoidPaper("issuance-1")


def test_a_paper_that_nobody_waits_for_any_more_is_voided() -> None:
    story = Story().to_preview()
    story.tap("back")

    story.play(e.PaperPrepared(ID, "issuance-9", JOB.number, "school", 1, (PNG,)))

    assert story.commands[-1] == VoidPaper("issuance-9")


@pytest.mark.parametrize("touches", range(4))
def test_a_card_lifted_before_the_print_ends_the_session_and_says_so(touches: int) -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FOUND)
    story.tap(*("confirm", "service:residence", "purpose:school")[:touches])

    assert story.play(e.CardLifted()) == ["ended"]
    assert story.commands[-1] == EndSession(ID)
    assert story.kiosk.session is None


def test_staff_can_be_called_from_a_page_and_the_page_comes_back() -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FOUND)

    assert story.tap("call_staff") == ["staff_called"]
    assert story.commands[-1] == CallStaff("")
    assert story.play(e.StaffCalled(e.StaffCallState.RECORDED)) == ["staff_called"]
    assert story.tap("back") == ["who_you_are"]


def test_time_up_in_a_session_clears_it() -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FOUND)

    assert story.play(e.TimeNearlyUp(story.kiosk.turn)) == ["who_you_are"]
    assert any(node.id == "warning" for node in view(story.kiosk).nodes)
    assert story.play(e.TimeUp(story.kiosk.turn)) == ["ended"]
    assert story.commands[-1] == EndSession(ID)
    assert story.play(e.TimeUp(story.kiosk.turn)) == ["take_card"]
    assert story.play(e.CardLifted()) == ["attract"]


@pytest.mark.parametrize("action", ["language:en", "text_size:large", "theme:contrast_light"])
def test_language_size_and_colours_change_at_once_and_keep_the_page(action: str) -> None:
    story = Story().to_preview()
    before = story.kiosk.page

    assert story.tap(action) == ["preview"]
    assert story.kiosk.page == before
    assert story.kiosk.preferences != w.Preferences()
