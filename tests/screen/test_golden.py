"""No page changes unseen: outlines and exact pictures of all pages are compared with those on file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.screen.golden import (
    PICTURES,
    SNAPSHOTS,
    Look,
    describe,
    fingerprint,
    looks,
    paint,
    read_pictures,
    situations,
    studios,
    types_and_library,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.screen.gallery import Studio

_AGAIN = "look at it, then: python -m tests.screen.golden --update"


@pytest.mark.parametrize("name", situations())
def test_the_outline_of_a_page_is_the_one_on_file(portrait: Studio, name: str) -> None:
    outline = describe(situations()[name], portrait)

    assert outline == (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8"), _AGAIN


def test_no_outline_is_left_of_a_page_that_is_gone() -> None:
    on_file = {path.stem for path in SNAPSHOTS.glob("*.txt")} - {PICTURES.stem}

    assert on_file == set(situations()), _AGAIN


def test_every_picture_is_the_one_on_file_pixel_by_pixel(fonts: Path) -> None:
    made = studios(fonts)
    made_with, on_file = read_pictures()

    assert types_and_library(fonts) == made_with, f"type or library is another one; {_AGAIN}"
    painted = {
        f"{name} {look.name}": fingerprint(paint(name, look, made[look.shape])) for name, look in looks()
    }
    different = {title for title in {**painted, **on_file} if painted.get(title) != on_file.get(title)}
    assert different == set(), _AGAIN


def test_one_other_pixel_is_another_picture(portrait: Studio) -> None:
    surface = paint("home", Look(), portrait)
    before = fingerprint(surface)
    surface.set_at((540, 960), (1, 2, 3))

    assert fingerprint(surface) != before
