"""What the guard and the monkey must find where a protection is off."""

from __future__ import annotations

import random
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.wire import Painted
from tests.robust.guard import Guard, kiosk_window
from tests.robust.monkey import Monkey
from tests.robust.second_pointer import SecondPointer
from tests.robust.x_display import XDisplay
from tests.screen.appliance import FakeCore, running_screen, screen_settings, virtual_display, wait_until_gone
from tests.screen.samples import sample

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("monkey")
SIZE = (540, 960)
ACTIONS = 2_000


@pytest.fixture(scope="module", name="name")
def make_display() -> Iterator[str]:
    with virtual_display(*SIZE) as name:
        yield name


@pytest.fixture(name="dice")
def make_dice() -> random.Random:
    return random.Random(20261123)  # noqa: S311 - a test, repeatable by its seed


@contextmanager
def kiosk(
    folder: Path, name: str, fonts: Path, size: tuple[int, int] = SIZE, *, fullscreen: bool = True
) -> Iterator[tuple[XDisplay, subprocess.Popen[str]]]:
    """A screen with one page on it."""
    settings = screen_settings(folder / "screen.sock", fonts, size, fullscreen=fullscreen)
    with ExitStack() as stack:
        display = stack.enter_context(XDisplay(name))
        display.lay_desktop()
        core = stack.enter_context(closing(FakeCore(folder / "screen.sock")))
        process = stack.enter_context(running_screen(folder, name, settings))
        core.accept()
        scene = sample("home")
        core.send(scene)
        while not isinstance(core.receive(), Painted):
            pass
        yield display, process


def test_a_window_of_somebody_else_is_found(
    tmp_path: Path, name: str, fonts: Path, dice: random.Random
) -> None:
    with kiosk(tmp_path, name, fonts) as (display, process):
        guard = Guard(display, kiosk_window(display), lambda: process.poll() is None)
        assert guard.look(dice) == []

        display.open_window((10, 10, 40, 40))

        assert guard.look(dice) == ["left: another window lies above"]


def test_a_kiosk_that_leaves_room_for_a_desktop_is_found(
    tmp_path: Path, name: str, fonts: Path, dice: random.Random
) -> None:
    smaller = (SIZE[0], SIZE[1] - 1)
    with kiosk(tmp_path, name, fonts, smaller, fullscreen=False) as (display, process):
        guard = Guard(display, kiosk_window(display), lambda: process.poll() is None)

        found = guard.look(dice)

    assert [each.partition(":")[0] for each in found] == ["left", "desktop"]


def test_a_monkey_gets_out_where_escape_ends_the_program(
    tmp_path: Path, name: str, fonts: Path, dice: random.Random
) -> None:
    """Sabotage: on a developer's desk, which is no full screen, Escape and closing end the program."""
    with kiosk(tmp_path, name, fonts, fullscreen=False) as (display, process), SecondPointer(name) as second:
        window = kiosk_window(display)
        guard = Guard(display, window, lambda: process.poll() is None)
        monkey = Monkey(display, second, dice, lambda: (), window)
        assert guard.look(dice) == []

        for _ in range(ACTIONS):
            monkey.act()
            if guard.look(dice):
                break
        monkey.rest()

        assert wait_until_gone(process) == 0
