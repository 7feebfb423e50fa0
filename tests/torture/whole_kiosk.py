"""A whole appliance in one process: engine, flow, paper's worker and store; only the outside is scripted."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.core.engine import Engine, Flow, Outside
from kiosk.core.mailbox import Mailbox
from kiosk.domain.certificate import IssuingPlace
from kiosk.domain.rules import Rules
from kiosk.flow.states import initial
from kiosk.flow.step import step
from kiosk.flow.timer import timer
from kiosk.flow.view import view
from kiosk.flow.world import Plan
from kiosk.log import Log
from kiosk.scene.wire import decode_scene
from kiosk.work.crew import Crew
from kiosk.work.gate import Gate
from kiosk.work.inbox import ClosedError
from kiosk.work.paper_tools import PaperTools
from kiosk.work.paper_worker import PaperWorker
from kiosk.work.store_state import StoreState
from kiosk.work.writing import Writer
from tests.flow.people import LELOU, NOW
from tests.torture.power import Power, PowerCutError, Powered

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.core.engine import Dispatch
    from kiosk.flow.events import Event
    from kiosk.flow.states import Kiosk
    from kiosk.scene.contract import Scene
    from kiosk.store.store import Store
    from printer_templates.contract import Papers
    from tests.torture.moody_printer import MoodyPrinter

PLACE = IssuingPlace(
    "CG-KSK-03", LELOU, "澄城县城关街道乐楼社区居民委员会", "0913-0000103", "https://platform.example/v"
)
PLAN = Plan("乐楼社区便民服务点", "0913-0000103", Rules(LELOU))
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Around:
    """What outlives the appliance, and who watches it."""

    open_store: Callable[[], Store]
    printer: MoodyPrinter
    papers: Papers
    citizen_key: Callable[[str], str]
    dispatch: Callable[[WholeKiosk], Dispatch]
    on_event: Callable[[Event], None]
    on_scene: Callable[[WholeKiosk, Scene], None]
    fault: Callable[[str], None]


@dataclass
class FaultLines:
    """A log's stream that keeps nothing but bugs."""

    lines: list[str] = field(default_factory=list)

    def write(self, text: str) -> int:
        if "program_fault" in text:
            self.lines.append(text)
        return len(text)

    def flush(self) -> None:
        """Nothing waits here."""


@dataclass
class Mortal:
    """A worker that may die of a power cut: then it ends as if it had been told to."""

    name: str
    work: Callable[[], None]
    end: Callable[[], None]
    on_end: Callable[[], None]

    def run(self) -> None:
        try:
            self.work()
        except PowerCutError as cut:
            raise ClosedError from cut
        finally:
            self.on_end()

    def close(self) -> None:
        self.end()


class WholeKiosk:
    """Lives from `start` until it is killed or stopped."""

    def __init__(self, around: Around) -> None:
        self._around = around
        self.power = Power()
        self.mailbox = Mailbox()
        self.changed = threading.Condition()
        self.scene: Scene | None = None
        self.store = around.open_store()
        self._faults = FaultLines()
        log = Log(self._faults)  # type: ignore[arg-type]  # as much of a stream as a log needs
        flow = Flow(initial(PLAN, NOW), step, view, timer)
        self.engine: Engine[Kiosk] = Engine(self.mailbox, flow, Outside(self._publish, lambda: NOW, log))
        self._may_begin = Gate()
        self.worker = PaperWorker(
            PaperTools(
                open_papers=lambda: Powered(around.papers, self.power),
                printer=Powered(around.printer, self.power),
                journal=Powered(self.store.issuances, self.power),
                build=Writer(PLACE).write,
                citizen_key=around.citizen_key,
                now=lambda: NOW,
                paper_patience=timedelta(seconds=5),
                post=self._post,
                log=log,
                store_state=StoreState(self._post, log),
                may_begin=self._may_begin,
                on_settled=lambda: None,
                on_number_used=lambda: None,
            )
        )
        self._crew = Crew(log, self._die_of_a_bug)

    @property
    def state(self) -> Kiosk:
        """The engine's own state; a moment later it may be another one."""
        return self.engine._state

    def live_session(self) -> str:
        """Whose session it is, "" = nobody's."""
        session = self.state.session
        return session.id if session else ""

    def start(self) -> None:
        """Recover and begin, as after a restart."""
        self.engine.begin()
        self._crew.start(Mortal("paper", self.worker.run, self.worker.close, self._wake))
        self._crew.start(Mortal("engine", self._run_engine, lambda: self.mailbox.end(0), self._wake))
        self._may_begin.wait()

    def kill(self) -> None:
        """As a power cut: nothing that was under way is brought to an end."""
        self.power.cut()
        self.stop()

    def stop(self) -> None:
        """End both threads and let go of the store."""
        if not self._crew.stop(PATIENCE_S):
            self._around.fault("lost: a thread did not come to its end")
        self.store.close()

    def await_change(self, after: int, patience_s: float) -> None:
        """Wait for a scene newer than seq `after`, but no longer than that."""
        end = time.monotonic() + patience_s
        with self.changed:
            while not self.power.is_off() and (self.scene is None or self.scene.seq <= after):
                if not self.changed.wait(max(0.0, end - time.monotonic())):
                    return

    def _run_engine(self) -> None:
        self.engine.run(self._around.dispatch(self))

    def _die_of_a_bug(self) -> None:
        """A thread that died of a bug takes the process with it, as systemd sees it."""
        [line] = self._faults.lines[-1:]
        self._around.fault(f"bug: {json.loads(line)['kind']} < {json.loads(line)['stack'][:100]}")
        self.power.cut()

    def _wake(self) -> None:
        self._may_begin.open()  # who waits for a recovery that died shall see that it died
        with self.changed:
            self.changed.notify_all()

    def _post(self, event: Event) -> None:
        self._around.on_event(event)
        self.mailbox.post(event)

    def _publish(self, payload: bytes) -> None:
        scene = decode_scene(payload)
        self._around.on_scene(self, scene)
        with self.changed:
            self.scene = scene
            self.changed.notify_all()
