"""Whatever tree the core sends, the screen paints something and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme

if TYPE_CHECKING:
    from tests.screen.gallery import Studio

_LITERALS = st.text(st.sampled_from("请放好ABC 12，。（\n\U00020abc𬱖"), max_size=30).map(
    lambda text: Text(literal=text)
)
_LEAVES = st.builds(
    Node,
    id=st.sampled_from("abcdef"),
    role=st.sampled_from(Role),
    label=st.none() | _LITERALS,
    detail=st.none() | _LITERALS,
    icon=st.sampled_from(("", "back", "nobody-drew-this", "lay_card")),
    action=st.sampled_from(("", "go")),
    enabled=st.booleans(),
    chosen=st.booleans(),
    private=st.booleans(),
    fraction=st.sampled_from((-1.0, 0.0, 0.5, 1.0)),
    raster=st.sampled_from((b"", b"no picture", b"\x89PNG\r\n\x1a\n")),
)
_BRANCHES = st.builds(
    Node,
    id=st.sampled_from("ghijkl"),
    role=st.sampled_from(Role),
    label=st.none() | _LITERALS,
    children=st.lists(_LEAVES, max_size=4).map(tuple),
)
_CONTENTS = st.builds(
    Node,
    id=st.just("content"),
    role=st.sampled_from((Role.CONTENT, Role.DIALOG, Role.FOOT)),
    children=st.lists(_LEAVES | _BRANCHES, max_size=4).map(tuple),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LEAVES | _BRANCHES | _CONTENTS, max_size=6), st.sampled_from(TextSize))
@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_no_tree_stops_the_screen(
    request: pytest.FixtureRequest, orientation: str, nodes: list[Node], size: TextSize
) -> None:
    studio: Studio = request.getfixturevalue(orientation)
    scene = Scene("odd", 1, Language.ZH, size, Theme.STANDARD, tuple(nodes))

    page = studio.lay_out(scene)

    assert studio.paint(page).get_size() == page.size[2:]
