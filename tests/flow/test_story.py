"""The main job as a list of events, and what each page does with what may go wrong on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from backend_client.contract import PlatformCode, ResidenceMode
from devices.contract import (
    DeviceCode,
    NotPrinted,
    Printed,
    PrinterBlocked,
    PrintProgress,
    Uncertain,
)
from kiosk.domain.codes import StoreCode
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import (
    CallStaff,
    CancelPrint,
    EndSession,
    LookUp,
    PreparePaper,
    PrintPaper,
    RecordWord,
    VoidPaper,
)
from kiosk.flow.step import step
from kiosk.flow.view import view
from printer_templates.contract import PaperCode
from tests.flow.people import NOW, TENANT, make_household, make_residence
from tests.flow.situations import FULL_WORLD, JOB, PLAN, PNG
from tests.flow.soundness import walk

if TYPE_CHECKING:
    from kiosk.flow.commands import Command

ID = "reading-1"
READ = e.IdentityRead(ID, TENANT.identity)
FOUND = e.HouseholdFound(ID, TENANT.household, TENANT.applicant, name_matches=True)
PREPARED = e.PaperPrepared(ID, "issuance-1", JOB.number, 1, (PNG,))


class Story:
    """Plays events and keeps the scenes and commands they led to."""

    def __init__(self) -> None:
        self.kiosk = replace(s.initial(PLAN, NOW), world=FULL_WORLD)
        self.commands: list[Command] = []

    def play(self, *events: e.Event) -> list[str]:
        """The name of the scene after each event."""
        scenes = []
        for event in events:
            self.kiosk, ordered = step(self.kiosk, event)
            self.commands += ordered
            scenes.append(view(self.kiosk).name)
        return scenes

    def tap(self, *actions: str) -> list[str]:
        """Touch controls; each must be offered and enabled on the page of its turn."""
        scenes = []
        for action in actions:
            offered = {node.action for node in walk(view(self.kiosk).nodes) if node.enabled}
            assert action in offered
            scenes += self.play(e.Tapped(action))
        return scenes

    def to_preview(self) -> Story:
        """As far as the paper on the screen."""
        self.play(e.CardLaid(), READ, FOUND)
        self.tap("confirm", "service:residence", "purpose:school")
        self.play(PREPARED)
        return self

    def to_print(self) -> Story:
        """As far as the print."""
        self.to_preview().tap("print")
        self.commands.clear()
        return self


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
        *("printing", "printing", "printing", "take_paper", "take_card", "attract"),
    ]
    assert story.commands == [
        LookUp(ID, TENANT.identity),
        PreparePaper(ID, ID, "", TENANT.identity, TENANT.household, TENANT.applicant, "school", 1),
        PrintPaper(ID, "issuance-1"),
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

    story.play(e.PaperPrepared(ID, "issuance-9", JOB.number, 1, (PNG,)))

    assert story.commands[-1] == VoidPaper("issuance-9")


@pytest.mark.parametrize("touches", range(4))
def test_a_card_lifted_before_the_print_ends_the_session_and_says_so(touches: int) -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FOUND)
    story.tap(*("confirm", "service:residence", "purpose:school")[:touches])

    assert story.play(e.CardLifted()) == ["ended"]
    assert story.commands[-1] == EndSession(ID)
    assert story.kiosk.session is None


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


def test_a_lookup_that_failed_can_be_tried_again() -> None:
    story = Story()

    assert story.play(e.CardLaid(), READ, e.LookupFailed(ID, PlatformCode.TOO_SLOW))[-1] == "trouble"
    assert story.tap("retry") == ["looking_up"]
    assert story.commands == [LookUp(ID, TENANT.identity)] * 2
    assert story.play(FOUND) == ["who_you_are"]


def test_a_lookup_without_an_answer_is_told_after_its_limit() -> None:
    story = Story()
    story.play(e.CardLaid(), READ)

    assert story.play(e.TimeUp(story.kiosk.turn)) == ["trouble"]
    assert isinstance(story.kiosk.page, s.Trouble)
    assert story.kiosk.page.code is PlatformCode.TOO_SLOW


def test_nobody_known_is_a_refusal_with_a_way_out() -> None:
    story = Story()

    assert story.play(e.CardLaid(), READ, e.PersonUnknown(ID))[-1] == "refusal"


def test_a_lease_that_ended_is_refused_and_nothing_is_reserved() -> None:
    story = Story()
    household = make_household(make_residence(until=date(2026, 8, 31)))
    story.play(e.CardLaid(), READ, e.HouseholdFound(ID, household, household.members[0], name_matches=True))

    assert story.tap("confirm", "service:residence") == ["services", "refusal"]
    assert not any(isinstance(command, PreparePaper) for command in story.commands)
    assert story.tap("back") == ["services"]


def test_a_refusal_stays_readable_when_the_card_is_lifted_and_names_nobody() -> None:
    story = Story()
    household = make_household(make_residence(ResidenceMode.PENDING))
    story.play(e.CardLaid(), READ, e.HouseholdFound(ID, household, household.members[0], name_matches=True))
    story.tap("confirm", "service:residence")

    assert story.play(e.CardLifted()) == ["refusal"]
    assert story.kiosk.session is None
    assert story.commands[-1] == EndSession(ID)
    assert story.tap("finish") == ["attract"]


def test_a_name_that_no_font_has_sends_the_resident_to_staff() -> None:
    story = Story().to_preview()
    story.tap("copies:2")

    assert story.play(e.PreparationFailed(ID, PaperCode.MISSING_GLYPH)) == ["refusal"]


def test_a_paper_that_could_not_be_made_is_told_with_its_code() -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FOUND)
    story.tap("confirm", "service:residence", "purpose:school")

    assert story.play(e.PreparationFailed(ID, StoreCode.NO_NUMBERS)) == ["trouble"]
    assert isinstance(story.kiosk.page, s.Trouble)
    assert story.kiosk.page.code is StoreCode.NO_NUMBERS


@pytest.mark.parametrize(
    "event",
    [
        e.StoreFailed(StoreCode.DISK_FULL),
        e.PrinterChanged(PrinterBlocked(DeviceCode.PRINTER_PAPER_OUT)),
        e.LineChanged(PlatformCode.UNREACHABLE),
    ],
)
def test_without_store_printer_or_line_only_the_certificate_is_off(event: e.Event) -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FOUND, event, e.Tapped("confirm"))

    choices = {node.action: node for node in walk(view(story.kiosk).nodes) if node.action}

    assert not choices["service:residence"].enabled
    assert choices["service:residence"].detail is not None
    assert choices["service:allowance"].enabled
    assert story.tap("service:not_issued", "service:kinship") == ["services", "guide"]
    assert story.tap("back", "back", "back") == ["services", "services", "who_you_are"]


def test_a_failed_reader_closes_my_services_and_nothing_else() -> None:
    story = Story()
    story.play(e.Tapped("start"), e.ReaderFailed(DeviceCode.READER_SILENT))

    choices = {node.action: node for node in walk(view(story.kiosk).nodes) if node.action}

    assert not choices["services"].enabled
    assert story.tap("party", "notice:n0", "back", "back") == ["notices", "notice", "notices", "home"]
    assert story.tap("organisations", "organisation:street", "organisation:c1") == [
        *("organisations", "organisations", "organisation"),
    ]
    story.play(e.Tapped("back"), e.Tapped("back"), e.Tapped("back"), e.ReaderRecovered())
    assert story.tap("services") == ["lay_card"]


def test_out_of_service_only_while_nothing_useful_is_left() -> None:
    story = Story()
    story.kiosk = s.initial(PLAN, NOW)

    assert story.play(e.ReaderFailed(DeviceCode.READER_NOT_FOUND)) == ["out_of_service"]
    assert story.play(e.ReaderRecovered()) == ["attract"]
    assert story.play(e.LineChanged(PlatformCode.UNREACHABLE)) == ["attract"]


@pytest.mark.parametrize("code", [DeviceCode.CARD_UNREADABLE, DeviceCode.CARD_NOT_ID])
def test_a_card_that_cannot_be_read_is_told_and_the_next_one_is_read(code: DeviceCode) -> None:
    story = Story()

    assert story.play(e.CardLaid(), e.CardRefused(code)) == ["reading", "trouble"]
    assert story.play(e.CardLaid(), READ) == ["reading", "looking_up"]


def test_a_reader_that_dies_in_the_middle_of_reading_is_told() -> None:
    story = Story()

    assert story.play(e.CardLaid(), e.ReaderFailed(DeviceCode.READER_SILENT)) == ["reading", "trouble"]


def test_staff_can_be_called_from_a_page_and_the_page_comes_back() -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FOUND)

    assert story.tap("call_staff") == ["staff_called"]
    assert story.commands[-1] == CallStaff("")
    assert story.play(e.StaffCalled(e.StaffCallState.RECORDED)) == ["staff_called"]
    assert story.tap("back") == ["who_you_are"]


def test_calling_staff_while_printing_stays_with_the_print() -> None:
    story = Story().to_print()
    story.play(e.PrintProgressed(ID, PrintProgress(0, DeviceCode.PRINTER_JAM)))

    assert story.tap("call_staff") == ["printer_waits"]
    assert story.commands == [CallStaff("PRN-04")]
    assert any(node.id == "called" for node in walk(view(story.kiosk).nodes))


def test_time_up_in_a_session_clears_it() -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FOUND)

    assert story.play(e.TimeNearlyUp(story.kiosk.turn)) == ["who_you_are"]
    assert any(node.id == "warning" for node in view(story.kiosk).nodes)
    assert story.play(e.TimeUp(story.kiosk.turn)) == ["ended"]
    assert story.commands[-1] == EndSession(ID)
    assert story.play(e.TimeUp(story.kiosk.turn)) == ["attract"]


@pytest.mark.parametrize("action", ["language:en", "text_size:large", "theme:contrast_light"])
def test_language_size_and_colours_change_at_once_and_keep_the_page(action: str) -> None:
    story = Story().to_preview()
    before = story.kiosk.page

    assert story.tap(action) == ["preview"]
    assert story.kiosk.page == before
    assert story.kiosk.preferences != s.Preferences()
