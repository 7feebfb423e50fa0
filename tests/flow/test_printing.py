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
    PreparePaper,
    RecordWord,
)
from kiosk.flow.view import view
from tests.flow.soundness import walk
from tests.flow.story import ID, Story


def test_a_card_lifted_while_printing_does_not_stop_the_paper() -> None:
    story = Story().to_print()

    scenes = story.play(e.CardLifted(), e.PrintSettled(ID, Printed(1)), e.Tapped("finish"))

    assert scenes == ["printing", "take_paper", "attract"]
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
def test_a_time_limit_while_printing_asks_to_cancel_once_and_awaits_the_outcome(
    waiting: DeviceCode | None,
) -> None:
    story = Story().to_print()
    story.play(e.PrintProgressed(ID, PrintProgress(0, waiting)))
    name = view(story.kiosk).name

    assert story.play(e.TimeUp(story.kiosk.turn)) == [name]
    assert story.play(e.TimeUp(story.kiosk.turn)) == [name]
    assert story.commands == [CancelPrint(ID)]
    assert story.play(e.PrintSettled(ID, Printed(1))) == ["take_paper"]


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


def test_after_a_jam_a_new_paper_can_be_made_without_starting_over() -> None:
    story = Story().to_print()

    assert story.play(e.PrintSettled(ID, NotPrinted(DeviceCode.PRINTER_JAM))) == ["trouble"]
    assert story.tap("retry", "purpose:school") == ["purpose", "preparing"]

    order = story.commands[-1]
    assert isinstance(order, PreparePaper)
    assert order.issuance == ""


def test_calling_staff_while_printing_stays_with_the_print() -> None:
    story = Story().to_print()
    story.play(e.PrintProgressed(ID, PrintProgress(0, DeviceCode.PRINTER_JAM)))

    assert story.tap("call_staff") == ["printer_waits"]
    assert story.commands == [CallStaff("PRN-04")]
    assert any(node.id == "called" for node in walk(view(story.kiosk).nodes))
