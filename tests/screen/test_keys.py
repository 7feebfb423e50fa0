"""What is copied by hand and what is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.contract import Node, Role, Text, TextSize, Theme
from kiosk.screen.page import Words
from tests.screen.samples import dressed, sample

if TYPE_CHECKING:
    from tests.screen.gallery import Studio


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
@pytest.mark.parametrize("size", list(TextSize))
def test_a_number_to_be_copied_stands_on_one_line_and_is_never_smaller_than_the_title(
    request: pytest.FixtureRequest, orientation: str, size: TextSize
) -> None:
    studio: Studio = request.getfixturevalue(orientation)
    page = studio.lay_out(dressed(sample("slip"), size, Theme.STANDARD))

    number = [part for node in page.nodes if node.id == "number" for part in node.parts]
    words = next(part for part in number if isinstance(part, Words) and "71QD" in "".join(part.lines))
    heading = next(part for node in page.nodes if node.id == "title" for part in node.parts)

    assert words.lines == ("Q-8F2K-71QD",)
    assert isinstance(heading, Words)
    assert words.style.size_px >= heading.style.size_px


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_keys_stand_as_on_a_telephone(request: pytest.FixtureRequest, orientation: str) -> None:
    studio: Studio = request.getfixturevalue(orientation)
    places = {node.id: node.rect for node in studio.lay_out(sample("staff_door")).nodes}

    rows = [[places[f"key-{digit}"] for digit in row] for row in ("123", "456", "789")]
    rows.append([places[key] for key in ("clear", "key-0", "erase")])
    for row in rows:
        assert len({key.y for key in row}) == 1
        assert row[0].right < row[1].x
        assert row[1].right < row[2].x
    assert [row[0].y for row in rows] == sorted({row[0].y for row in rows})
    assert len({(key.w // 4, key.h) for row in rows for key in row}) == 1


def test_a_pad_without_keys_is_only_its_display(portrait: Studio) -> None:
    scene = sample("staff_door")
    bare = Node("keypad", Role.KEYPAD, Text(literal="?"), Text(literal="●"))
    nodes = tuple(
        replace(node, children=(bare,)) if node.role is Role.CONTENT else node for node in scene.nodes
    )

    page = portrait.lay_out(replace(scene, nodes=nodes))

    assert page.overfull == ()
    assert [node.id for node in page.nodes if node.id.startswith("key")] == ["keypad"]
