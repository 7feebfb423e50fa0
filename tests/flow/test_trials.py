"""Guided tests of devices: what counts as passed, and that a card under test begins no session."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from devices.contract import DeviceCode
from kiosk.domain.health import Component
from kiosk.domain.trials import TRIAL_CODE, TRIALS
from kiosk.flow import events as e
from kiosk.flow import technician_states as ts
from kiosk.flow.commands import RecordTest, TryDevice
from kiosk.flow.trial_code import TRIAL_CODE_PNG
from kiosk.flow.trial_steps import SPOTS, step_of
from kiosk.flow.view import view
from printer_templates import qr
from tests.flow.content import STAFF
from tests.flow.people import NEXT_PERSON
from tests.flow.soundness import knows, texts_in
from tests.flow.technician_story import READ, SOCIAL_READ, at_the_bench

if TYPE_CHECKING:
    from tests.flow.story import Story


def at_trial(component: Component) -> Story:
    """The test of one part has begun."""
    story = at_the_bench(ts.Part(component))
    story.tap("trial")
    return story


def stage_of(story: Story) -> tuple[int, ts.TrialStage]:
    """Which step, and where it is."""
    page = story.kiosk.page
    assert isinstance(page, ts.Trial)
    return page.at, page.stage


def test_a_reader_is_tested_by_its_card_and_nobody_is_shown() -> None:
    story = at_trial(Component.ID_READER)

    assert story.commands == [TryDevice(Component.ID_READER, "status")]
    story.play(e.TrialFinished(Component.ID_READER, "status", passed=True, seen="CVR-100"))
    story.tap("next")
    story.play(e.CardLaid(), READ)
    assert stage_of(story) == (1, ts.TrialStage.PASSED)
    assert not knows(story.kiosk, NEXT_PERSON.secrets())
    assert story.kiosk.session is None
    assert "card_kind.resident" in {text.key for text in texts_in(view(story.kiosk).nodes)}
    story.tap("next")
    assert stage_of(story) == (2, ts.TrialStage.WATCHING)
    story.play(e.CardLifted())
    story.tap("next")
    assert story.commands[1:] == [RecordTest(STAFF, Component.ID_READER, passed=True)]
    assert isinstance(story.kiosk.page, ts.TrialOver)


def test_the_card_of_the_other_reader_proves_nothing() -> None:
    page = ts.Trial(Component.SOCIAL_READER, 0, 1, ts.TrialStage.WATCHING)
    story = at_the_bench(page)

    story.play(READ, e.CardRefused(DeviceCode.CARD_UNREADABLE))
    assert stage_of(story) == (1, ts.TrialStage.WATCHING)
    story.play(SOCIAL_READ)
    assert stage_of(story) == (1, ts.TrialStage.PASSED)


@pytest.mark.parametrize(
    "event",
    [e.CardRefused(DeviceCode.CARD_UNREADABLE), e.ReaderFailed(DeviceCode.READER_SILENT)],
)
def test_what_the_reader_refuses_fails_the_step_which_can_be_repeated(event: e.Event) -> None:
    story = at_the_bench(ts.Trial(Component.ID_READER, 0, 1, ts.TrialStage.WATCHING))

    story.play(event)
    assert stage_of(story) == (1, ts.TrialStage.FAILED)
    story.tap("repeat")
    assert stage_of(story) == (1, ts.TrialStage.WATCHING)


def test_a_test_page_is_judged_by_the_person_and_a_failure_is_recorded_with_its_step() -> None:
    story = at_trial(Component.PAGE_PRINTER)
    story.play(e.TrialFinished(Component.PAGE_PRINTER, "status", passed=True))
    story.tap("next", "begin")
    story.play(e.TrialFinished(Component.PAGE_PRINTER, "page", passed=True))
    story.tap("judge:no", "record")

    assert story.commands[-1] == RecordTest(STAFF, Component.PAGE_PRINTER, passed=False, note="page")
    assert isinstance(story.kiosk.page, ts.TrialOver)


def test_a_device_that_does_not_answer_fails_the_step() -> None:
    story = at_trial(Component.UPS)

    story.play(e.TimeUp(story.kiosk.turn))

    assert stage_of(story) == (0, ts.TrialStage.FAILED)
    assert "code.KSK-01.say" in {text.key for text in texts_in(view(story.kiosk).nodes)}


def test_an_answer_to_another_step_changes_nothing() -> None:
    story = at_trial(Component.UPS)
    before = story.kiosk

    story.play(e.TrialFinished(Component.UPS, "mains_off", passed=True))
    story.play(e.TrialFinished(Component.BOARD, "status", passed=True))

    assert story.kiosk == before


def test_every_corner_and_the_middle_must_be_touched() -> None:
    story = at_trial(Component.SCREEN)
    for spot in SPOTS:
        assert stage_of(story) == (0, ts.TrialStage.WATCHING)
        story.tap(f"spot:{spot}")

    assert stage_of(story) == (0, ts.TrialStage.PASSED)


def test_only_the_test_code_passes_the_scanner_and_another_is_not_shown() -> None:
    story = at_trial(Component.SCANNER)

    story.play(e.CodeScanned("https://elsewhere.example/secret"))
    assert stage_of(story) == (0, ts.TrialStage.WATCHING)
    assert not knows(story.kiosk, ("elsewhere",))
    story.play(e.CodeScanned(TRIAL_CODE))
    assert stage_of(story) == (0, ts.TrialStage.PASSED)


@pytest.mark.parametrize("component", TRIALS, ids=str)
def test_every_test_can_be_passed_to_its_end(component: Component) -> None:
    story = at_trial(component)
    for _ in range(4 * len(TRIALS[component])):
        page = story.kiosk.page
        if isinstance(page, ts.Trial):
            _pass_stage(story, page)

    assert story.kiosk.page == ts.TrialOver(component, 0)
    assert story.commands[-1] == RecordTest(STAFF, component, passed=True)


def _pass_stage(story: Story, page: ts.Trial) -> None:
    match page.stage:
        case ts.TrialStage.READY:
            story.tap("begin")
        case ts.TrialStage.WORKING:
            story.play(e.TrialFinished(page.component, step_of(page).key, passed=True))
        case ts.TrialStage.JUDGING:
            story.tap("judge:yes")
        case ts.TrialStage.WATCHING if step_of(page).awaits == "touches":
            story.tap(*(f"spot:{spot}" for spot in SPOTS))
        case ts.TrialStage.WATCHING:
            read = SOCIAL_READ if page.component is Component.SOCIAL_READER else READ
            story.play(read, e.CodeScanned(TRIAL_CODE))
        case _:
            story.play(e.CardLifted())
            story.tap("next")


def test_the_picture_of_the_test_code_says_the_test_code() -> None:
    picture = Image.open(BytesIO(TRIAL_CODE_PNG))

    assert qr.decode(picture) == TRIAL_CODE
