"""What every page has, whatever the situation."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kiosk.flow import events as e
from kiosk.flow import states as s
from kiosk.flow import world as w
from kiosk.flow.step import step
from kiosk.flow.view import view
from kiosk.scene.contract import Language, Node, Role
from kiosk.scene.nodes import walk
from kiosk.screen.figures import PICTURES
from kiosk.screen.icons import ICONS
from tests.flow.content import make_notices
from tests.flow.people import TENANT
from tests.flow.situations import KNOWN_PERSON, PNG, QUIET, every_look
from tests.flow.soundness import strings_in

LOOKS = every_look()
MANY = replace(QUIET.world, notices=make_notices(36))
TOUCHABLE = {Role.CHOICE, Role.BUTTON, Role.PRIMARY, Role.PREFERENCE, Role.ENTRY}


def nodes_of(kiosk: s.Kiosk) -> tuple[Node, ...]:
    """All nodes of a scene in one row."""
    return tuple(walk(view(kiosk).nodes))


def test_every_page_has_band_title_and_foot() -> None:
    for kiosk in LOOKS:
        roles = [node.role for node in view(kiosk).nodes]

        assert [roles.count(role) for role in (Role.BAND, Role.TITLE, Role.FOOT)] == [1, 1, 1]


def test_node_ids_are_unique_on_a_page() -> None:
    for kiosk in LOOKS:
        counted = Counter(node.id for node in nodes_of(kiosk))

        assert counted.most_common(1)[0][1] == 1, (view(kiosk).name, counted.most_common(1))


def test_nobody_has_to_choose_among_more_than_seven() -> None:
    for kiosk in LOOKS:
        assert sum(node.role is Role.CHOICE for node in nodes_of(kiosk)) <= 7


def test_everything_that_can_be_touched_has_words_and_an_action() -> None:
    for kiosk in LOOKS:
        for node in nodes_of(kiosk):
            if node.role in TOUCHABLE:
                assert node.label is not None, node.id
                assert node.action, node.id
            elif node.role is not Role.STEPPER:
                assert not node.action, node.id


def test_what_is_switched_off_says_why() -> None:
    for kiosk in LOOKS:
        for node in nodes_of(kiosk):
            if node.role is Role.CHOICE and not node.enabled:
                assert node.detail is not None


def test_every_preference_and_help_are_on_every_page() -> None:
    for kiosk in LOOKS:
        offered = {node.action.partition(":")[0] for node in nodes_of(kiosk) if node.role is Role.PREFERENCE}

        assert offered == {"language", "text_size", "theme", "low_reach", "speech", "call_staff"}


def test_the_language_button_always_leads_to_the_other_language() -> None:
    for language, other in ((Language.ZH, "en"), (Language.EN, "zh-Hans")):
        kiosk = replace(QUIET, preferences=w.Preferences(language))

        assert f"language:{other}" in {node.action for node in nodes_of(kiosk)}


def test_every_enabled_control_does_something() -> None:
    """A touch that changes nothing at all would leave people pressing harder."""
    for kiosk in LOOKS:
        for node in nodes_of(kiosk):
            if node.action and node.enabled and node.role is not Role.ENTRY:  # that one is typed into
                after, commands = step(kiosk, e.Tapped(node.action))

                moved = replace(after, turn=kiosk.turn) != kiosk
                assert moved or commands or node.action in EXPECTED_TO_STAY, (view(kiosk).name, node.action)


# Somebody who is on the page of the help already, or asks for more time, stays.
EXPECTED_TO_STAY = {"more_time", "call_staff"}


def test_every_icon_and_picture_is_drawn() -> None:
    for kiosk in LOOKS:
        for node in nodes_of(kiosk):
            if node.icon:
                assert node.icon in (PICTURES if node.role is Role.PICTURE else ICONS), node.icon


def test_what_comes_from_the_card_or_is_masked_is_private() -> None:
    residence = TENANT.household.residence
    personal = ("王××", "6105 90**", residence.address.room, PNG.decode("latin-1"))
    for kiosk in (each for each in LOOKS if each.session):
        for node in nodes_of(kiosk):
            own = [*strings_in((node.label, node.detail)), node.raster.decode("latin-1")]
            if any(mark in words for words in own for mark in personal):
                assert node.private, (view(kiosk).name, node.id)


def test_no_scene_holds_a_full_name_number_or_card_address() -> None:
    """Only the picture of the paper itself shows them."""
    for kiosk in LOOKS:
        words = list(strings_in(view(kiosk)))

        assert not any(secret in text for text in words for secret in TENANT.secrets())


def test_a_scene_without_a_session_holds_nothing_private_but_the_days_of_a_refusal() -> None:
    """A refusal stays readable when the card is taken; it names nobody, and its days are never spoken."""
    for kiosk in (each for each in LOOKS if each.session is None):
        private = [node.id for node in nodes_of(kiosk) if node.private]

        assert private == [] or isinstance(kiosk.page, s.Refusal)
        assert all(name == "help" or name.startswith("also-") for name in private)


def test_the_warning_says_how_long_and_offers_more_time() -> None:
    for kiosk in LOOKS:
        dialogs = [node for node in view(kiosk).nodes if node.role is Role.DIALOG]

        assert len(dialogs) == kiosk.warned
        if dialogs:
            actions = {node.action for node in walk(dialogs[0].children)}
            assert actions >= {"more_time", "finish"}
            assert "20" in set(strings_in(dialogs[0]))


def test_the_present_step_of_the_task_is_marked() -> None:
    for kiosk in LOOKS:
        steps = [node for node in nodes_of(kiosk) if node.role is Role.STEP]

        assert len(steps) in {0, 6}
        assert sum(node.chosen for node in steps) == bool(steps)


@pytest.mark.parametrize(("copies", "fewer", "more"), [(1, False, True), (2, True, False)])
def test_copies_go_from_one_to_what_the_rules_allow(copies: int, *, fewer: bool, more: bool) -> None:
    kiosk = replace(KNOWN_PERSON, page=s.Preview("school", copies, "issuance-1", "number", (PNG,)))

    buttons = {node.id: node for node in nodes_of(kiosk)}

    assert buttons["fewer"].enabled == fewer
    assert buttons["more"].enabled == more


def test_long_lists_turn_their_pages_to_the_end_and_back() -> None:
    kiosk = replace(QUIET, page=s.NoticeList("notice"), world=MANY)
    seen: list[str] = []
    while True:
        nodes = {node.id: node for node in nodes_of(kiosk)}
        seen += [node.action for node in nodes.values() if node.action.startswith("notice:")]
        if not nodes["page-next"].enabled:
            break
        kiosk, _ = step(kiosk, e.Tapped("page:next"))

    assert seen == [f"notice:n{at}" for at in range(2, 36, 3)]
    assert step(kiosk, e.Tapped("page:previous"))[0].page == s.NoticeList("notice", page=1)


def test_organisations_open_down_to_the_grid_and_lead_back_up() -> None:
    """The only street is where the search begins; what has parts lists itself first."""
    kiosk = replace(QUIET, page=s.Home())
    names = []
    for action in ("organisations", "organisation:c0", "organisation:g1", "back", "back", "back"):
        assert action in {node.action for node in nodes_of(kiosk) if node.enabled}
        kiosk, _ = step(kiosk, e.Tapped(action))
        names.append(view(kiosk).name)

    assert names == [*["organisations"] * 2, "organisation", *["organisations"] * 2, "home"]


def test_an_organisation_with_parts_shows_its_own_staff_too() -> None:
    kiosk = replace(QUIET, page=s.OrganisationList("c0"))

    after, _ = step(kiosk, e.Tapped("organisation:c0"))

    assert view(after).name == "organisation"
    assert any("李明远" in words for words in strings_in(view(after)))
