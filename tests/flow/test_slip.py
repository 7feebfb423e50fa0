"""A request that cannot be granted now: its pick-up number, on the screen and on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend_client.contract import PlatformCode
from devices.contract import (
    DeviceCode,
    NotPrinted,
    Printed,
    PrinterBlocked,
    PrinterReady,
    PrintProgress,
    Uncertain,
)
from kiosk.domain.codes import StoreCode
from kiosk.domain.offline import OfflineCode
from kiosk.flow import events as e
from kiosk.flow.commands import (
    CancelPrint,
    EndSession,
    LookUp,
    PrepareSlip,
    PrintPaper,
    RecordWord,
    VoidPaper,
)
from kiosk.flow.view import view
from kiosk.scene.contract import Role
from kiosk.scene.nodes import walk
from tests.flow.content import AS_OF, JOB, SLIP_NUMBER
from tests.flow.people import NEXT_PERSON, TENANT
from tests.flow.situations import PNG
from tests.flow.soundness import strings_in, texts_in
from tests.flow.story import FOUND, ID, PREPARED, READ, Story

DOWN = e.LineChanged(PlatformCode.UNREACHABLE)
OUT_OF_REACH = e.HouseholdOutOfReach(ID, PlatformCode.UNREACHABLE, OfflineCode.NOT_HELD)
FROM_REGISTER = replace(FOUND, offline=e.OfflineRecord(AS_OF))
SLIP_PREPARED = e.PaperPrepared(ID, "issuance-3", SLIP_NUMBER, "school", 1, (PNG,))


def offered(story: Story) -> set[str]:
    """What can be touched."""
    return {node.action for node in walk(view(story.kiosk).nodes) if node.action and node.enabled}


def keys_shown(story: Story) -> set[str]:
    """The texts of the page by key."""
    return {text.key for text in texts_in(view(story.kiosk).nodes)}


def words_of(story: Story) -> set[str]:
    """All words and values of the page."""
    return set(strings_in(view(story.kiosk)))


def to_slip() -> Story:
    """As far as the pick-up number on the screen."""
    story = Story()
    story.play(DOWN, e.CardLaid(), READ, OUT_OF_REACH)
    story.tap("slip", "purpose:school")
    story.play(SLIP_PREPARED)
    return story


@pytest.mark.parametrize("code", OfflineCode)
@pytest.mark.parametrize("way", ["refused", "out of reach"])
def test_where_the_own_register_does_not_do_the_reason_is_said_and_a_slip_offered(
    way: str, code: OfflineCode
) -> None:
    refused = replace(FOUND, offline=e.OfflineRecord(AS_OF, code))
    answer = refused if way == "refused" else replace(OUT_OF_REACH, offline=code)
    story = Story()

    assert story.play(DOWN, e.CardLaid(), READ, answer)[-1] == "slip_offer"

    assert f"code.{code}.say" in keys_shown(story)
    assert {"slip_offer.works_now", "slip_offer.does_not_work"} <= keys_shown(story)
    assert {"slip", "finish"} <= offered(story)


def test_a_record_that_is_not_believed_is_not_kept() -> None:
    story = Story()

    story.play(e.CardLaid(), READ, replace(FOUND, offline=e.OfflineRecord(AS_OF, OfflineCode.NOT_CHECKED)))

    assert story.kiosk.session is not None
    assert story.kiosk.session.household is None


def test_a_request_is_noted_with_purpose_and_reason_and_its_number_shown_large_and_printed() -> None:
    story = Story()
    scenes = story.play(DOWN, e.CardLaid(), READ, OUT_OF_REACH)
    scenes += story.tap("slip", "purpose:school")
    scenes += story.play(SLIP_PREPARED)
    numbers = [node for node in walk(view(story.kiosk).nodes) if node.role is Role.NUMBER]
    scenes += story.tap("print")
    scenes += story.play(e.PrintSettled(ID, Printed(1)))
    scenes += story.tap("finish")

    assert scenes[2:] == [
        *("looking_up", "slip_offer", "purpose", "preparing_slip", "slip"),
        *("printing", "take_slip", "take_card"),
    ]
    assert [SLIP_NUMBER in set(strings_in(node)) for node in numbers] == [True]
    assert story.commands == [
        LookUp(ID, TENANT.identity),
        PrepareSlip(ID, ID, TENANT.identity, "school", 1, "OFF-01"),
        PrintPaper(ID, "issuance-3", SLIP_NUMBER, TENANT.identity),
        EndSession(ID),
    ]


def test_without_a_printer_the_number_on_the_screen_is_enough_and_must_be_confirmed() -> None:
    story = to_slip()
    story.play(e.PrinterChanged(PrinterBlocked(DeviceCode.PRINTER_PAPER_OUT)))

    assert "print" not in offered(story)
    assert story.tap("noted") == ["take_card"]
    assert story.commands[-1] == EndSession(ID)


def test_with_a_printer_the_number_may_be_written_down_instead() -> None:
    story = to_slip()
    story.play(e.PrinterChanged(PrinterReady()))

    assert {"print", "noted"} <= offered(story)
    assert story.tap("noted") == ["take_card"]


@pytest.mark.parametrize(
    ("outcome", "scene"), [(NotPrinted(DeviceCode.PRINTER_JAM), "slip_noted"), (Printed(1), "take_slip")]
)
def test_whether_printed_or_not_the_number_stays_on_the_screen(
    outcome: NotPrinted | Printed, scene: str
) -> None:
    story = to_slip()
    story.tap("print")

    assert story.play(e.PrintSettled(ID, outcome)) == [scene]
    assert SLIP_NUMBER in words_of(story)
    assert story.kiosk.session is None


@pytest.mark.parametrize(("word", "scene"), [("yes", "take_slip"), ("no", "slip_noted")])
def test_a_slip_in_doubt_is_asked_about_like_any_paper(word: str, scene: str) -> None:
    story = to_slip()
    story.tap("print")

    assert story.play(e.PrintSettled(ID, Uncertain(DeviceCode.JOB_VANISHED))) == ["came_out"]
    assert story.tap(f"came_out:{word}") == [scene]
    assert story.commands[-2:] == [RecordWord("issuance-3", word == "yes"), EndSession(ID)]


@pytest.mark.parametrize("outcome", [NotPrinted(DeviceCode.PRINTER_JAM), Uncertain(DeviceCode.JOB_VANISHED)])
def test_whoever_stands_there_after_the_card_went_sees_no_number(outcome: NotPrinted | Uncertain) -> None:
    story = to_slip()
    story.tap("print")
    story.play(e.PrintProgressed(ID, PrintProgress(0, DeviceCode.PRINTER_PAPER_OUT)))
    assert SLIP_NUMBER in words_of(story)

    story.play(e.CardLifted(), e.CardLaid(), e.IdentityRead("reading-9", NEXT_PERSON.identity))
    assert SLIP_NUMBER not in words_of(story)
    story.play(e.PrintSettled(ID, outcome))

    assert view(story.kiosk).name == "slip_noted"
    assert SLIP_NUMBER not in set(strings_in(story.kiosk))


def test_a_card_taken_from_the_number_leaves_the_number_and_nothing_else() -> None:
    """Who reads the number reaches for the card first; the request is noted already."""
    story = to_slip()

    assert story.play(e.CardLifted()) == ["slip_noted"]
    assert SLIP_NUMBER in words_of(story)
    assert story.commands[-1] == EndSession(ID)
    assert story.tap("finish") == ["attract"]


@pytest.mark.parametrize("touches", range(3))
def test_a_time_out_ends_a_request_as_a_whole(touches: int) -> None:
    story = Story()
    story.play(DOWN, e.CardLaid(), READ, OUT_OF_REACH)
    story.tap(*("slip", "purpose:school")[:touches])
    story.play(SLIP_PREPARED)

    assert story.play(e.TimeUp(story.kiosk.turn)) == ["ended"]
    assert story.kiosk.session is None
    assert story.commands[-1] == EndSession(ID)


def test_a_slip_that_never_settles_does_not_hold_the_kiosk_for_ever() -> None:
    story = to_slip()
    story.tap("print")
    story.commands.clear()
    story.play(e.TimeUp(story.kiosk.turn))

    assert story.play(e.TimeUp(story.kiosk.turn)) == ["slip_noted"]
    assert story.commands == [CancelPrint(ID), EndSession(ID)]


def test_a_slip_that_nobody_waits_for_any_more_is_not_shown_as_a_certificate() -> None:
    """Its answer came too late; the line was back meanwhile."""
    story = Story()
    story.play(DOWN, e.CardLaid(), READ, OUT_OF_REACH)
    story.tap("slip", "purpose:school")
    story.play(e.TimeUp(story.kiosk.turn))
    assert story.tap("retry") == ["looking_up"]
    story.play(FOUND)
    story.tap("confirm", "service:residence", "purpose:school")

    late = story.play(SLIP_PREPARED)
    wanted = story.play(PREPARED)

    assert (late, wanted) == (["preparing"], ["preview"])
    assert VoidPaper("issuance-3") in story.commands


def test_the_slip_of_a_certificates_number_is_no_slip_and_the_other_way_round() -> None:
    slip, certificate = Story(), Story()
    slip.play(DOWN, e.CardLaid(), READ, OUT_OF_REACH)
    slip.tap("slip", "purpose:school")
    certificate.play(e.CardLaid(), READ, FOUND)
    certificate.tap("confirm", "service:residence", "purpose:school")

    assert slip.play(e.PaperPrepared(ID, "issuance-1", JOB.number, "school", 1, (PNG,))) == ["preparing_slip"]
    assert certificate.play(SLIP_PREPARED) == ["preparing"]


def test_no_picture_of_the_slip_is_kept() -> None:
    assert PNG.decode("latin-1") not in set(strings_in(to_slip().kiosk))


def test_without_a_store_nothing_can_be_noted_and_the_page_says_so() -> None:
    story = Story()
    story.play(e.StoreFailed(StoreCode.DISK_FULL), DOWN, e.CardLaid(), READ, OUT_OF_REACH)

    assert "slip" not in offered(story)
    assert "slip_offer.works_not_slips" in keys_shown(story)
