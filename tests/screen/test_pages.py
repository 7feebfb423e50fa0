"""Every sample in every language, size, theme and orientation keeps every rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme
from kiosk.screen.lint import Finding, lint
from kiosk.screen.metrics import REACH_LINE_MM
from kiosk.screen.own_scenes import NO_CORE, STARTING
from kiosk.screen.page import Raster, Words
from tests.screen.gallery import LANDSCAPE, PORTRAIT, Studio, panel
from tests.screen.samples import dressed, sample, sample_scenes

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.screen.geometry import Rect
    from kiosk.screen.page import Page

# What the flow shows is linted in every look; these stand for pages as other cores may send them.
_LOOKS = tuple((size, Theme.STANDARD) for size in (TextSize.NORMAL, TextSize.LARGEST))
_NAMES = [scene.name for scene in sample_scenes(Language.ZH)]


def _lint(studio: Studio, scene: Scene) -> list[Finding]:
    return list(lint(studio.lay_out(scene), studio.metrics, studio.fonts.measure))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
@pytest.mark.parametrize("name", _NAMES)
def test_no_page_breaks_a_rule(
    request: pytest.FixtureRequest, orientation: str, language: Language, name: str
) -> None:
    studio: Studio = request.getfixturevalue(orientation)
    scene = sample(name, language)

    findings = {
        (size, theme): found
        for size, theme in _LOOKS
        if (found := _lint(studio, dressed(scene, size, theme)))
    }

    assert findings == {}


@pytest.mark.parametrize("bottom_mm", [700.0, 800.0, 900.0])
def test_nothing_touchable_lies_above_the_reach_line(fonts: Path, bottom_mm: float) -> None:
    studio = Studio(panel(PORTRAIT, fonts, bottom_mm))
    px_per_mm = PORTRAIT[1] / PORTRAIT[3]

    for scene in sample_scenes(Language.ZH):
        page = studio.lay_out(scene)
        tops_mm = [bottom_mm + PORTRAIT[3] - node.rect.y / px_per_mm for node in page.targets]
        assert max(tops_mm, default=0.0) <= REACH_LINE_MM + 0.2, scene.name


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_the_foot_stands_at_the_same_place_on_every_page(
    request: pytest.FixtureRequest, orientation: str
) -> None:
    studio: Studio = request.getfixturevalue(orientation)
    places: dict[str, set[Rect]] = {}

    for scene in sample_scenes(Language.ZH):
        for node in studio.lay_out(scene).nodes:
            if node.role is Role.PREFERENCE:
                places.setdefault(node.id, set()).add(node.rect)

    assert {name: len(rects) for name, rects in places.items()} == dict.fromkeys(places, 1)


def test_the_primary_act_is_right_of_the_way_back_and_larger(portrait: Studio, landscape: Studio) -> None:
    for studio in (portrait, landscape):
        nodes = {node.id: node.rect for node in studio.lay_out(sample("preview")).nodes}

        assert nodes["back"].right < nodes["primary"].x
        assert nodes["back"].w < nodes["primary"].w


def test_larger_text_is_larger_where_there_is_room(portrait: Studio) -> None:
    sizes = [
        _title_of(portrait.lay_out(dressed(sample("services"), size, Theme.STANDARD))).style.size_px
        for size in TextSize
    ]

    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)


def test_the_paper_fills_what_room_is_left(portrait: Studio) -> None:
    page = portrait.lay_out(sample("preview"))

    paper = next(part.rect for node in page.nodes for part in node.parts if isinstance(part, Raster))

    assert paper.h > portrait.metrics.height_px * 0.55
    assert abs(paper.w / paper.h - 630 / 891) < 0.01


def test_the_pages_of_the_screen_itself_keep_the_rules_without_a_catalogue(
    portrait: Studio, landscape: Studio
) -> None:
    for studio in (portrait, landscape):
        assert [_lint(studio, scene) for scene in (STARTING, NO_CORE)] == [[], []]


def test_far_too_much_text_is_left_out_and_reported_never_painted_over(portrait: Studio) -> None:
    paragraphs = tuple(Node(f"p{number}", Role.TEXT, Text(literal="长" * 400)) for number in range(9))
    scene = sample("notice")
    content = replace(scene.nodes[3], children=paragraphs)

    page = portrait.lay_out(replace(scene, nodes=(*scene.nodes[:3], content, *scene.nodes[4:])))

    assert "p8" in page.overfull
    findings = {finding.rule for finding in lint(page, portrait.metrics, portrait.fonts.measure)}
    assert findings == {"no_room", "body_small"}


def test_a_scene_without_any_node_is_an_empty_page(portrait: Studio) -> None:
    scene = Scene("empty", 1, Language.ZH, TextSize.NORMAL, Theme.STANDARD, ())

    assert portrait.lay_out(scene).nodes == ()


def test_landscape_is_laid_out_side_by_side(landscape: Studio) -> None:
    nodes = {node.id: node.rect for node in landscape.lay_out(sample("home")).nodes}

    assert nodes["title"].right < nodes["party"].x
    assert LANDSCAPE[0] == landscape.metrics.width_px


def _title_of(page: Page) -> Words:
    node = next(node for node in page.nodes if node.role is Role.TITLE)
    return next(part for part in node.parts if isinstance(part, Words))
