"""Assistive technology of this machine reads the page and touches it, over the real AT-SPI bus."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.wire import Hello, Painted, Tap
from tests.screen.accessibility_bus import Assistant, accessible_session
from tests.screen.appliance import PATIENCE_S, FakeCore, running_screen, screen_settings, virtual_display
from tests.screen.samples import sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("at-spi")
_SIZE = (540, 960)


@pytest.fixture(name="core")
def make_core(tmp_path: Path) -> Iterator[FakeCore]:
    with closing(FakeCore(tmp_path / "screen.sock")) as core:
        yield core


@pytest.fixture(name="assistant")
def make_assistant(tmp_path: Path, core: FakeCore, fonts: Path) -> Iterator[Assistant]:
    """Somebody who knows the screen by this bus only."""
    settings = screen_settings(tmp_path / "screen.sock", fonts, _SIZE, accessibility=True)
    with (
        virtual_display(*_SIZE) as display,
        accessible_session(display) as environment,
        running_screen(tmp_path, display, settings, environment),
    ):
        core.accept()
        assert core.receive() == Hello(*_SIZE)
        with closing(Assistant(environment)) as assistant:
            yield assistant


def until(what: Callable[[], bool]) -> bool:
    """Whether it comes about; the bus tells changes on its own time."""
    limit = time.monotonic() + PATIENCE_S
    while not what():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def test_a_page_is_read_and_its_control_touched_over_the_bus(core: FakeCore, assistant: Assistant) -> None:
    scene = sample("services")
    core.send(scene)
    assert core.receive() == Painted(scene.seq)
    assert until(lambda: "您要办理什么？" in assistant.names())
    tree = assistant.tree()
    buttons = [name for role, name, can_click in tree if role == "push button" and can_click]
    certificate = next(name for name in buttons if name.startswith("居住证明"))

    assert assistant.click(certificate)
    tapped = core.receive()
    assert isinstance(tapped, Tap)
    assert tapped.seq == scene.seq
    assert "heading" in {role for role, _, _ in tree}
    assert not assistant.click("没有这个按钮")
