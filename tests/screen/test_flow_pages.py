"""Every page that the flow can show keeps every rule, in every size, language and orientation."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.flow.view import view
from kiosk.scene.contract import Language, Role, Scene, TextSize, Theme
from kiosk.screen.figures import PICTURES
from kiosk.screen.icons import ICONS
from kiosk.screen.lint import lint
from tests.flow.bench_situations import SEARCHES, TRIAL_STEPS, bench_words
from tests.flow.situations import QUIET, every_state
from tests.flow.soundness import walk

if TYPE_CHECKING:
    from tests.screen.gallery import Studio

# These differ in words only: colours are the same on all of them.
_ALIKE = (*TRIAL_STEPS[1:], *SEARCHES[1:])
_STATES = tuple(replace(state, warned=False) for state in (*every_state(), *bench_words(QUIET)))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", list(TextSize))
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_no_page_of_the_flow_breaks_a_rule(
    request: pytest.FixtureRequest, orientation: str, size: TextSize, language: Language
) -> None:
    studio: Studio = request.getfixturevalue(orientation)
    scenes = {view(state) for state in _STATES} | {view(replace(state, warned=True)) for state in _STATES[:3]}

    findings = {
        (scene.name, finding)
        for scene in scenes
        for finding in _lint(studio, replace(scene, language=language, text_size=size))
    }

    assert findings == set()


@pytest.mark.parametrize("theme", list(Theme))
def test_every_page_of_the_flow_can_be_read_in_every_theme(portrait: Studio, theme: Theme) -> None:
    findings = {
        (scene.name, finding)
        for scene in {view(state) for state in _STATES if state.page not in _ALIKE}
        for finding in _lint(portrait, replace(scene, theme=theme))
    }

    assert findings == set()


def test_no_text_of_the_flow_is_missing(portrait: Studio, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        for scene in {view(state) for state in _STATES}:
            for language in Language:
                portrait.lay_out(replace(scene, language=language))

    assert caplog.text == ""


def test_everything_that_the_flow_names_was_drawn() -> None:
    nodes = [node for state in _STATES for node in walk(view(state).nodes)]

    assert {node.icon for node in nodes if node.role is Role.PICTURE} <= PICTURES.keys()
    assert {node.icon for node in nodes if node.role is not Role.PICTURE} <= ICONS.keys() | {""}


def _lint(studio: Studio, scene: Scene) -> list[str]:
    page = studio.lay_out(scene)
    return [f"{found.rule} {found.node}" for found in lint(page, studio.metrics, studio.fonts.measure)]
