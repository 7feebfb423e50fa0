"""Typing on the screen: what is typed is shown at once, told to the core, and forgotten with the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pygame
import pytest

from kiosk.scene.contract import Node, Role, Text
from kiosk.scene.wire import MAX_TYPED, Typed
from kiosk.screen.entry.contract import PAD
from kiosk.screen.entry.desk import EntryDesk
from kiosk.screen.entry.panel import EntryPanel
from kiosk.screen.entry.strokes import squared
from kiosk.screen.focus import in_order
from kiosk.screen.page import Ink
from kiosk.screen.stage import Stage
from kiosk.typing.contract import Point
from kiosk.typing.table import TableEngine
from kiosk.typing.zinnia import ZinniaEngine
from kiosk.voice.script import of_node
from tests.screen.entries import STROKES, KnownCharacters, make_desk
from tests.screen.gallery import PORTRAIT, panel
from tests.screen.samples import sample
from tests.typing.test_handwriting import KING

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.scene.contract import Scene


def search(seq: int = 1, name: str = "search", text: str = "") -> Scene:
    """A page with an entry."""
    detail = Text(literal=text) if text else None
    entry = Node("who", Role.ENTRY, Text(literal="姓名"), detail, action="who")
    plain = sample("home")
    content = replace(next(node for node in plain.nodes if node.role is Role.CONTENT), children=(entry,))
    nodes = tuple(content if node.role is Role.CONTENT else node for node in plain.nodes)
    return replace(plain, name=name, seq=seq, nodes=nodes)


def press(desk: EntryDesk, *keys: str) -> None:
    for key in keys:
        assert desk.touch(f"entry-{key}")


def words(scene: Scene) -> dict[str, str]:
    """The label of each key by its id."""
    entry = next(child for node in scene.nodes for child in node.children if child.role is Role.ENTRY)
    return {child.id: child.label.literal for child in entry.children if child.label}


@pytest.fixture
def desk() -> EntryDesk:
    made = make_desk()
    made.show(search())
    return made


@pytest.fixture(name="stage")
def make_stage(fonts: Path) -> Stage:
    pygame.font.init()
    return Stage(pygame.Surface(PORTRAIT[:2]), panel(PORTRAIT, fonts))


def test_letters_stand_there_and_bring_words(desk: EntryDesk) -> None:
    press(desk, "key-l", "key-l")

    assert desk.text == "ll"
    assert words(desk.show(search()))["entry-candidate-0"] == "乐楼社区"


def test_a_chosen_word_takes_its_letters_and_leaves_the_others(desk: EntryDesk) -> None:
    press(desk, *(f"key-{letter}" for letter in "zhangwei"))
    place = next(key for key, label in words(desk.show(search())).items() if label == "张")
    assert desk.touch(place)

    assert desk.text == "张wei"
    press(desk, "candidate-0")
    assert len(desk.text) == 2


def test_erase_takes_letters_first_and_then_words(desk: EntryDesk) -> None:
    press(desk, "key-l", "key-l", "candidate-0", "key-s", "erase", "erase")

    assert desk.text == "乐楼社"
    press(desk, "clear")
    assert desk.text == ""


def test_more_candidates_come_page_by_page_and_round(desk: EntryDesk) -> None:
    press(desk, "key-y", "key-i")
    pages = []
    for _ in range(6):
        pages.append([label for key, label in words(desk.show(search())).items() if "candidate" in key])
        press(desk, "more")

    assert all(len(page) <= 7 for page in pages)
    assert pages[0] != pages[1]
    assert pages[0] in pages[1:]


def test_digits_and_handwriting_write_too(desk: EntryDesk) -> None:
    press(desk, "mode-digits", "key-1", "key-0", "mode-hand")
    for stroke in STROKES:
        desk.write(stroke)

    assert words(desk.show(search()))["entry-candidate-0"] == "十"
    press(desk, "erase")
    assert len(desk.strokes) == 1
    press(desk, "candidate-1")
    assert desk.text == "10士"
    assert not desk.strokes


def test_without_an_engine_for_it_nothing_can_be_written_by_hand() -> None:
    desk = EntryDesk(TableEngine, lambda: None)
    desk.show(search())
    press(desk, "mode-hand")
    desk.write(STROKES[0])
    desk.show(search())

    assert "entry-mode-hand" not in words(desk.show(search()))
    assert not desk.is_written_on


def test_no_more_is_typed_than_the_wire_takes(desk: EntryDesk) -> None:
    press(desk, "mode-digits", *("key-7" for _ in range(MAX_TYPED + 9)))

    assert len(desk.text) == MAX_TYPED


def test_what_is_typed_stays_with_its_page_and_goes_with_it(desk: EntryDesk) -> None:
    press(desk, "key-z", "key-h")
    desk.show(search(seq=2))
    assert desk.text == "zh"

    desk.show(sample("home"))
    assert (desk.node, desk.text) == ("", "")
    desk.show(search(seq=3, text="张"))
    assert desk.text == "张"


def test_the_engines_are_opened_for_the_first_letter_and_closed_with_the_page() -> None:
    told: list[str] = []

    class Watched(TableEngine):
        def close(self) -> None:
            told.append("closed")

    def open_it() -> Watched:
        told.append("opened")
        return Watched()

    desk = EntryDesk(open_it, KnownCharacters)
    desk.show(search())
    assert told == []
    for _ in range(3):
        press(desk, "key-a")
        desk.show(search())
    assert told == ["opened"]
    desk.show(sample("home"))
    assert told == ["opened", "closed"]


def test_keys_of_no_entry_are_nobodys() -> None:
    desk = make_desk()
    desk.show(sample("home"))

    assert not desk.touch("entry-key-a")
    desk.show(search())
    assert not desk.touch("party")


def test_every_key_is_reached_by_the_focus_and_can_be_said(stage: Stage, desk: EntryDesk) -> None:
    press(desk, "key-l")
    scene = desk.show(search())
    reached = [target.id for target in in_order(stage.compose(scene))]

    assert {*words(scene)} - {"entry-clear", "entry-erase"} <= {*reached}
    assert reached.index("entry-candidate-0") < reached.index("entry-key-q") < reached.index("entry-key-z")
    assert all(of_node(scene, node) for node in reached)


def test_the_core_is_told_what_stands_there_once_for_each_change(stage: Stage) -> None:
    entry = EntryPanel(stage, make_desk())
    entry.compose(search(seq=4))

    assert entry.typed() is None
    assert entry.touch("entry-key-z")
    entry.again()
    assert entry.typed() == Typed(4, "who", "z")
    assert entry.typed() is None
    assert entry.touch("entry-mode-digits")
    entry.again()
    assert entry.typed() == Typed(4, "who", "")


def test_what_the_core_missed_is_told_once_more(stage: Stage) -> None:
    """It takes nothing for a page that it has replaced, such as a letter that crossed with the next page."""
    entry = EntryPanel(stage, make_desk())
    entry.compose(search(seq=4))
    entry.touch("entry-key-z")
    entry.again()
    assert entry.typed() == Typed(4, "who", "z")

    entry.compose(search(seq=5))
    assert entry.typed() == Typed(5, "who", "z")
    entry.compose(search(seq=6, text="of its own"))
    assert entry.typed() is None


def test_what_the_core_holds_is_not_told_again(stage: Stage) -> None:
    entry = EntryPanel(stage, make_desk())
    entry.compose(search(seq=4))
    entry.touch("entry-key-z")
    entry.again()
    entry.typed()

    entry.compose(search(seq=5, text="z"))
    assert entry.typed() is None


@pytest.mark.parametrize(("left", "top", "size"), [(0.4, 0.1, 0.8), (0.02, 0.05, 0.9), (0.7, 0.4, 0.5)])
def test_a_character_is_read_wherever_it_stands_on_a_wide_pad(left: float, top: float, size: float) -> None:
    across = 3.5
    desk = EntryDesk(TableEngine, ZinniaEngine)
    desk.show(search())
    press(desk, "mode-hand")
    for stroke in KING:
        desk.write(
            tuple(Point(left + point.x * size / across, top + point.y * size) for point in stroke), across
        )

    assert words(desk.show(search()))["entry-candidate-0"] == "王"
    desk.close()


def test_one_dot_stays_small() -> None:
    (dot,) = squared(((Point(0.1, 0.1), Point(0.11, 0.13)),), 1.0)

    assert max(abs(point.x - 0.5) + abs(point.y - 0.5) for point in dot) < 0.1


def test_a_finger_draws_on_the_pad_and_nowhere_else(stage: Stage) -> None:
    desk = make_desk()
    entry = EntryPanel(stage, desk)
    desk.show(search())
    entry.touch("entry-mode-hand")
    page = entry.compose(search())
    stage.show(page, "")
    pad = next(node.rect for node in page.nodes if node.id == PAD)

    assert not entry.pen_down((pad.x - 5, pad.y))
    assert entry.pen_down((pad.x + 20, pad.y + 20))
    drawn = entry.pen_move((pad.right + 500, pad.y + 60))
    assert drawn
    ink = [part for node in drawn.nodes for part in node.parts if isinstance(part, Ink)]
    assert [pad.holds_point(*place) for part in ink for stroke in part.strokes for place in stroke] == [
        True
    ] * 2
    before = stage.page
    assert stage.show(drawn, "") == (pad,)
    assert before
    assert entry.pen_up()
    assert len(desk.strokes) == 1
    assert not entry.pen_up()

    entry.pen_down((pad.x + 20, pad.y + 20))
    assert entry.pen_cancel()  # a palm came down beside the finger
    assert not entry.pen_cancel()
    assert not entry.pen_up()
    assert len(desk.strokes) == 1


def test_without_a_desk_an_entry_is_read_and_the_rest_works(stage: Stage) -> None:
    entry = EntryPanel(stage, None)
    page = entry.compose(search())

    assert not entry.touch("entry-key-a")
    assert not page.overfull
    assert any(node.id == "who" for node in page.nodes)
