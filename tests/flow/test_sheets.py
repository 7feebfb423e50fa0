"""Sheets that name nobody: offered where something prints, printed once, and their end is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.contract import DeviceCode, NotPrinted, Printed, Uncertain
from kiosk.domain.health import Board, Component, Finding, Health
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import AcceptanceWish, CallStaff, GuideWish, PrintSheet
from kiosk.flow.view import view
from kiosk.scene.contract import Language
from kiosk.scene.nodes import walk
from printer_templates.contract import PaperCode
from tests.flow.bench_situations import SINCE, good_board
from tests.flow.situations import KNOWN_PERSON, QUIET, WELL
from tests.flow.soundness import texts_in
from tests.flow.story import Story

GUIDE = s.Guide("allowance", s.Services())
WISH = PrintSheet(GuideWish("allowance", Language.ZH))


def at(page: s.Page, board: Board | None = None) -> Story:
    """Somebody stands before this page."""
    story = Story()
    session = KNOWN_PERSON if isinstance(page, s.Guide) else QUIET
    story.kiosk = replace(session, page=page, world=replace(WELL, board=board or good_board()))
    return story


def is_offered(story: Story) -> bool:
    """Whether a sheet can be asked for."""
    return any(node.action == "sheet" and node.enabled for node in walk(view(story.kiosk).nodes))


def told(story: Story) -> set[str]:
    """The keys of all texts of the page."""
    return {text.key for text in texts_in(view(story.kiosk).nodes)}


def board_with(**parts: Health) -> Board:
    """Everything good but these."""
    board = good_board()
    for name, health in parts.items():
        board = board.put(Finding(Component(name), health, SINCE, DeviceCode.PRINTER_PAPER_OUT))
    return board


def test_a_guide_is_printed_and_told_on_the_same_page() -> None:
    story = at(GUIDE)

    story.tap("sheet")
    assert story.commands == [WISH]
    assert "sheet.printing" in told(story)
    story.play(e.SheetSettled(Printed(1)))
    assert "sheet.printed" in told(story)
    assert story.kiosk.page == GUIDE
    assert not is_offered(story)


def test_two_touches_print_one_sheet() -> None:
    story = at(GUIDE)

    story.play(e.Tapped("sheet"), e.Tapped("sheet"))

    assert story.commands == [WISH]


@pytest.mark.parametrize(
    ("outcome", "key", "again"),
    [
        (NotPrinted(DeviceCode.RECEIPT_PAPER_OUT), "sheet.not_printed", True),
        (PaperCode.DOES_NOT_FIT, "sheet.not_printed", True),
        (Uncertain(DeviceCode.RECEIPT_NOT_CONFIRMED), "sheet.uncertain", False),
    ],
)
def test_what_went_wrong_is_said_and_only_what_surely_failed_may_be_repeated(
    outcome: NotPrinted | Uncertain | PaperCode, key: str, *, again: bool
) -> None:
    story = at(GUIDE)
    story.tap("sheet")

    story.play(e.SheetSettled(outcome))

    assert key in told(story)
    assert is_offered(story) == again


def test_the_answer_to_an_earlier_page_is_told_to_nobody_and_no_other_sheet_is_ordered_meanwhile() -> None:
    story = at(GUIDE)
    story.tap("sheet", "back", "service:medical_aid")

    assert "sheet.busy" in told(story)
    assert not is_offered(story)
    story.play(e.SheetSettled(Printed(1)))
    assert not {"sheet.busy", "sheet.printed"} & told(story)
    assert is_offered(story)


@pytest.mark.parametrize(
    ("parts", "offered"),
    [
        ({"receipt_printer": Health.BAD}, True),
        ({"page_printer": Health.BAD, "standby_printer": Health.BAD}, True),
        ({"receipt_printer": Health.UNKNOWN, "page_printer": Health.BAD}, True),
        (dict.fromkeys(("receipt_printer", "page_printer", "standby_printer"), Health.BAD), False),
    ],
)
def test_it_is_offered_where_any_printer_is_good_or_unknown(
    parts: dict[str, Health], *, offered: bool
) -> None:
    story = at(GUIDE, board_with(**parts))

    assert is_offered(story) == offered
    if not offered:
        story.play(e.Tapped("sheet"))
        assert story.commands == []


def test_a_receipt_for_a_call_is_offered_once_the_call_is_recorded() -> None:
    story = at(s.Trouble(DeviceCode.PRINTER_JAM))
    story.tap("call_staff")

    assert not is_offered(story)
    story.play(e.Tapped("sheet"))
    assert story.commands == [CallStaff("PRN-04")]
    story.play(e.StaffCalled(e.StaffCallState.RECORDED))
    story.tap("sheet")
    assert story.commands[-1] == PrintSheet(AcceptanceWish("PRN-04", Language.ZH))


def test_no_receipt_for_a_call_that_was_not_recorded() -> None:
    story = at(s.Home())
    story.tap("call_staff")
    story.play(e.StaffCalled(e.StaffCallState.FAILED))

    assert not is_offered(story)


def test_the_sheet_speaks_the_language_of_the_page() -> None:
    story = at(GUIDE)
    story.tap("language:en", "sheet")

    assert story.commands == [PrintSheet(GuideWish("allowance", Language.EN))]
