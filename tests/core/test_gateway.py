"""The screen's socket: whatever a screen does, the core goes on, and a new screen sees the present scene."""

from __future__ import annotations

import os
import queue
import stat
import struct
import threading
import time
from typing import TYPE_CHECKING

import pytest

from kiosk.core.gateway import Gateway
from kiosk.scene.contract import Language, Node, Role, Scene, TextSize, Theme
from kiosk.scene.wire import Hello, Painted, Tap, encode_message, encode_scene, frame
from kiosk.work.crew import Crew
from tests.core.stand import PATIENCE_S, FakeScreen, LogBook, screen_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.scene.wire import ScreenMessage


class Hall:
    """A running gateway, and what it delivered."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = LogBook()
        self.heard: queue.SimpleQueue[ScreenMessage] = queue.SimpleQueue()
        self.faults = threading.Event()
        self.gateway = Gateway(path, self.heard.put, self.book.log)
        self.crew = Crew(self.book.log, self.faults.set)

    def show(self, seq: int, raster: bytes = b"") -> None:
        node = Node("paper", Role.PAPER, raster=raster)
        scene = Scene(f"scene{seq}", seq, Language.ZH, TextSize.NORMAL, Theme.STANDARD, (node,))
        self.gateway.publish(encode_scene(scene))

    def next_message(self) -> ScreenMessage:
        return self.heard.get(timeout=PATIENCE_S)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path / "run" / "screen.sock")
    made.gateway.open()
    made.crew.start(made.gateway)
    yield made
    assert made.crew.stop(PATIENCE_S)
    assert not made.faults.is_set()


def test_a_new_screen_sees_the_present_scene_at_once(hall: Hall) -> None:
    hall.show(1)
    hall.show(2)

    with screen_at(hall.path) as screen:
        seen = screen.next_scene()

    assert seen.seq == 2


def test_what_the_screen_says_arrives_in_order(hall: Hall) -> None:
    said = (Hello(1080, 1920), Painted(1), Tap(1, "start"))

    with screen_at(hall.path) as screen:
        for message in said:
            screen.say(message)
        heard = tuple(hall.next_message() for _ in said)

    assert heard == said


def test_messages_may_come_in_pieces_and_in_heaps(hall: Hall) -> None:
    data = b"".join(frame(encode_message(Tap(seq, "n"))) for seq in range(20))

    with screen_at(hall.path) as screen:
        for start in range(0, len(data), 7):
            screen.send_raw(data[start : start + 7])
        heard = [hall.next_message() for _ in range(20)]

    assert heard == [Tap(seq, "n") for seq in range(20)]


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        struct.pack(">I", 0),
        struct.pack(">I", 2**31),
        frame(b"not json"),
        frame(b'{"v":2,"type":"tap","seq":1,"node":"a"}'),
        frame(b'{"v":1,"type":"tap","seq":"1","node":"a"}'),
        frame(b'{"v":1,"type":"scene"}'),
        frame(b"\xff\xfe"),
        frame(b"[" * 100_000),
    ],
)
def test_garbage_ends_that_connection_and_no_other(hall: Hall, garbage: bytes) -> None:
    hall.show(1)
    with screen_at(hall.path) as bad:
        bad.send_raw(garbage)
        bad.wait_for_end()

    with screen_at(hall.path) as good:
        seen = good.next_scene()

    assert seen.seq == 1
    assert [line["code"] for line in hall.book.lines("screen_misunderstood")] == ["SCR-04"]


def test_the_newest_screen_wins(hall: Hall) -> None:
    hall.show(1)
    with screen_at(hall.path) as old:
        old.next_scene()
        with screen_at(hall.path) as new:
            old.wait_for_end()
            first = new.next_scene().seq
            hall.show(2)
            second = new.next_scene().seq

    assert (first, second) == (1, 2)


def test_a_screen_that_does_not_read_delays_nobody_and_catches_up_with_the_newest_scene(hall: Hall) -> None:
    big = os.urandom(400_000)
    with screen_at(hall.path) as slow:
        hall.show(1, big)
        slow.next_scene()  # connected

        began = time.monotonic()
        for seq in range(2, 40):
            hall.show(seq, big)
        took_s = time.monotonic() - began
        seen = [slow.next_scene().seq]
        while seen[-1] != 39:
            seen.append(slow.next_scene().seq)

    assert took_s < 3.0  # encoding 38 scenes; a blocking socket would never come back
    assert seen == sorted(set(seen))
    assert len(seen) < 38


def test_a_screen_that_dies_in_the_middle_of_a_scene_harms_nobody(hall: Hall) -> None:
    for _ in range(5):
        hall.show(1, os.urandom(600_000))
        FakeScreen(hall.path).close()

    with screen_at(hall.path) as screen:
        seen = screen.next_scene()

    assert seen.seq == 1


def test_the_socket_is_for_its_owner_and_group_alone(hall: Hall) -> None:
    """The screen is another user of the same group; others do not even see the directory."""
    assert stat.S_IMODE(hall.path.stat().st_mode) == 0o660
    assert stat.S_IMODE(hall.path.parent.stat().st_mode) == 0o700


def test_a_socket_left_behind_by_a_killed_core_is_replaced(hall: Hall) -> None:
    again = Gateway(hall.path, hall.heard.put, hall.book.log)
    again.open()
    crew = Crew(hall.book.log, hall.faults.set)
    crew.start(again)

    with screen_at(hall.path) as screen:
        screen.say(Painted(5))
        heard = hall.next_message()

    assert heard == Painted(5)
    assert crew.stop(PATIENCE_S)
