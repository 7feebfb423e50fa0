"""A headset that is plugged in begins the reading, and takes what is private; pulled out, it is silent."""

from __future__ import annotations

import struct
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.flow.view import view
from kiosk.flow.world import Preferences
from kiosk.scene.wire import Hello, Painted, Tap
from kiosk.screen.companions import Companions
from kiosk.screen.headset import Headset
from kiosk.screen.speech import Speech
from tests.flow.situations import QUIET
from tests.screen.appliance import FakeCore, running_screen, screen_settings, virtual_display
from tests.screen.test_speech import Listener, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SIZE = (540, 960)
_EVENT = struct.Struct("llHHi")


def event(kind: int, code: int, value: int) -> bytes:
    """As the kernel writes it, with the time in front."""
    return _EVENT.pack(1_795_000_000, 250_000, kind, code, value)


IN, OUT, MICROPHONE, END = event(5, 2, 1), event(5, 2, 0), event(5, 4, 1), event(0, 0, 0)


@pytest.fixture(name="headset")
def make_headset(jack: Path) -> Iterator[Headset]:
    with closing(Headset(jack)) as headset:
        yield headset


def say(jack: Path, data: bytes) -> None:
    with jack.open("wb", buffering=0) as file:
        file.write(data)


def test_the_switch_of_the_jack_is_followed(jack: Path, headset: Headset) -> None:
    told = []
    for data in (IN + END, IN + END, MICROPHONE + END, OUT + END):
        say(jack, data)
        told.append((headset.read(), headset.is_plugged))

    assert told == [(True, True), (False, True), (False, True), (True, False)]


def test_an_event_in_two_halves_is_one(jack: Path, headset: Headset) -> None:
    say(jack, IN[:9])
    assert not headset.read()
    say(jack, IN[9:])

    assert headset.read()


def test_in_and_out_at_once_is_no_change(jack: Path, headset: Headset) -> None:
    say(jack, IN + OUT)

    assert not headset.read()


def test_nothing_said_is_no_change(headset: Headset) -> None:
    assert not headset.read()


@pytest.mark.parametrize("name", ["nowhere", "no-jack"])
def test_without_a_jack_nothing_is_plugged_in_and_the_log_says_so(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "no-jack").write_bytes(b"")
    with closing(Headset(tmp_path / name)) as headset:
        assert not headset.is_plugged
        assert headset.fd < 0 or not headset.read()
        assert headset.fd < 0

    assert "SCR-05" in caplog.text


def test_the_voice_knows_of_the_headset_whenever_it_is_made(jack: Path, headset: Headset) -> None:
    voice = Listener()
    others = Companions(Speech(lambda: voice), headset=headset)
    say(jack, IN)

    assert others.hear_jack() == "speech:on"
    assert voice.heard == []
    assert others.speech
    others.speech.show(page("attract.title"))
    assert voice.heard == ["plug True", "zh-Hans: title"]
    say(jack, OUT)
    assert others.hear_jack() == "speech:off"
    assert voice.heard[-1] == "plug False"


def test_plugged_in_the_real_screen_asks_the_core_to_read_out(
    tmp_path: Path, jack: Path, fonts: Path
) -> None:
    settings = screen_settings(tmp_path / "screen.sock", fonts, _SIZE, sound=False, headset=str(jack))
    scene = replace(view(QUIET), seq=4)
    reading = replace(view(replace(QUIET, preferences=Preferences(speech=True))), seq=5)
    with (
        closing(FakeCore(tmp_path / "screen.sock")) as core,
        virtual_display(*_SIZE) as display,
        running_screen(tmp_path, display, settings),
    ):
        core.accept()
        assert core.receive() == Hello(*_SIZE)
        core.send(scene)
        assert core.receive() == Painted(4)

        say(jack, IN + END)
        assert core.receive() == Tap(4, "prefer-voice")

        core.send(reading)
        assert core.receive() == Painted(5)
        say(jack, OUT + END)
        assert core.receive() == Tap(5, "prefer-voice")
