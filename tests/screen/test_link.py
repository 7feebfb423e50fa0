"""The link to the core: what it survives, with times given by hand."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.scene.wire import Hello, Painted, Tap, encode_scene, frame
from kiosk.screen.link import BACK_OFF_S, Link
from kiosk.screen.own_scenes import choose_own_scene, next_change_s
from tests.screen.appliance import FakeCore
from tests.screen.samples import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HELLO = Hello(1080, 1920)


@pytest.fixture(name="core")
def make_core(tmp_path: Path) -> Iterator[FakeCore]:
    with closing(FakeCore(tmp_path / "screen.sock")) as core:
        yield core


@pytest.fixture(name="link")
def make_link(tmp_path: Path) -> Iterator[Link]:
    with closing(Link(tmp_path / "screen.sock", _HELLO, 0.0)) as link:
        yield link


def test_it_greets_and_then_speaks(core: FakeCore, link: Link) -> None:
    link.open_if_due(0.0)
    core.accept()
    link.send(Tap(3, "print"), 0.1)

    assert [core.receive(), core.receive()] == [_HELLO, Tap(3, "print")]


def test_without_a_core_it_tries_again_ever_more_slowly(link: Link) -> None:
    attempts = []
    now = 0.0
    for _ in range(len(BACK_OFF_S) + 2):
        link.open_if_due(now)
        attempts.append(round(link.next_attempt_s - now, 3))
        now = link.next_attempt_s

    assert attempts == [*BACK_OFF_S, BACK_OFF_S[-1], BACK_OFF_S[-1]]


def test_what_is_sent_without_a_core_is_dropped(core: FakeCore, link: Link) -> None:
    link.send(Tap(1, "old"), 0.0)
    link.open_if_due(0.0)
    core.accept()
    link.send(Painted(2), 0.1)

    assert [core.receive(), core.receive()] == [_HELLO, Painted(2)]


def test_scenes_arrive_however_they_were_chopped(core: FakeCore, link: Link) -> None:
    link.open_if_due(0.0)
    core.accept()
    stream = frame(encode_scene(sample("home"))) + frame(encode_scene(sample("purpose")))

    core.send_bytes(stream[:700])
    first = link.receive(0.1)
    core.send_bytes(stream[700:])
    second = link.receive(0.2)

    assert (first, second) == ([], [sample("home"), sample("purpose")])


@pytest.mark.parametrize(
    "garbage", [b"\xff\xff\xff\xff", frame(b"no json"), frame(b'{"v":9}'), frame(b'{"v":1,"type":"tap"}')]
)
def test_garbage_closes_the_connection_and_a_new_one_works(
    core: FakeCore, link: Link, garbage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    link.open_if_due(0.0)
    core.accept()
    core.send_bytes(garbage)

    assert link.receive(1.0) == []
    assert link.socket is None
    assert link.lost_since_s == 1.0
    assert [record.getMessage().split()[0] for record in caplog.records] == ["SCR-04"]

    link.open_if_due(link.next_attempt_s)
    core.accept()
    core.send(sample("home"))
    assert link.receive(2.0) == [sample("home")]


def test_a_core_that_left_is_noticed(core: FakeCore, link: Link) -> None:
    link.open_if_due(0.0)
    core.accept()
    core.hang_up()

    assert link.receive(5.0) == []
    assert link.socket is None


@pytest.mark.parametrize(
    ("lost_for_s", "name", "wait_s"),
    [
        (0.0, "", 2.0),
        (1.5, "", 0.5),
        (2.0, "starting", 18.0),
        (19.0, "starting", 1.0),
        (20.0, "no_core", None),
    ],
)
def test_without_a_core_the_screen_says_so_in_two_steps(
    lost_for_s: float, name: str, wait_s: float | None
) -> None:
    scene = choose_own_scene(lost_for_s)

    assert (scene.name if scene else "") == name
    assert next_change_s(lost_for_s) == wait_s
