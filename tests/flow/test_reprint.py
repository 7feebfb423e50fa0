"""Printing the same number once more: only what certainly did not come out, only for its own person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.contract import DeviceCode, NotPrinted, Printed, PrinterBlocked, Uncertain
from kiosk.domain.codes import StoreCode
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import CallStaff, EndSession, PreparePaper, PrintPaper, RecordWord, VoidPaper
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from printer_templates.contract import PaperCode
from tests.flow.content import AS_OF, JOB, make_pickups
from tests.flow.people import NEXT_PERSON, TENANT
from tests.flow.story import FOUND, ID, PREPARED, READ, Story

JAM = e.PrintSettled(ID, NotPrinted(DeviceCode.PRINTER_JAM))
DOUBT = e.PrintSettled(ID, Uncertain(DeviceCode.JOB_ANSWER_LOST))


def prepared(attempt: int) -> e.PaperPrepared:
    """The paper of a later attempt: the same number, another issuance."""
    return replace(PREPARED, issuance=f"issuance-1-{attempt}")


def offered(story: Story) -> set[str]:
    """What can be touched."""
    return {node.action for node in walk(view(story.kiosk).nodes) if node.action and node.enabled}


def failed(times: int = 1) -> Story:
    """A print that certainly failed, so often."""
    story = Story().to_print()
    story.play(JAM)
    for attempt in range(2, times + 1):
        story.tap("reprint")
        story.play(prepared(attempt))
        story.tap("print")
        story.play(JAM)
    return story


def test_after_a_jam_the_same_number_is_printed_once_more() -> None:
    story = failed()

    scenes = story.tap("reprint")
    order = story.commands[-1]
    scenes += story.play(prepared(2))
    marked = "again" in {node.id for node in walk(view(story.kiosk).nodes)}
    scenes += story.tap("print")
    scenes += story.play(e.PrintSettled(ID, Printed(1)))

    assert scenes == ["preparing", "preview", "printing", "take_paper"]
    assert order == PreparePaper(
        *(ID, ID, "", TENANT.identity, TENANT.household, TENANT.applicant, "school", 1),
        reprint_of="issuance-1",
    )
    assert marked
    assert story.commands[-2:] == [
        PrintPaper(ID, "issuance-1-2", JOB.number, TENANT.identity),
        EndSession(ID),
    ]


def test_a_third_attempt_supersedes_the_second() -> None:
    story = failed(2)
    story.tap("reprint")

    order = story.commands[-1]
    assert isinstance(order, PreparePaper)
    assert order.reprint_of == "issuance-1-2"


def test_after_three_attempts_staff_are_asked() -> None:
    story = failed(3)

    assert "reprint" not in offered(story)
    story.play(e.Tapped("reprint"))
    assert isinstance(story.kiosk.page, s.Trouble)
    assert story.kiosk.page.reprint is s.Reprint.USED_UP
    assert story.tap("call_staff") == ["staff_called"]
    assert story.commands[-1] == CallStaff("PRN-04")


def test_copies_age_and_pick_up_are_those_of_the_attempt_before() -> None:
    story = Story()
    found = replace(FOUND, offline=e.OfflineRecord(AS_OF), pickups=make_pickups(2))
    story.play(e.CardLaid(), READ, found)
    story.tap("confirm", "pickup:1")
    story.play(replace(PREPARED, purpose="employment", copies=2))
    story.tap("print")
    story.play(JAM)
    story.tap("reprint")

    order = story.commands[-1]
    assert isinstance(order, PreparePaper)
    assert (order.purpose, order.copies, order.pickup) == ("employment", 2, make_pickups(2)[1].number)
    assert (order.reprint_of, order.offline_as_of) == ("issuance-1", AS_OF)


def test_a_reprint_says_what_it_is_and_offers_no_other_number_of_copies() -> None:
    story = failed()
    story.tap("reprint")
    story.play(prepared(2))

    assert not any(action.startswith("copies:") for action in offered(story))
    story.commands.clear()
    story.play(e.Tapped("copies:2"))
    assert story.commands == []


def test_the_persons_own_no_offers_another_attempt_at_once() -> None:
    story = Story().to_print()
    story.play(DOUBT)

    assert story.tap("came_out:no") == ["not_out"]
    assert story.commands == [RecordWord("issuance-1", came_out=False)]
    assert story.tap("reprint") == ["preparing"]
    order = story.commands[-1]
    assert isinstance(order, PreparePaper)
    assert order.reprint_of == "issuance-1"


def test_after_the_third_no_the_session_ends_with_staff() -> None:
    story = Story().to_print()
    for attempt in (2, 3):
        story.play(DOUBT)
        story.tap("came_out:no", "reprint")
        story.play(prepared(attempt))
        story.tap("print")
    story.play(DOUBT)
    story.tap("came_out:no")

    assert story.kiosk.page == s.NotOut(JOB.number, s.Reprint.USED_UP)
    assert story.kiosk.session is None
    assert story.commands[-1] == EndSession(ID)


def test_what_came_out_or_is_in_doubt_is_never_printed_again() -> None:
    printed, doubtful = Story().to_print(), Story().to_print()
    printed.play(e.PrintSettled(ID, Printed(1)), e.Tapped("reprint"))
    doubtful.play(DOUBT, e.Tapped("reprint"))

    assert not any(isinstance(order, PreparePaper) for order in (*printed.commands, *doubtful.commands))


GONE: tuple[tuple[e.Event, ...], ...] = (
    (e.CardLifted(),),
    (e.CardLifted(), e.CardLaid(), e.IdentityRead("reading-9", NEXT_PERSON.identity)),
    (e.CardLaid(),),
    (e.IdentityRead("reading-9", NEXT_PERSON.identity),),
    (e.ReaderFailed(DeviceCode.READER_SILENT),),
)


@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("offer", ["jam", "no"])
def test_nobody_else_gets_another_attempt(offer: str, gone: tuple[e.Event, ...]) -> None:
    """Neither while the paper is under way, nor once the other attempt is on offer."""
    story = Story().to_print()
    story.play(JAM if offer == "jam" else DOUBT)
    if offer == "no":
        story.tap("came_out:no")
    story.commands.clear()

    story.play(*gone, e.Tapped("reprint"))

    assert EndSession(ID) in story.commands
    assert not any(isinstance(order, PreparePaper) for order in story.commands)
    assert "reprint" not in offered(story)


@pytest.mark.parametrize("gone", GONE)
def test_a_card_that_went_during_the_print_leaves_no_offer(gone: tuple[e.Event, ...]) -> None:
    story = Story().to_print()
    story.play(*gone, JAM, e.Tapped("reprint"))

    assert "reprint" not in offered(story)
    assert not any(isinstance(order, PreparePaper) for order in story.commands)


def test_a_no_without_the_card_ends_the_session() -> None:
    story = Story().to_print()
    story.play(DOUBT, e.CardLifted())

    assert story.tap("came_out:no") == ["not_out"]
    assert story.kiosk.session is None
    assert "reprint" not in offered(story)


@pytest.mark.parametrize("offer", ["jam", "no"])
def test_a_time_out_ends_the_whole_transaction(offer: str) -> None:
    story = Story().to_print()
    story.play(JAM if offer == "jam" else DOUBT)
    if offer == "no":
        story.tap("came_out:no")

    assert story.play(e.TimeUp(story.kiosk.turn)) == ["ended"]
    assert story.commands[-1] == EndSession(ID)
    assert story.play(e.Tapped("reprint")) == ["ended"]


def test_back_from_a_reprint_spends_its_attempt() -> None:
    story = failed()
    story.tap("reprint")
    story.play(prepared(2))

    assert story.tap("back") == ["services"]
    assert story.commands[-1] == VoidPaper("issuance-1-2")


def test_while_the_printer_is_still_blocked_no_attempt_is_spent() -> None:
    story = failed()
    story.play(e.PrinterChanged(PrinterBlocked(DeviceCode.PRINTER_JAM)))
    story.commands.clear()

    assert story.tap("reprint") == ["trouble"]
    assert story.commands == []
    assert "reprint" in offered(story)


@pytest.mark.parametrize("code", [StoreCode.REPRINT_REFUSED, PaperCode.READ_BACK_DIFFERS])
def test_a_reprint_that_cannot_be_made_is_told_and_not_tried_again(code: PaperCode | StoreCode) -> None:
    story = failed()
    story.tap("reprint")

    assert story.play(e.PreparationFailed(ID, code)) == ["trouble"]
    assert not offered(story) & {"reprint", "retry"}


def test_a_new_certificate_has_attempts_of_its_own() -> None:
    story = failed(2)
    story.tap("back", "service:residence", "purpose:school")
    story.play(replace(PREPARED, issuance="issuance-8", number="610525001003-JZ-2026-000124-5"))
    story.tap("print")
    story.play(JAM)

    assert story.tap("reprint") == ["preparing"]
    order = story.commands[-1]
    assert isinstance(order, PreparePaper)
    assert order.reprint_of == "issuance-8"
