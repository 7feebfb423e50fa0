"""The screen as it runs: a process of its own, a real X display, a real socket, a real click."""

from __future__ import annotations

import json
import os
import subprocess
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.wire import Hello, Painted, Tap, frame
from tests.bench.pointer import Pointer
from tests.screen.appliance import (
    PATIENCE_S,
    FakeCore,
    running_screen,
    screen_settings,
    virtual_display,
    wait_until_gone,
)
from tests.screen.samples import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SIZE = (540, 960)
_SETTLE_S = 0.25  # the screen ignores touches just after a change


@pytest.fixture(scope="module", name="display")
def make_display() -> Iterator[str]:
    with virtual_display(*_SIZE) as display:
        yield display


@pytest.fixture(name="core")
def make_core(tmp_path: Path) -> Iterator[FakeCore]:
    with closing(FakeCore(tmp_path / "screen.sock")) as core:
        yield core


@pytest.fixture(name="screen")
def make_screen(tmp_path: Path, display: str, core: FakeCore, fonts: Path) -> Iterator[subprocess.Popen[str]]:
    settings = screen_settings(tmp_path / "screen.sock", fonts, _SIZE, record=str(tmp_path / "record"))
    with running_screen(tmp_path, display, settings) as process:
        core.accept()
        assert core.receive() == Hello(*_SIZE)
        yield process


def _show(core: FakeCore, name: str) -> int:
    scene = sample(name)
    core.send(scene)
    assert core.receive() == Painted(scene.seq)
    return scene.seq


def _place_of(tmp_path: Path, action: str) -> tuple[int, int]:
    """A place near the left edge of the control, beside its words; from the newest recording."""
    newest = max((tmp_path / "record").glob("*.json"))
    nodes = json.loads(newest.read_text(encoding="utf-8"))["nodes"]
    x, y, _, height = next(node["rect_px"] for node in nodes if node["action"] == action)
    return x + 12, y + height // 2


def _await_recording(tmp_path: Path, name: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not list((tmp_path / "record").glob(f"*-{name}.json")):
        assert time.monotonic() < deadline, f"{name} was never painted"
        time.sleep(0.02)


def _await_change(pointer: Pointer, place: tuple[int, int], before: int) -> int:
    deadline = time.monotonic() + PATIENCE_S
    while (now := pointer.pixel(place)) == before:
        assert time.monotonic() < deadline, "the pixel never changed"
    return now


def test_a_click_gives_feedback_at_once_and_a_tap_to_the_core(
    tmp_path: Path, display: str, core: FakeCore, screen: subprocess.Popen[str]
) -> None:
    seq = _show(core, "purpose")
    _await_recording(tmp_path, "purpose")
    place = _place_of(tmp_path, "purpose:school")
    time.sleep(_SETTLE_S)
    with Pointer(display) as pointer:
        pointer.move(place)
        before = pointer.pixel(place)

        pointer.press()
        pressed = _await_change(pointer, place, before)
        assert core.is_silent_for(0.1), "nothing is activated before the finger is lifted"
        pointer.release()

        assert core.receive() == Tap(seq, "purpose:school")
        assert _await_change(pointer, place, pressed) == before


def test_a_click_of_xdotool_arrives_once(
    tmp_path: Path, display: str, core: FakeCore, screen: subprocess.Popen[str]
) -> None:
    seq = _show(core, "home")
    _await_recording(tmp_path, "home")
    x, y = _place_of(tmp_path, "services")
    time.sleep(_SETTLE_S)

    command = ["xdotool", "mousemove", str(x), str(y), "click", "1"]
    subprocess.run(command, env=os.environ | {"DISPLAY": display}, check=True)

    assert core.receive() == Tap(seq, "services")
    assert core.is_silent_for(0.2)


def test_it_outlives_the_core_and_its_garbage(core: FakeCore, screen: subprocess.Popen[str]) -> None:
    _show(core, "home")

    core.send_bytes(frame(b"\x00 not a scene"))
    core.accept()
    assert core.receive() == Hello(*_SIZE)
    _show(core, "purpose")
    core.hang_up()
    core.accept()
    assert core.receive() == Hello(*_SIZE)

    _show(core, "home")
    assert screen.poll() is None


def test_a_person_does_not_stay_on_the_screen_when_the_core_dies(
    tmp_path: Path, core: FakeCore, screen: subprocess.Popen[str]
) -> None:
    _show(core, "who_you_are")

    core.close()

    _await_recording(tmp_path, "starting")


def test_escape_does_not_leave_the_kiosk_and_sigterm_does(
    display: str, core: FakeCore, screen: subprocess.Popen[str]
) -> None:
    _show(core, "home")

    for key in ("Escape", "alt+F4", "ctrl+c"):
        subprocess.run(["xdotool", "key", key], env=os.environ | {"DISPLAY": display}, check=True)
    _show(core, "purpose")

    screen.terminate()
    assert wait_until_gone(screen) == 0


def test_it_says_when_it_is_ready(core: FakeCore, screen: subprocess.Popen[str], tmp_path: Path) -> None:
    assert screen.stdout is not None

    assert screen.stdout.readline() == f"ready {tmp_path / 'screen.sock'}\n"
