"""From 打印 to a settled paper, whatever the printer does."""

from __future__ import annotations

import pytest

from devices.contract import (
    DeviceCode,
    NotPrinted,
    Printed,
    PrintProgress,
    Uncertain,
)
from kiosk.flow import events as e
from kiosk.flow.commands import (
    CallStaff,
    CancelPrint,
    EndSession,
    RecordWord,
)
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from tests.flow.people import NEXT_PERSON
from tests.flow.story import FOUND, ID, PREPARED, READ, Story


def test_a_card_lifted_while_printing_does_not_stop_the_paper() -> None:
    story = Story().to_print()

    scenes = story.play(e.CardLifted(), e.PrintSettled(ID, Printed(1)), e.Tapped("finish"))

    assert scenes == ["printing", "take_paper", "rating"]
    assert story.commands == [EndSession(ID)]


def test_a_printer_without_paper_waits_and_goes_on() -> None:
    story = Story().to_print()

    scenes = story.play(
        e.PrintProgressed(ID, PrintProgress(0, DeviceCode.PRINTER_PAPER_OUT)),
        e.PrintProgressed(ID, PrintProgress(0)),
        e.PrintSettled(ID, Printed(1)),
    )

    assert scenes == ["printer_waits", "printing", "take_paper"]


def test_waiting_for_paper_can_be_given_up_and_the_outcome_is_awaited() -> None:
    story = Story().to_print()
    story.play(e.PrintProgressed(ID, PrintProgress(0, DeviceCode.PRINTER_PAPER_OUT)))

    assert story.tap("cancel_print") == ["printer_waits"]
    assert story.commands == [CancelPrint(ID)]
    assert story.play(e.PrintSettled(ID, NotPrinted(DeviceCode.JOB_CANCELLED))) == ["trouble"]


@pytest.mark.parametrize("waiting", [None, DeviceCode.PRINTER_PAPER_OUT])
def test_a_time_limit_while_printing_asks_to_cancel_and_awaits_the_outcome(
    waiting: DeviceCode | None,
) -> None:
    story = Story().to_print()
    story.play(e.PrintProgressed(ID, PrintProgress(0, waiting)))
    name = view(story.kiosk).name

    assert story.play(e.TimeUp(story.kiosk.turn)) == [name]
    assert story.commands == [CancelPrint(ID)]
    assert story.play(e.PrintSettled(ID, Printed(1))) == ["take_paper"]


def test_a_printer_that_never_answers_does_not_hold_the_kiosk_for_ever() -> None:
    """The journal settles the paper; the page and its person are gone."""
    story = Story().to_print()
    story.play(e.TimeUp(story.kiosk.turn))

    assert story.play(e.TimeUp(story.kiosk.turn)) == ["trouble"]
    assert story.commands == [CancelPrint(ID), EndSession(ID)]
    assert story.kiosk.session is None


GONE = (
    (e.CardLifted(),),
    (e.CardLifted(), e.CardLaid(), e.IdentityRead("reading-9", NEXT_PERSON.identity)),
    (e.ReaderFailed(DeviceCode.READER_SILENT),),
)


@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("outcome", [NotPrinted(DeviceCode.PRINTER_JAM), Uncertain(DeviceCode.JOB_VANISHED)])
def test_when_the_card_went_during_a_print_nobody_else_acts_in_that_session(
    gone: tuple[e.Event, ...], outcome: NotPrinted | Uncertain
) -> None:
    """The next person must get no second try at the last one's paper, and no say in what became of it."""
    story = Story().to_print()
    story.play(*gone)

    story.play(e.PrintSettled(ID, outcome))
    story.play(e.Tapped("retry"), e.Tapped("back"), e.Tapped("came_out:yes"))

    assert story.kiosk.session is None
    assert story.commands == [EndSession(ID)]


def test_a_card_laid_down_at_the_question_ends_it_and_begins_its_own_visit() -> None:
    story = Story().to_print()
    story.play(e.PrintSettled(ID, Uncertain(DeviceCode.JOB_ANSWER_LOST)))

    shown = story.play(e.CardLifted(), e.CardLaid(), e.IdentityRead("reading-9", NEXT_PERSON.identity))

    assert shown == ["came_out", "reading", "looking_up"]
    assert story.commands[0] == EndSession(ID)


@pytest.mark.parametrize("page", ["who_you_are", "preview"])
def test_a_reader_that_fails_ends_the_session(page: str) -> None:
    """Whose card lies there cannot be known any more."""
    story = Story()
    story.play(e.CardLaid(), READ, FOUND)
    if page == "preview":
        story.tap("confirm", "service:residence", "purpose:school")
        story.play(PREPARED)

    shown = story.play(e.ReaderFailed(DeviceCode.READER_SILENT), e.Tapped("print"))

    assert shown == ["trouble", "trouble"]
    assert story.kiosk.session is None


@pytest.mark.parametrize(("word", "scene"), [("yes", "take_paper"), ("no", "not_out")])
def test_only_a_word_settles_what_the_printer_does_not_know(word: str, scene: str) -> None:
    story = Story().to_print()

    assert story.play(e.PrintSettled(ID, Uncertain(DeviceCode.JOB_ANSWER_LOST))) == ["came_out"]
    assert story.play(e.Tapped("back"), e.Tapped("home"), e.CardLifted()) == ["came_out"] * 3
    assert story.tap(f"came_out:{word}") == [scene]
    assert story.commands == [RecordWord("issuance-1", word == "yes"), EndSession(ID)]


def test_without_a_word_nothing_is_said_for_the_resident() -> None:
    story = Story().to_print()
    story.play(e.PrintSettled(ID, Uncertain(DeviceCode.JOB_ANSWER_LOST)))

    assert story.play(e.TimeUp(story.kiosk.turn)) == ["ended"]
    assert story.commands == [EndSession(ID)]


def test_calling_staff_while_printing_stays_with_the_print() -> None:
    story = Story().to_print()
    story.play(e.PrintProgressed(ID, PrintProgress(0, DeviceCode.PRINTER_JAM)))

    assert story.tap("call_staff") == ["printer_waits"]
    assert story.commands == [CallStaff("PRN-04")]
    assert any(node.id == "called" for node in walk(view(story.kiosk).nodes))
