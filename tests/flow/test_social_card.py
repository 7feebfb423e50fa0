"""A social security card opens what the rules name, and nothing else; nobody is left without a way on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.contract import CardKind, DeviceCode, Identity
from kiosk.domain.codes import EligibilityCode
from kiosk.domain.eligibility import Reason
from kiosk.domain.health import Component, Finding, Health
from kiosk.domain.offline import OfflineCode
from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.commands import LookUp
from kiosk.flow.step import step
from kiosk.flow.view import view
from tests.flow.bench_situations import SINCE, good_board
from tests.flow.people import TENANT
from tests.flow.situations import PLAN, QUIET, SOCIAL, WELL
from tests.flow.soundness import texts_in
from tests.flow.story import FOUND, ID, Story

CARD = Identity(
    CardKind.SOCIAL_SECURITY,
    name=TENANT.name,
    number=TENANT.number,
    sex="2",
    birth=TENANT.identity.birth,
    social_card_number="A61059012",
)
READ = e.IdentityRead(ID, CARD)
NEEDS_ID = s.Refusal((Reason(EligibilityCode.NEEDS_ID_CARD),))
OTHER_SERVICE = replace(PLAN, rules=replace(PLAN.rules, social_card_services=("allowance",)))


def with_plan(plan: w.Plan) -> Story:
    """A kiosk with these rules."""
    story = Story()
    story.kiosk = replace(QUIET, plan=plan, world=WELL)
    return story


def told(kiosk: s.Kiosk) -> set[str]:
    """The keys of all texts of the page."""
    return {text.key for text in texts_in(view(kiosk).nodes)}


def test_where_no_service_takes_it_nobody_is_asked_about_its_holder() -> None:
    story = with_plan(PLAN)

    story.play(e.CardLaid(), READ)

    assert story.kiosk.page == NEEDS_ID
    assert not any(isinstance(command, LookUp) for command in story.commands)
    assert {"code.ELG-16.say", "code.ELG-16.todo"} <= told(story.kiosk)
    assert story.tap("back") == ["home"]


def test_where_the_rules_allow_it_a_certificate_is_made_from_the_register() -> None:
    """It says nothing of address or validity, and needs to say nothing."""
    story = with_plan(SOCIAL)
    story.play(e.CardLaid(), READ, FOUND)

    assert story.tap("confirm", "service:residence", "purpose:school")[-1] == "preparing"


def test_for_another_service_it_is_refused_and_the_session_goes_on() -> None:
    story = with_plan(OTHER_SERVICE)
    story.play(e.CardLaid(), READ, FOUND)
    story.tap("confirm", "service:residence")

    assert isinstance(story.kiosk.page, s.Refusal)
    assert story.kiosk.page.reasons == NEEDS_ID.reasons
    assert story.kiosk.session is not None
    assert story.tap("back", "service:allowance")[-1] == "guide"


def test_no_request_is_taken_for_what_the_card_does_not_open() -> None:
    story = with_plan(OTHER_SERVICE)
    story.play(e.CardLaid(), READ)
    story.kiosk = replace(story.kiosk, page=s.SlipOffer(OfflineCode.NOT_HELD))

    story.tap("slip")

    assert story.kiosk.page == NEEDS_ID


@pytest.mark.parametrize(
    ("plan", "health", "is_mentioned"),
    [
        (SOCIAL, Health.GOOD, True),
        (SOCIAL, Health.UNKNOWN, False),
        (SOCIAL, Health.BAD, False),
        (SOCIAL, None, False),
        (PLAN, Health.GOOD, False),
    ],
)
def test_it_is_mentioned_only_where_its_reader_is_fitted_good_and_of_use(
    plan: w.Plan, health: Health | None, *, is_mentioned: bool
) -> None:
    kept = [each for each in good_board().findings if each.component is not Component.SOCIAL_READER]
    board = replace(good_board(), findings=tuple(kept))
    if health:
        board = board.put(Finding(Component.SOCIAL_READER, health, SINCE))
    kiosk = replace(QUIET, plan=plan, page=s.LayCard(), world=replace(WELL, board=board))

    assert ("lay_card.social" in told(kiosk)) == is_mentioned


def test_with_a_broken_reader_for_id_cards_it_is_the_card_to_use() -> None:
    board = good_board().put(Finding(Component.ID_READER, Health.BAD, SINCE, DeviceCode.READER_SILENT))
    kiosk = replace(QUIET, plan=SOCIAL, page=s.Home(), world=replace(WELL, board=board))

    after, _ = step(kiosk, e.Tapped("services"))

    assert "off.IDR" not in told(kiosk)
    assert "lay_card.social_only" in told(after)
    assert "off.IDR" in told(replace(kiosk, plan=PLAN))
