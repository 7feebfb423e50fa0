"""The engine: events one by one, scenes with growing numbers, taps only on the scene that stands there."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.core.engine import Engine, Flow, Outside, find_touchable
from kiosk.core.mailbox import Mailbox
from kiosk.flow.commands import CallStaff, EndSession, LookUp
from kiosk.flow.events import (
    CardLaid,
    CardLifted,
    ClockTicked,
    IdentityRead,
    LineChanged,
    Tapped,
    TimeNearlyUp,
    TimeUp,
)
from kiosk.flow.timer import Timer
from kiosk.scene.contract import Language, Node, Role, Scene, Text, TextSize, Theme
from kiosk.scene.wire import Hello, Painted, Tap, decode_scene
from tests.core.stand import PATIENCE_S, LogBook
from tests.work.builders import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.flow.commands import Command
    from kiosk.flow.events import Event


@dataclass(frozen=True)
class Told:
    """A flow that remembers what it was told; a tap and a time-out begin a new turn."""

    events: tuple[Event, ...] = ()
    page: int = 0
    turn: int = 0


def step(state: Told, event: Event) -> tuple[Told, tuple[Command, ...]]:
    told = replace(state, events=(*state.events, event))
    match event:
        case Tapped():
            return replace(told, page=told.page + 1, turn=told.turn + 1), (CallStaff("test"),)
        case TimeUp():
            return replace(told, page=0, turn=told.turn + 1), (EndSession("session"),)
        case IdentityRead(card_read, card):
            return told, (LookUp(card_read, card),)
        case CardLifted():
            raise ZeroDivisionError("a bug of the flow")
        case _:
            return told, ()


def view(state: Told) -> Scene:
    ticks = sum(isinstance(event, LineChanged) for event in state.events)
    nodes = (
        Node("band", Role.BAND, Text(literal=str(ticks))),
        Node("foot", Role.FOOT, children=(Node("next", Role.BUTTON, Text("k"), action="next"),)),
        Node("shut", Role.BUTTON, action="shut", enabled=False),
        Node("mute", Role.TEXT),
    )
    return Scene(f"page{state.page}", 0, Language.ZH, TextSize.NORMAL, Theme.STANDARD, nodes)


@dataclass
class Rig:
    """An engine in a thread of its own; what it published and dispatched."""

    short_s: float = 30.0
    scenes: list[Scene] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    book: LogBook = field(default_factory=LogBook)
    exit_code: int | None = None

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        flow = Flow(Told(), step, view, self._limit)
        outside = Outside(self._publish, lambda: datetime(2026, 11, 23, tzinfo=UTC), self.book.log)
        self.mailbox = Mailbox()
        self.engine = Engine(self.mailbox, flow, outside)
        self.thread = threading.Thread(target=self._run)
        self.engine.begin()
        self.thread.start()

    def await_scene(self, name: str) -> Scene:
        with self._changed:
            assert self._changed.wait_for(lambda: self.scenes[-1].name == name, PATIENCE_S)
            return self.scenes[-1]

    def stop(self) -> tuple[Event, ...]:
        """End the engine after all that was posted; what its flow was told."""
        self.mailbox.end(0)
        self.thread.join(PATIENCE_S)
        return self.engine._state.events

    def _run(self) -> None:
        self.exit_code = self.engine.run(self._dispatch)

    def _limit(self, state: Told) -> Timer:
        return Timer(state.turn, timedelta(seconds=self.short_s), timedelta(seconds=self.short_s / 2))

    def _dispatch(self, command: Command, _caused_at: float) -> None:
        self.commands.append(command)

    def _publish(self, payload: bytes) -> None:
        with self._changed:
            self.scenes.append(decode_scene(payload))
            self._changed.notify_all()


@pytest.fixture
def rig() -> Iterator[Rig]:
    made = Rig()
    yield made
    made.stop()


def test_the_first_scene_is_there_before_anything_happened(rig: Rig) -> None:
    assert [scene.name for scene in rig.scenes] == ["page0"]
    assert rig.scenes[0].seq == 1


def test_a_touch_becomes_the_action_of_its_node(rig: Rig) -> None:
    rig.mailbox.hear(Tap(1, "next"))
    scene = rig.await_scene("page1")

    told = rig.stop()

    assert scene.seq == 2
    assert told[-1] == Tapped("next")
    assert rig.commands == [CallStaff("test")]


@pytest.mark.parametrize("tap", [Tap(0, "next"), Tap(2, "next"), Tap(1, "shut"), Tap(1, "mute"), Tap(1, "?")])
def test_a_touch_on_a_scene_that_is_gone_or_on_nothing_is_dropped(rig: Rig, tap: Tap) -> None:
    rig.mailbox.hear(tap)

    told = rig.stop()

    assert [type(event) for event in told] == [ClockTicked]
    assert len(rig.scenes) == 1
    assert len(rig.book.lines("tap_dropped")) == 1


def test_a_touch_counts_although_the_band_has_changed_meanwhile(rig: Rig) -> None:
    """Minutes pass and lines go down while a finger is on its way."""
    rig.mailbox.post(LineChanged(None))
    rig.mailbox.hear(Tap(1, "next"))

    scene = rig.await_scene("page1")

    assert scene.seq == 3


def test_no_click_through_when_two_touches_come_at_once(rig: Rig) -> None:
    rig.mailbox.hear(Tap(1, "next"))
    rig.mailbox.hear(Tap(1, "next"))

    told = rig.stop()

    assert told.count(Tapped("next")) == 1


def test_a_scene_that_did_not_change_is_not_sent_again(rig: Rig) -> None:
    for _ in range(10):
        rig.mailbox.post(CardLaid())

    rig.stop()

    assert len(rig.scenes) == 1


def test_a_turn_that_nobody_answers_is_warned_and_ended() -> None:
    rig = Rig(short_s=0.1)
    rig.mailbox.hear(Tap(1, "next"))
    rig.await_scene("page1")
    rig.await_scene("page0")

    told = rig.stop()

    assert told[told.index(Tapped("next")) :][:3] == (Tapped("next"), TimeNearlyUp(1), TimeUp(1))
    assert EndSession("session") in rig.commands


def test_the_log_tells_every_step_in_milliseconds_and_nothing_else(rig: Rig) -> None:
    rig.mailbox.post(IdentityRead("session", identity()))
    rig.mailbox.hear(Hello(1080, 1920))
    rig.mailbox.hear(Tap(1, "next"))
    scene = rig.await_scene("page1")
    rig.mailbox.hear(Painted(scene.seq))

    rig.stop()

    [sent] = [line for line in rig.book.lines("scene_sent") if line["name"] == "page1"]
    [painted] = rig.book.lines("scene_painted")
    assert 0 <= sent["ms"] < 1000
    assert painted["name"] == "page1"
    assert 0 <= painted["ms"] < 1000
    everything = str(rig.book.lines())
    assert identity().name not in everything
    assert identity().number not in everything


def test_the_trace_of_a_session_names_events_and_scenes(rig: Rig) -> None:
    rig.mailbox.post(IdentityRead("session", identity()))
    rig.mailbox.hear(Tap(1, "next"))
    rig.await_scene("page1")
    rig.stop()

    steps = list(rig.engine.trace.of_session("session"))

    assert [(step.cause, step.scene) for step in steps] == [("IdentityRead", "page0"), ("Tapped", "page1")]


def test_a_touchable_node_is_found_at_any_depth() -> None:
    nodes = view(Told()).nodes

    assert find_touchable(nodes, "next") == nodes[1].children[0]
    assert find_touchable(nodes, "shut") is None
