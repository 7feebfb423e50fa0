"""Every rule of the lint can fail: a sound page is spoilt in one way, and the rule says so."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kiosk.screen.lint
from kiosk.scene.contract import Language, Node, Role, Text, Theme
from kiosk.screen.geometry import Rect
from kiosk.screen.lint import MOST_CHOICES, lint, lint_between
from kiosk.screen.lint.colours import check_ring
from kiosk.screen.page import Icon, Page, Panel, Words
from kiosk.screen.theme import PALETTES, Colour
from tests.screen.samples import sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.scene.contract import Scene
    from kiosk.screen.page import Part, Placed
    from tests.screen.gallery import Studio

_NUMBER = "CG-JZ-2026-000318"


def test_a_sound_page_has_no_findings(portrait: Studio) -> None:
    scene = sample("home")
    page = portrait.lay_out(scene)

    assert lint(page, portrait.metrics, portrait.fonts.measure) == ()
    assert lint_between(scene, page, _say) == ()


def test_every_rule_finds_what_breaks_it_on_a_page(portrait: Studio) -> None:
    page = portrait.lay_out(sample("home"))

    found = {
        rule: rule in {each.rule for each in lint(spoil(page), portrait.metrics, portrait.fonts.measure)}
        for rule, spoil in _PAGE_RULES.items()
    }

    assert found == dict.fromkeys(_PAGE_RULES, True)


def test_every_rule_finds_what_breaks_it_between_scene_and_page(portrait: Studio) -> None:
    scene = sample("home")
    page = portrait.lay_out(scene)

    found = {
        rule: rule in {each.rule for each in lint_between(*spoil(scene, page), _say)}
        for rule, spoil in _PAIR_RULES.items()
    }

    assert found == dict.fromkeys(_PAIR_RULES, True)


def test_the_ring_of_the_focus_is_seen_on_every_ground() -> None:
    palette = PALETTES[Theme.STANDARD]
    faint = {**palette, Colour.FOCUS: palette[Colour.PAGE], Colour.FOCUS_INSIDE: palette[Colour.CARD]}

    assert [*check_ring(palette)] == []
    assert {finding.rule for finding in check_ring(faint)} == {"ring_contrast"}


def test_no_rule_is_without_its_sabotage() -> None:
    folder = Path(kiosk.screen.lint.__file__).parent
    rules = {
        rule for source in folder.glob("*.py") for rule in re.findall(r'Finding\("(\w+)"', source.read_text())
    }

    assert rules == {*_PAGE_RULES, *_PAIR_RULES, "ring_contrast"}


@pytest.mark.parametrize("language", list(Language))
def test_a_text_that_a_catalogue_lacks_is_found(portrait: Studio, language: Language) -> None:
    scene = sample("home", language)
    title = Node("title", Role.TITLE, Text("no.such.text"))
    page = portrait.lay_out(replace(scene, nodes=(*scene.nodes, title)))

    findings = lint(page, portrait.metrics, portrait.fonts.measure)

    assert "text_missing" in {finding.rule for finding in findings}


# --- pages, each spoilt in one way -------------------------------------------------------------------------


def _node(page: Page, node_id: str) -> Placed:
    return next(node for node in page.nodes if node.id == node_id)


def _change(page: Page, node_id: str, **changes: object) -> Page:
    nodes = tuple(
        replace(node, **changes) if node.id == node_id else node  # type: ignore[arg-type]  # any field
        for node in page.nodes
    )
    return replace(page, nodes=nodes)


def _move(node_id: str, **place: int) -> Callable[[Page], Page]:
    return lambda page: _change(page, node_id, rect=_node(page, node_id).rect._replace(**place))


def _rewrite(node_id: str, **changes: object) -> Callable[[Page], Page]:
    def spoil(page: Page) -> Page:
        parts = tuple(
            replace(part, **changes) if isinstance(part, Words) else part  # type: ignore[arg-type]  # any field
            for part in _node(page, node_id).parts
        )
        return _change(page, node_id, parts=parts)

    return spoil


def _repaint(node_id: str, kind: type[Part], **changes: object) -> Callable[[Page], Page]:
    def spoil(page: Page) -> Page:
        parts = tuple(
            replace(part, **changes) if isinstance(part, kind) else part  # type: ignore[arg-type]  # any field
            for part in _node(page, node_id).parts
        )
        return _change(page, node_id, parts=parts)

    return spoil


def _resize(node_id: str, size_px: int) -> Callable[[Page], Page]:
    def spoil(page: Page) -> Page:
        style = next(part.style for part in _node(page, node_id).parts if isinstance(part, Words))
        return _rewrite(node_id, style=replace(style, size_px=size_px))(page)

    return spoil


def _shift_words(page: Page) -> Page:
    rect = _node(page, "title").parts[0].rect
    return _rewrite("title", rect=rect._replace(x=rect.x - 9))(page)


def _bring_near(page: Page) -> Page:
    party = _node(page, "party").rect
    return _change(page, "organisations", rect=Rect(party.x, party.bottom + 4, party.w, party.h))


def _interlock(page: Page) -> Page:
    """Four targets like the sails of a windmill: no line divides them, so no order leads through them."""
    rects = {
        "party": Rect(0, 500, 600, 400),
        "organisations": Rect(600, 500, 400, 600),
        "services": Rect(0, 900, 400, 600),
        "exit": Rect(400, 1100, 600, 400),
    }
    for node_id, rect in rects.items():
        page = _change(page, node_id, rect=rect)
    return page


_PAGE_RULES: dict[str, Callable[[Page], Page]] = {
    "no_room": lambda page: replace(page, overfull=("party",)),
    "no_label": lambda page: _change(page, "party", label=" "),
    "target_small": _move("exit", h=30),
    "out_of_reach": _move("party", y=120),
    "not_low": lambda page: replace(page, low_reach=True),
    "gap_small": _bring_near,
    "focus_order": _interlock,
    "text_contrast": _rewrite("title", colour=Colour.LINE),
    "body_contrast": _rewrite("party", colour=Colour.PRIMARY),
    "icon_contrast": _repaint("exit", Icon, colour=Colour.LINE),
    "border_contrast": _repaint("party", Panel, border=Colour.LINE),
    "ground": _rewrite("title", on=Colour.CARD),
    "off_page": lambda page: _change(page, "title", rect=Rect(-5, 0, 10, 10)),
    "part_outside": _shift_words,
    "line_cut": _rewrite("title", lines=("很长" * 40,)),
    "lines_collide": _rewrite("title", lines=("一", "二", "三", "四")),
    "line_start": _rewrite("title", lines=("请把证件放好", "，再等一下")),
    "line_end": _rewrite("title", lines=("请看（", "说明）")),
    "text_small": _resize("title", 12),
    "body_small": _resize("party", 30),
    "text_missing": lambda page: _change(page, "party", label="⟦home.party⟧"),
    "overlap": lambda page: _change(page, "organisations", rect=_node(page, "party").rect),
    "overlap_inside": lambda page: _change(page, "title", parts=_node(page, "title").parts * 2),
    "too_many_choices": lambda page: replace(page, nodes=page.nodes + (_node(page, "party"),) * MOST_CHOICES),
}


# --- scenes and pages that do not agree --------------------------------------------------------------------


def _say(text: Text | None) -> str:
    return text.literal if text else ""


def _with(scene: Scene, node: Node) -> Scene:
    return replace(scene, nodes=(*scene.nodes, node))


def _lose(scene: Scene, page: Page) -> tuple[Scene, Page]:
    return scene, replace(page, nodes=tuple(node for node in page.nodes if node.id != "party"))


def _double(scene: Scene, page: Page) -> tuple[Scene, Page]:
    twin = replace(_node(page, "party"), rect=Rect(0, 0, 10, 10))
    return scene, replace(page, nodes=(*page.nodes, twin))


def _cut_number(scene: Scene, page: Page) -> tuple[Scene, Page]:
    words = Node("title", Role.TITLE, Text(literal=_NUMBER))
    return _with(scene, words), _rewrite("title", lines=(_NUMBER[:9], _NUMBER[9:]))(page)


_PAIR_RULES: dict[str, Callable[[Scene, Page], tuple[Scene, Page]]] = {
    "focus_missing": _lose,
    "focus_twice": _double,
    "no_speech": lambda scene, page: (_with(scene, Node("dumb", Role.CHOICE, action="x")), page),
    "word_cut": _cut_number,
}
