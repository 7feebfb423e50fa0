"""What once went wrong at the seams of the flow, as rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from backend_client.contract import MemberStatus, ResidenceMode
from devices.contract import DeviceCode, PrintProgress
from kiosk.domain.codes import StoreCode
from kiosk.domain.eligibility import Eligible, Refused, decide
from kiosk.domain.rules import Rules
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow.step import step
from kiosk.flow.timer import timer
from kiosk.flow.view import view
from kiosk.scene.contract import Language
from kiosk.scene.nodes import walk
from kiosk.scene.wire import decode_scene, encode_scene
from tests.flow.content import JOB
from tests.flow.people import LELOU, TODAY, make_applied, make_household, make_member, make_residence
from tests.flow.situations import KNOWN_PERSON, QUIET
from tests.flow.soundness import strings_in
from tests.flow.story import FOUND, ID, PREPARED, READ, Story


def test_a_printer_that_counts_more_sheets_than_asked_for_still_has_a_scene() -> None:
    kiosk = replace(KNOWN_PERSON, page=s.Printing(replace(JOB, pages=1)))
    kiosk, _ = step(kiosk, e.PrintProgressed(ID, PrintProgress(3)))

    assert decode_scene(encode_scene(view(kiosk))).name == "printing"


def test_a_refused_card_leaves_no_phantom_card() -> None:
    """The reader's worker posts CardLifted only for cards that were read."""
    kiosk = replace(QUIET, page=s.Attract())
    for event in (e.CardLaid(), e.CardRefused(DeviceCode.CARD_NOT_ID)):
        kiosk, _ = step(kiosk, event)
    kiosk, _ = step(kiosk, e.TimeUp(kiosk.turn))
    assert "card-left" not in {n.id for n in walk(view(kiosk).nodes)}


@pytest.mark.parametrize("who", ["name_differs", "no_applicant", "deceased"])
def test_no_household_is_shown_while_it_is_open_who_stands_there(who: str) -> None:
    status = MemberStatus.DECEASED if who == "deceased" else MemberStatus.PRESENT
    household = make_household(None, make_member(status=status))
    applicant = None if who == "no_applicant" else household.members[0]
    story = Story()
    story.play(e.CardLaid(), READ, e.HouseholdFound(ID, household, applicant, name_matches=who == "deceased"))
    assert not any("501室" in w for w in strings_in(view(story.kiosk)))


def test_moved_out_is_said_once() -> None:
    household = make_household(
        make_residence(ResidenceMode.MOVED_OUT), make_member(status=MemberStatus.MOVED_OUT)
    )
    applied = replace(make_applied(), household=household, applicant=household.members[0])
    decision = decide(applied, TODAY, Rules(LELOU))

    assert isinstance(decision, Refused)
    codes = Counter(reason.code for reason in decision.reasons)
    assert max(codes.values()) == 1


def test_a_late_paper_of_another_choice_is_never_shown_as_this_one() -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FOUND)
    story.tap("confirm", "service:residence", "purpose:school")
    story.play(e.TimeUp(story.kiosk.turn))  # slow, not lost
    story.tap("retry", "purpose:housing")
    story.play(PREPARED)  # the school paper arrives
    assert not isinstance(story.kiosk.page, s.Preview)


@pytest.mark.parametrize("when", ["looking_up", "preparing"])
def test_an_answer_is_not_lost_while_somebody_reads_that_staff_were_called(when: str) -> None:
    story = Story()
    story.play(e.CardLaid(), READ)
    if when == "preparing":
        story.play(FOUND)
        story.tap("confirm", "service:residence", "purpose:school")
    story.tap("call_staff")
    story.play(PREPARED if when == "preparing" else FOUND)
    assert view(story.kiosk).name == ("preview" if when == "preparing" else "who_you_are")


def test_a_language_chosen_on_the_first_page_does_not_stay_for_the_next_resident() -> None:
    kiosk, _ = step(replace(QUIET, page=s.Attract()), e.Tapped("language:en"))
    limit = timer(kiosk)
    assert limit is not None
    assert step(kiosk, e.TimeUp(kiosk.turn))[0].preferences.language is Language.ZH


def test_a_card_whose_end_of_validity_cannot_be_read_is_for_staff() -> None:
    applied = make_applied()
    applied = replace(applied, identity=replace(applied.identity, valid_until=None, long_term=False))
    assert not isinstance(decide(applied, TODAY, Rules(LELOU)), Eligible)


def test_cancelling_can_be_touched_once() -> None:
    story = Story().to_print()
    story.play(e.PrintProgressed(ID, PrintProgress(0, DeviceCode.PRINTER_PAPER_OUT)))
    story.tap("cancel_print")
    assert "cancel_print" not in {n.action for n in walk(view(story.kiosk).nodes)}


def test_days_of_a_persons_record_are_private() -> None:
    story = Story()
    household = make_household(make_residence(until=TODAY - timedelta(days=20)))
    story.play(e.CardLaid(), READ, e.HouseholdFound(ID, household, household.members[0], name_matches=True))
    story.tap("confirm", "service:residence")
    help_line = next(n for n in view(story.kiosk).nodes if n.id == "help")
    assert help_line.private


def test_a_resident_who_left_a_waiting_print_is_asked() -> None:
    """Otherwise the paper may come out with nobody there."""
    limit = timer(replace(KNOWN_PERSON, page=s.PrinterWaits(JOB, DeviceCode.PRINTER_PAPER_OUT)))
    assert limit is not None
    assert limit.warn_after is not None


def test_a_card_that_is_expired_is_told_before_anybody_is_asked_about_its_holder() -> None:
    story = Story()
    story.play(
        e.CardLaid(), e.IdentityRead(ID, replace(READ.identity, valid_until=TODAY - timedelta(days=1)))
    )
    assert view(story.kiosk).name == "refusal"
    assert story.commands == []


@pytest.mark.parametrize("page", [s.Attract(), s.LayCard()])
def test_a_store_that_cannot_write_is_told_where_people_begin(page: s.Page) -> None:
    well, ill = (
        replace(QUIET, page=page),
        step(replace(QUIET, page=page), e.StoreFailed(StoreCode.DISK_FULL))[0],
    )

    assert "store" not in {node.id for node in walk(view(well).nodes)}
    assert "store" in {node.id for node in walk(view(ill).nodes)}


def test_a_call_for_staff_that_was_not_recorded_is_not_said_to_be() -> None:
    story = Story().to_print()
    story.tap("call_staff")
    noted = {node.id for node in walk(view(story.kiosk).nodes)}

    story.play(e.StaffCalled(e.StaffCallState.FAILED))

    assert "called" in noted
    assert "called" not in {node.id for node in walk(view(story.kiosk).nodes)}
