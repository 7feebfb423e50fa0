"""What each fault leads to: a page that says so, and a way on."""

from __future__ import annotations

from datetime import date

import pytest

from backend_client.contract import PlatformCode, ResidenceMode
from devices.contract import (
    DeviceCode,
    PrinterBlocked,
)
from kiosk.domain.codes import StoreCode
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import (
    EndSession,
    LookUp,
    PreparePaper,
)
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from printer_templates.contract import PaperCode
from tests.flow.people import NOW, TENANT, make_household, make_residence
from tests.flow.situations import PLAN
from tests.flow.story import FOUND, ID, READ, Story


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
    ],
)
def test_without_store_or_printer_only_the_certificate_is_off(event: e.Event) -> None:
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
    assert story.tap("party", "column:party", "notice:n0") == ["columns", "notices", "notice"]
    assert story.tap("back", "back", "back") == ["notices", "columns", "home"]
    assert story.tap("organisations", "organisation:c1") == ["organisations", "organisation"]
    assert story.tap("back", "back") == ["organisations", "home"]
    story.play(e.ReaderRecovered())
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
