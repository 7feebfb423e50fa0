"""Texts: a mistake in a catalogue is seen and logged, and never stops the screen."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.contract import Language, Text
from kiosk.screen.catalogue import Catalogue, Catalogues

if TYPE_CHECKING:
    from pathlib import Path

_CATALOGUE = {"home": {"title": "您想办什么？"}, "grid": {"name": "第{number}网格"}, "call": "请联系{whom}"}


def test_a_key_is_a_dotted_path() -> None:
    assert Catalogue(_CATALOGUE).say(Text("home.title")) == "您想办什么？"


def test_values_stand_in_their_places_and_may_be_texts() -> None:
    grid = Text("grid.name", (("number", "07"),))

    assert Catalogue(_CATALOGUE).say(Text("call", (("whom", grid),))) == "请联系第07网格"


def test_a_literal_is_not_a_pattern() -> None:
    assert Catalogue(_CATALOGUE).say(Text(literal="{number}")) == "{number}"


def test_a_value_is_never_read_as_a_pattern() -> None:
    assert Catalogue(_CATALOGUE).say(Text("grid.name", (("number", "{number}"),))) == "第{number}网格"


def test_words_that_take_values_are_not_found_without_them() -> None:
    catalogue = Catalogue(_CATALOGUE)

    assert [catalogue.find(key) for key in ("home.title", "call", "home.nothing")] == ["您想办什么？", "", ""]


@pytest.mark.parametrize(
    ("text", "shown", "logged"),
    [
        (Text("home.nothing"), "⟦home.nothing⟧", "home.nothing"),
        (Text("grid.name"), "第⟦grid.name.number⟧网格", "number"),
    ],
)
def test_what_is_missing_is_marked_and_logged_once(
    caplog: pytest.LogCaptureFixture, text: Text, shown: str, logged: str
) -> None:
    catalogue = Catalogue(_CATALOGUE)

    with caplog.at_level(logging.ERROR):
        said = [catalogue.say(text) for _ in range(3)]

    assert said == [shown] * 3
    assert len(caplog.records) == 1
    assert "SCR-02" in caplog.text
    assert logged in caplog.text


def test_a_person_in_the_values_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Catalogue(_CATALOGUE).say(Text("who.name", (("name", "王芳芳"),)))

    assert "王" not in caplog.text


@pytest.mark.parametrize("content", [None, "title = ", "\x00"])
def test_an_unusable_file_marks_every_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "en.toml").write_text(content, encoding="utf-8")

    said = Catalogues(tmp_path).of(Language.EN).say(Text("home.title"))

    assert said == "⟦home.title⟧"
    assert "catalogue_unusable file=en.toml" in caplog.text
