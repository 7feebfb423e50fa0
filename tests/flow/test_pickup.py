"""What was asked for without a line is printed at a later tap."""

from __future__ import annotations

from dataclasses import replace

from devices.contract import DeviceCode, Printed, PrinterBlocked
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.commands import EndSession, PreparePaper, VoidPaper
from kiosk.flow.view import view
from kiosk.scene.contract import Role
from kiosk.scene.nodes import walk
from tests.flow.content import JOB, make_pickups
from tests.flow.people import TODAY, make_household, make_residence
from tests.flow.situations import PNG
from tests.flow.story import FOUND, ID, PREPARED, READ, Story

WAITING = replace(FOUND, pickups=make_pickups(2))


def choices(story: Story) -> list[str]:
    """What is offered to choose from."""
    return [node.action for node in walk(view(story.kiosk).nodes) if node.role is Role.CHOICE]


def met(event: e.HouseholdFound = WAITING) -> Story:
    """Somebody whom the platform knows, with what waits for them."""
    story = Story()
    story.play(e.CardLaid(), READ, event)
    return story


def test_what_waits_is_offered_after_the_person_was_confirmed_and_printed_under_its_number() -> None:
    story = met()

    scenes = story.tap("confirm", "pickup:0")
    order = story.commands[-1]
    scenes += story.play(PREPARED)
    scenes += story.tap("print")
    scenes += story.play(e.PrintSettled(ID, Printed(1)))

    assert scenes == ["pickups", "preparing", "preview", "printing", "take_paper"]
    assert isinstance(order, PreparePaper)
    assert (order.purpose, order.copies, order.pickup) == ("school", 1, WAITING.pickups[0].number)
    assert order.offline_as_of is None
    assert story.commands[-1] == EndSession(ID)


def test_the_copies_that_were_asked_for_are_made_as_far_as_the_rules_allow() -> None:
    many = WAITING.pickups[0].model_copy(update={"copies": 9})
    story = met(replace(FOUND, pickups=(many, WAITING.pickups[1])))
    story.tap("confirm", "pickup:0")

    order = story.commands[-1]
    assert isinstance(order, PreparePaper)
    assert order.copies == 2


def test_another_number_of_copies_still_answers_the_pick_up() -> None:
    story = met()
    story.tap("confirm", "pickup:0")
    story.play(PREPARED)
    story.tap("copies:2")

    order = story.commands[-1]
    assert isinstance(order, PreparePaper)
    assert (order.issuance, order.pickup) == ("issuance-1", WAITING.pickups[0].number)


def test_at_most_four_are_offered_beside_the_way_on() -> None:
    story = met(replace(FOUND, pickups=make_pickups(8)))
    story.tap("confirm")

    assert choices(story) == [*(f"pickup:{at}" for at in range(4)), "others"]
    assert story.tap("others") == ["services"]


def test_back_leads_through_what_waits_to_the_person() -> None:
    story = met()
    story.tap("confirm", "others")

    assert story.tap("back", "back") == ["pickups", "who_you_are"]


def test_back_from_the_paper_leads_to_what_waits_and_spends_the_number() -> None:
    story = met()
    story.tap("confirm", "pickup:0")
    story.play(PREPARED)

    assert story.tap("back") == ["pickups"]
    assert story.commands[-1] == VoidPaper("issuance-1")


def test_without_anything_waiting_the_way_is_the_usual_one() -> None:
    assert met(FOUND).tap("confirm") == ["services"]


def test_what_this_kiosk_cannot_print_is_not_offered() -> None:
    """A later platform may know other papers and purposes."""
    other_kind = WAITING.pickups[0].model_copy(update={"kind": "XX"})
    other_purpose = WAITING.pickups[1].model_copy(update={"purpose": "of tomorrow"})

    assert met(replace(FOUND, pickups=(other_kind, other_purpose))).tap("confirm") == ["services"]


def test_who_may_not_have_a_certificate_today_is_refused_as_usual() -> None:
    household = make_household(make_residence(until=TODAY.replace(year=2025)))
    story = met(replace(WAITING, household=household, applicant=household.members[0]))

    assert story.tap("confirm", "pickup:0") == ["pickups", "refusal"]
    assert not any(isinstance(command, PreparePaper) for command in story.commands)


def test_without_a_printer_nothing_is_spent_on_a_pick_up() -> None:
    story = met()
    story.play(e.PrinterChanged(PrinterBlocked(DeviceCode.PRINTER_PAPER_OUT)))

    assert story.tap("confirm", "pickup:0") == ["pickups", "trouble"]
    assert not any(isinstance(command, PreparePaper) for command in story.commands)


def test_what_somebody_waits_for_is_private() -> None:
    story = met()
    story.tap("confirm")

    rows = [node for node in walk(view(story.kiosk).nodes) if node.action.startswith("pickup:")]
    assert rows
    assert all(node.private for node in rows)


def test_an_ordinary_paper_that_comes_late_is_not_taken_for_the_pick_up() -> None:
    """It would leave the request waiting, to be printed a second time."""
    story = met()
    story.tap("confirm", "others", "service:residence", "purpose:school")
    story.play(e.TimeUp(story.kiosk.turn))
    story.tap("back", "back", "pickup:0")

    late = story.play(PREPARED)
    own = story.play(e.PaperPrepared(ID, "issuance-7", JOB.number, "school", 1, (PNG,)))

    assert (late, own) == (["preparing"], ["preview"])
    assert story.commands[-1] == VoidPaper("issuance-1")
    assert isinstance(story.kiosk.page, s.Preview)
    assert story.kiosk.page.pickup == WAITING.pickups[0].number
