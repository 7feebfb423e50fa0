"""Every page of the flow keeps every rule; `make scene-lint`, which CI runs too, asks it in every look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.flow.view import view
from kiosk.scene.contract import Language, Role, TextSize
from kiosk.scene.nodes import walk
from kiosk.screen.figures import PICTURES
from kiosk.screen.icons import ICONS
from tests.flow.situations import every_look
from tests.screen.gallery import SHAPES
from tests.screen.scene_lint import lint_all

if TYPE_CHECKING:
    from pathlib import Path

# The look of everybody, and the one that needs the most room where there is the least.
_LOOKS = ((TextSize.NORMAL, False), (TextSize.LARGEST, True))


@pytest.mark.parametrize(("shape", "language"), tuple(zip(SHAPES, Language, strict=True)))
def test_no_page_of_the_flow_breaks_a_rule(fonts: Path, shape: str, language: Language) -> None:
    report = lint_all(shape, language, fonts, _LOOKS)

    assert dict(report.found) == {}
    assert report.scenes > 0


def test_everything_that_the_flow_names_was_drawn() -> None:
    nodes = [node for state in every_look() for node in walk(view(state).nodes)]

    figures = {node.icon for node in nodes if node.role is Role.PICTURE and not node.raster}
    assert figures <= PICTURES.keys()
    assert {node.icon for node in nodes if node.role is not Role.PICTURE} <= ICONS.keys() | {""}
