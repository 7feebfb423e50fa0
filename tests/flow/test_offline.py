"""Certificates from the kiosk's own register while the line is down."""

from __future__ import annotations

from dataclasses import replace

from backend_client.contract import PlatformCode, ResidenceMode
from kiosk.domain.offline import OfflineCode
from kiosk.flow import events as e
from kiosk.flow.commands import (
    PreparePaper,
)
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from tests.flow.content import AS_OF, SLIP_NUMBER
from tests.flow.people import make_household, make_residence
from tests.flow.situations import PNG
from tests.flow.soundness import strings_in, texts_in
from tests.flow.story import FOUND, ID, PREPARED, READ, Story

DOWN = e.LineChanged(PlatformCode.UNREACHABLE)
OUT_OF_REACH = e.HouseholdOutOfReach(ID, PlatformCode.UNREACHABLE, OfflineCode.NOT_HELD)
FROM_REGISTER = replace(FOUND, offline=e.OfflineRecord(AS_OF))
SLIP_PREPARED = e.PaperPrepared(ID, "issuance-3", SLIP_NUMBER, "school", 1, (PNG,))


def test_a_record_of_the_own_register_goes_the_usual_way_and_the_paper_says_its_age() -> None:
    story = Story()
    story.play(DOWN, e.CardLaid(), READ, FROM_REGISTER)

    scenes = story.tap("confirm", "service:residence", "purpose:school")

    assert scenes == ["services", "purpose", "preparing"]
    order = story.commands[-1]
    assert isinstance(order, PreparePaper)
    assert order.offline_as_of == AS_OF
    assert story.kiosk.world.line is PlatformCode.UNREACHABLE


def test_who_you_are_services_and_preview_say_that_the_own_register_is_used_and_how_old_it_is() -> None:
    story = Story()
    pages = []
    story.play(DOWN, e.CardLaid(), READ, FROM_REGISTER)
    pages.append({node.id for node in walk(view(story.kiosk).nodes)})
    assert "09:41" in set(strings_in(view(story.kiosk)))  # 01:41 in the platform's own zone
    story.tap("confirm")
    pages.append({node.id for node in walk(view(story.kiosk).nodes)})
    story.tap("service:residence", "purpose:school")
    story.play(PREPARED)
    pages.append({node.id for node in walk(view(story.kiosk).nodes)})

    assert all("register" in ids for ids in pages)


def test_the_age_of_the_record_stays_with_every_order_of_the_session() -> None:
    story = Story()
    story.play(e.CardLaid(), READ, FROM_REGISTER)
    story.tap("confirm", "service:residence", "purpose:school")
    story.play(PREPARED)
    story.tap("copies:2")

    orders = [command for command in story.commands if isinstance(command, PreparePaper)]
    assert [order.offline_as_of for order in orders] == [AS_OF, AS_OF]


def test_an_online_record_is_never_called_old() -> None:
    story = Story().to_preview()

    assert "register" not in {node.id for node in walk(view(story.kiosk).nodes)}
    order = next(command for command in story.commands if isinstance(command, PreparePaper))
    assert order.offline_as_of is None


def test_an_answer_of_the_own_register_is_no_proof_of_a_line_and_one_of_the_platform_is() -> None:
    own, platform = Story(), Story()

    own.play(DOWN, e.CardLaid(), READ, FROM_REGISTER)
    platform.play(DOWN, e.CardLaid(), READ, FOUND)

    assert own.kiosk.world.line is PlatformCode.UNREACHABLE
    assert platform.kiosk.world.line is None


def test_the_same_rules_decide_without_a_line() -> None:
    household = make_household(make_residence(ResidenceMode.PENDING))
    found = replace(FROM_REGISTER, household=household, applicant=household.members[0])
    story = Story()
    story.play(DOWN, e.CardLaid(), READ, found)

    assert story.tap("confirm", "service:residence") == ["services", "refusal"]


def test_a_line_that_breaks_after_the_look_up_stops_nothing_and_the_page_says_so() -> None:
    """Number, paper and record need no line."""
    story = Story()
    story.play(e.CardLaid(), READ, FOUND, DOWN)
    story.tap("confirm")

    assert "line.in_session" in {text.key for text in texts_in(view(story.kiosk).nodes)}
    assert story.tap("service:residence", "purpose:school")[-1] == "preparing"
