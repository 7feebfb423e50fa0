"""Residents who come one after the other, each with a card and a paper, as fast as core and screen can go.

Engine, flow, views and wire are the core's own; only devices and platform are played.
"""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Self

from devices.contract import Printed
from kiosk.core.engine import Engine, Flow, Outside
from kiosk.core.mailbox import Mailbox
from kiosk.core.trace import KEPT_STEPS
from kiosk.flow import commands as c
from kiosk.flow import events as e
from kiosk.flow.states import initial
from kiosk.flow.step import step
from kiosk.flow.timer import timer
from kiosk.flow.view import view
from kiosk.scene.nodes import walk
from kiosk.scene.wire import Painted, Tap, decode_scene
from tests.flow.people import NOW
from tests.flow.situations import PLAN
from tests.screen.sample_parts import paper_png
from tests.torture.residents import Town

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.flow.commands import Command
    from kiosk.flow.states import Kiosk
    from kiosk.log import Log
    from kiosk.scene.contract import Scene
    from kiosk.scene.wire import ScreenMessage
    from tests.torture.residents import Resident

RESIDENTS = 300
PATIENCE_S = 20.0
MOST_PAGES = 40  # of one session; more is a circle
# What a resident touches, the first that the page offers.
WAYS = (
    "confirm",
    "service:residence",
    "purpose:school",
    "print",
    "grade:",
    "rated",
    "finish",
    "skip",
    "noted",
)
FAREWELLS = {"take_card", "ended"}


class SimulatedHall:
    """`show` brings a scene to the screen, whose answers go to `hear`. Use it as a context."""

    def __init__(self, show: Callable[[bytes], None], log: Log, residents: int = RESIDENTS) -> None:
        self._show = show
        self._mailbox = Mailbox()
        self._town = Town(residents)
        self._by_number = {each.identity.number: each for each in self._town.residents}
        self._paper = paper_png(210, 297)
        self._changed = threading.Condition()
        self._scene: Scene | None = None
        self._painted = 0
        self._served = 0
        flow = Flow(initial(PLAN, NOW), step, view, timer)
        self._engine: Engine[Kiosk] = Engine(self._mailbox, flow, Outside(self._publish, lambda: NOW, log))
        self._thread = threading.Thread(target=self._engine.run, args=(self._dispatch,), name="engine")

    def __enter__(self) -> Self:
        for moment in range(KEPT_STEPS):  # a core that has run for long has its ring of steps full
            self._engine.trace.record("before", "attract", moment)
        self._engine.begin()
        self._thread.start()
        self._await_page(0)
        return self

    def __exit__(self, *_: object) -> None:
        self._mailbox.end(0)
        self._thread.join()

    def hear(self, message: ScreenMessage) -> None:
        """The screen said something; any thread."""
        self._mailbox.hear(message)
        if isinstance(message, Painted):
            with self._changed:
                self._painted = max(self._painted, message.seq)
                self._changed.notify_all()

    def serve(self, sessions: int) -> None:
        """So many residents come and go."""
        for _ in range(sessions):
            self._serve(self._town.residents[self._served % len(self._town.residents)])
            self._served += 1

    def _serve(self, resident: Resident) -> None:
        before = self._painted
        self._mailbox.post(e.CardLaid())
        self._mailbox.post(e.IdentityRead(str(uuid.uuid4()), resident.identity))
        for _ in range(MOST_PAGES):
            scene = self._await_page(before)
            if scene.name == "attract":
                return
            self._act(scene)
            before = scene.seq
        raise AssertionError("a session that does not end")

    def _act(self, scene: Scene) -> None:
        offered = [node for node in walk(scene.nodes) if node.action and node.enabled]
        for way in WAYS:
            node = next((each for each in offered if each.action.startswith(way)), None)
            if node:
                self._mailbox.hear(Tap(scene.seq, node.id))
                return
        if scene.name in FAREWELLS:
            self._mailbox.post(e.CardLifted())

    def _await_page(self, after: int) -> Scene:
        """The present page once it is painted and newer than seq `after`."""

        def is_there() -> bool:
            return self._scene is not None and self._painted == self._scene.seq > after

        with self._changed:
            if not self._changed.wait_for(is_there, PATIENCE_S) or self._scene is None:
                raise AssertionError(f"after {self._scene.name if self._scene else 'nothing'} no page came")
            return self._scene

    def _publish(self, payload: bytes) -> None:
        with self._changed:
            self._scene = decode_scene(payload)
        self._show(payload)

    def _dispatch(self, command: Command, _at: float) -> None:
        """Devices and platform answer at once."""
        match command:
            case c.LookUp(session, identity):
                person = self._by_number[identity.number]
                self._mailbox.post(
                    e.HouseholdFound(session, person.household, person.member, name_matches=True)
                )
            case c.PreparePaper(session=session, purpose=purpose, copies=copies):
                number = f"610525001003-JZ-2026-{self._served % 1_000_000:06}-4"
                self._mailbox.post(
                    e.PaperPrepared(session, str(uuid.uuid4()), number, purpose, copies, (self._paper,))
                )
            case c.PrintPaper(session=session):
                self._mailbox.post(e.PrintAccepted(session))
                self._mailbox.post(e.PrintSettled(session, Printed(1)))
            case _:
                pass  # nothing that this resident waits for
