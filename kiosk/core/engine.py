"""The heart of the core: one mailbox, one thread, one state. It decides nothing; the flow does."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar, assert_never

from kiosk.core.mailbox import Ended, Happened, Heard
from kiosk.core.timer import TurnTimer
from kiosk.core.trace import Trace
from kiosk.flow.commands import EndSession, LookUp
from kiosk.flow.events import (
    ClockTicked,
    ContentArrived,
    LineChanged,
    PictureLoaded,
    Tapped,
    TextTyped,
    TimeUp,
)
from kiosk.log import LogEvent
from kiosk.scene.contract import Role
from kiosk.scene.nodes import walk
from kiosk.scene.wire import Hello, Painted, Tap, Typed, encode_scene
from kiosk.work.frames import Frames

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kiosk.core.mailbox import Mailbox
    from kiosk.flow.commands import Command
    from kiosk.flow.events import Event
    from kiosk.flow.timer import Timer
    from kiosk.log import Log
    from kiosk.scene.contract import Node, Scene
    from kiosk.scene.wire import ScreenMessage

    Dispatch = Callable[[Command, float], None]

State = TypeVar("State")

# What turns a slide, or tells something new on it, while somebody is about to touch the foot below.
_BY_ITSELF = TimeUp | ContentArrived | PictureLoaded | LineChanged


@dataclass(frozen=True, slots=True)
class Flow(Generic[State]):
    """The pure part: how it begins, how it goes on, what is shown, how long it lasts."""

    initial: State
    step: Callable[[State, Event], tuple[State, tuple[Command, ...]]]
    view: Callable[[State], Scene]
    timer: Callable[[State], Timer | None]


@dataclass(frozen=True, slots=True)
class Outside:
    """Where scenes go, and where time comes from."""

    publish: Callable[[bytes], None]
    now: Callable[[], datetime]
    log: Log


class Engine(Generic[State]):
    """Takes events one by one: step, commands, scene, timer."""

    def __init__(self, mailbox: Mailbox, flow: Flow[State], outside: Outside) -> None:
        self._mailbox = mailbox
        self._flow = flow
        self._outside = outside
        self._state = flow.initial
        self._scene = replace(flow.view(flow.initial), seq=0)
        self._same_since = 1  # the seq since which nothing but the band has changed
        self._foot_since = 1  # the same for the foot, where the page above it turned by itself
        self._sent_at = 0.0
        self._timer = TurnTimer()
        self._next_minute = 0.0
        self._dispatch: Dispatch = _nobody_works_yet
        self.trace = Trace()
        self.frames = Frames()

    def begin(self) -> None:
        """Show the first scene; nothing else happens before `run`."""
        self._show(replace(self._scene, seq=1), time.monotonic())

    def run(self, dispatch: Dispatch) -> int:
        """Work until ended; the exit code. `dispatch` gets commands, each with the time of its cause."""
        self._dispatch = dispatch
        while True:
            # In a frame of its own: no event, and so no person, stays behind in a local while it waits.
            exit_code = self._turn()
            if exit_code is not None:
                return exit_code

    def _turn(self) -> int | None:
        now = time.monotonic()
        if now >= self._next_minute:
            self._tick(now)
        due = self._timer.take_due(now)
        if due:
            self._step(due, now)
            return None
        letter = self._mailbox.take(max(0.0, self._wake_at() - now))
        match letter:
            case Happened(event, at):
                self._step(event, at)
            case Heard(message, at):
                self._listen(message, at)
            case Ended(exit_code):
                return exit_code
            case None:
                pass
            case _:
                assert_never(letter)
        return None

    def _wake_at(self) -> float:
        limit_at = self._timer.next_at()
        return self._next_minute if limit_at is None else min(self._next_minute, limit_at)

    def _tick(self, now: float) -> None:
        local = self._outside.now()
        self._next_minute = now + 60 - local.second - local.microsecond / 1e6
        self._step(ClockTicked(local, local.date()), now)

    def _listen(self, message: ScreenMessage, at: float) -> None:
        match message:
            case Tap(seq, node):
                self._touch(seq, node, at)
            case Typed(seq, node, text):
                self._type(seq, node, text, at)
            case Painted(seq):
                self._note_painted(seq, at)
            case Hello(width_px, height_px):
                self._outside.log.info(LogEvent.SCREEN_SIZED, width_px=width_px, height_px=height_px)
            case _:
                assert_never(message)

    def _touch(self, seq: int, node_id: str, at: float) -> None:
        node = self._meant(seq, node_id)
        if node is not None and node.role is not Role.ENTRY:
            self._step(Tapped(node.action), at)

    def _type(self, seq: int, node_id: str, text: str, at: float) -> None:
        node = self._meant(seq, node_id)
        if node is not None and node.role is Role.ENTRY:
            self._step(TextTyped(node.action, text), at)

    def _meant(self, seq: int, node_id: str) -> Node | None:
        """The touchable node of the present scene; None where there is no such one."""
        nodes: tuple[Node, ...] = ()
        if self._same_since <= seq <= self._scene.seq:  # a new minute in the band spoils no touch
            nodes = self._scene.nodes
        elif self._foot_since <= seq <= self._scene.seq:  # and neither does a slide that turns by itself
            nodes = tuple(node for node in self._scene.nodes if node.role is Role.FOOT)
        node = find_touchable(nodes, node_id)
        if node is None:
            # Made on a scene that is gone, or on nothing: it must not touch what lies there now.
            self._outside.log.info(LogEvent.TAP_DROPPED, seq=seq, present=self._scene.seq)
        return node

    def _step(self, event: Event, at: float) -> None:
        self._state, commands = self._flow.step(self._state, event)
        for command in commands:
            self._dispatch(command, at)
            if isinstance(command, LookUp):
                self.trace.begin_session(command.session)
            if isinstance(command, EndSession):
                self.trace.end_session()
        scene = self._flow.view(self._state)
        if replace(scene, seq=self._scene.seq) != self._scene:
            self._show(replace(scene, seq=self._scene.seq + 1), at, by_itself=isinstance(event, _BY_ITSELF))
        now = time.monotonic()
        self._timer.follow(self._flow.timer(self._state), now)
        self._trace(event, now)

    def _trace(self, event: Event, now: float) -> None:
        cause = type(event).__name__
        step = self.trace.record(cause, self._scene.name, now)
        self._outside.log.info(LogEvent.FLOW_STEPPED, cause=cause, scene=step.scene, session=step.session)

    def _show(self, scene: Scene, at: float, *, by_itself: bool = False) -> None:
        if _below_the_band(scene) != _below_the_band(self._scene):
            self._same_since = scene.seq
            if not by_itself or _foot(scene) != _foot(self._scene):
                self._foot_since = scene.seq
        self._scene = scene
        self.frames.sent(scene.seq)
        self._outside.publish(encode_scene(scene))
        self._sent_at = time.monotonic()
        elapsed_ms = round((self._sent_at - at) * 1000, 2)
        self._outside.log.info(LogEvent.SCENE_SENT, name=scene.name, seq=scene.seq, ms=elapsed_ms)

    def _note_painted(self, seq: int, at: float) -> None:
        self.frames.painted(seq)
        if seq == self._scene.seq:
            elapsed_ms = round((at - self._sent_at) * 1000, 2)
            self._outside.log.info(LogEvent.SCENE_PAINTED, name=self._scene.name, seq=seq, ms=elapsed_ms)


def _below_the_band(scene: Scene) -> tuple[str, tuple[Node, ...]]:
    return scene.name, tuple(node for node in scene.nodes if node.role is not Role.BAND)


def _foot(scene: Scene) -> tuple[str, tuple[Node, ...]]:
    return scene.name, tuple(node for node in scene.nodes if node.role is Role.FOOT)


def _nobody_works_yet(_command: Command, _caused_at: float) -> None:
    raise RuntimeError("the engine steps only while it runs")


def find_touchable(nodes: tuple[Node, ...], node_id: str) -> Node | None:
    """The enabled node of this id that has an action."""
    found = (node for node in walk(nodes) if node.id == node_id and node.action and node.enabled)
    return next(found, None)
