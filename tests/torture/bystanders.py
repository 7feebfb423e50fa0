"""The platform that answers late or never, and the orders that arrive when nobody wants them any more."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from backend_client.contract import Pickup, PlatformCode
from devices.contract import Printed
from kiosk.domain.offline import OfflineCode
from kiosk.flow import commands as c
from kiosk.flow import events as e
from kiosk.scene.nodes import walk
from kiosk.scene.wire import Tap
from kiosk.work.paper_check import is_pickup

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from kiosk.core.engine import Dispatch
    from kiosk.flow.commands import Command
    from kiosk.flow.events import Event
    from kiosk.scene.contract import Scene
    from kiosk.work.paper_tools import PaperOrder
    from tests.torture.mixing_papers import MixingPapers
    from tests.torture.residents import Resident
    from tests.torture.whole_kiosk import WholeKiosk
    from tests.torture.witness import Witness

AS_OF = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
LONGEST_DELAY_S, LATE_S = 0.01, 0.15
BARRIER = "no such issuance"
PATIENCE_S = 20.0
_PAPER_ORDERS = (c.PreparePaper, c.PrepareSlip, c.VoidPaper, c.RecordWord)


class Bystanders:
    """Stands where platform, staff and a slow machine stand; knows the right answers and gives them badly."""

    def __init__(
        self, witness: Witness, papers: MixingPapers, dice: random.Random, swaps: float, late: float
    ) -> None:
        self._witness = witness
        self._papers = papers
        self._dice = dice
        self._swaps = swaps
        self._late = late
        self._lock = threading.Lock()
        self._answers: list[tuple[float, Event]] = []
        self._orders: list[tuple[float, PaperOrder]] = []
        self._prepared: dict[str, tuple[c.PrintPaper, c.PreparePaper | c.PrepareSlip]] = {}
        self._asked: dict[str, c.PreparePaper | c.PrepareSlip] = {}
        self._slips: dict[int, list[Pickup]] = {}
        self._at_barrier = threading.Event()
        self.swapped = 0

    def dispatch_for(self, kiosk: WholeKiosk) -> Dispatch:
        """What the engine of this kiosk hands its commands to."""

        def dispatch(command: Command, at: float) -> None:
            self._check(command)
            match command:
                case c.LookUp():
                    self._look_up(command)
                case c.CallStaff():
                    kiosk.mailbox.post(e.StaffCalled(e.StaffCallState.RECORDED))
                case c.CancelPrint(session):
                    kiosk.worker.cancel(session)
                case c.PrintPaper():
                    self._print(kiosk, command, at)
                case c.EndSession():
                    kiosk.worker.order(command, at)
                    self._regret(command.session)
                case c.CheckStaff() | c.LoadDesk() | c.RetryParked():
                    pass  # nobody of the staff comes today; their word is given by `Interleaved`
                case c.LoadPicture():
                    pass  # nothing to see
                case c.RecordRating():
                    pass  # it owes the platform a row of its own, which no paper rests on
                case c.TryDevice() | c.RecordTest() | c.RecordRefill() | c.LoadBench():
                    pass  # and no technician
                case c.PrintSheet():
                    kiosk.mailbox.post(e.SheetSettled(Printed(1)))
                case _:
                    self._note(command)
                    kiosk.worker.order(command, at)

        return dispatch

    def on_event(self, event: Event) -> None:
        """Any thread tells what the paper's worker posted."""
        self._witness.on_event(event)
        match event:
            case e.PaperPrepared(session=session, issuance=issuance, number=number):
                asked = self._asked[session]
                self._witness.count("slips" if is_pickup(number) else "papers prepared")
                order = c.PrintPaper(session, issuance, number, asked.identity)
                with self._lock:
                    self._prepared[session] = (order, asked)
                if isinstance(asked, c.PrepareSlip):
                    pickup = Pickup(
                        number=number,
                        kind="JZ",
                        purpose=asked.purpose,
                        copies=asked.copies,
                        requested_at=AS_OF,
                    )
                    self._slips.setdefault(self._witness.who[session], []).append(pickup)
            case e.UncertainPapers():
                self._at_barrier.set()
            case _:
                pass

    def waiting(self) -> list[int]:
        """Who has a slip in hand."""
        return list(self._slips)

    def due(self, kiosk: WholeKiosk) -> list[Event]:
        """The answers whose time has come; orders whose time has come are handed on."""
        now = time.monotonic()
        with self._lock:
            answers = [event for at, event in self._answers if at <= now]
            orders = [order for at, order in self._orders if at <= now]
            self._answers = [each for each in self._answers if each[0] > now]
            self._orders = [each for each in self._orders if each[0] > now]
        for order in orders:
            self._witness.count("late orders")
            kiosk.worker.order(order, now)
        return answers

    def touch(self, kiosk: WholeKiosk, scene: Scene, action: str) -> None:
        """A finger on the control with this action, as that scene showed it."""
        node = next(node for node in walk(scene.nodes) if node.action == action)
        kiosk.mailbox.hear(Tap(scene.seq, node.id))

    def forget(self) -> None:
        """The kiosk died: what was under way to it is lost."""
        with self._lock:
            self._answers, self._orders = [], []
            self._prepared.clear()

    def drain(self, kiosk: WholeKiosk) -> None:
        """Wait until the paper's worker has done all that it was ever told."""
        time.sleep(LATE_S)
        for event in self.due(kiosk):
            kiosk.mailbox.post(event)
        self._at_barrier.clear()
        kiosk.worker.order(c.RecordWord(BARRIER, came_out=True), time.monotonic())
        end = time.monotonic() + PATIENCE_S
        while not kiosk.power.is_off() and not self._at_barrier.wait(0.05):
            assert time.monotonic() < end, "the paper's worker never came to its end"

    def _check(self, command: Command) -> None:
        """Whoever a command names must be the person of its session."""
        if isinstance(command, c.LookUp | c.PreparePaper | c.PrepareSlip | c.PrintPaper):
            person = self._witness.town.residents[self._witness.who[command.session]]
            if command.identity.number != person.identity.number:
                self._witness.fault(f"mixed: {type(command).__name__} names somebody else")

    def _note(self, command: Command) -> None:
        if isinstance(command, c.PreparePaper | c.PrepareSlip):
            self._asked[command.session] = command
        if isinstance(command, c.PreparePaper):
            self._witness.counts["reprints asked for"] += bool(command.reprint_of)
            self._witness.counts["pick-ups asked for"] += bool(command.pickup)

    def _print(self, kiosk: WholeKiosk, order: c.PrintPaper, at: float) -> None:
        with self._lock:
            self._prepared.pop(order.session, None)
        kept = kiosk.worker._papers.get(order.issuance)
        another = self._papers.another(self._witness.who[order.session])
        if kept and another and self._dice.random() < self._swaps:
            paper, code = another
            kiosk.worker._papers[order.issuance] = replace(kept, paper=paper, qr=code)
            self.swapped += 1
        kiosk.worker.order(order, at)
        if self._dice.random() < self._late:
            self._later(order)  # a second touch that was stuck somewhere

    def _regret(self, session: str) -> None:
        """What the person had begun arrives after the end, when somebody else may stand there."""
        with self._lock:
            prepared = self._prepared.pop(session, None)
        asked = self._asked.get(session) if prepared else None
        if prepared and self._dice.random() < self._late:
            self._later(prepared[0])
        if isinstance(asked, c.PreparePaper) and self._dice.random() < self._late:
            self._later(replace(asked, purpose="vehicle", issuance="", reprint_of=""))

    def _later(self, order: PaperOrder) -> None:
        with self._lock:
            self._orders.append((time.monotonic() + self._dice.uniform(0, LATE_S), order))

    def _look_up(self, command: c.LookUp) -> None:
        resident = self._witness.town.residents[self._witness.who[command.session]]
        session = command.session
        fates: tuple[tuple[float, Callable[[], None]], ...] = (
            (0.05, lambda: self._witness.count("lost answers")),
            (0.05, lambda: self._answer(e.LookupFailed(session, PlatformCode.TOO_SLOW))),
            (0.02, lambda: self._answer(e.PersonUnknown(session))),
            (0.10, lambda: self._answer_late(self._found(session, resident))),
            (0.05, lambda: self._answer_twice(self._found(session, resident))),
            (0.12, lambda: self._answer_offline(session, resident)),
            (0.10, lambda: self._answer(self._out_of_reach(session))),
            (1.00, lambda: self._answer(self._found(session, resident))),
        )
        chance = self._dice.random()
        for share, act in fates:
            chance -= share
            if chance < 0:
                act()
                return

    def _answer(self, event: Event, longest: float = LONGEST_DELAY_S) -> None:
        with self._lock:
            self._answers.append((time.monotonic() + self._dice.uniform(0, longest), event))

    def _answer_late(self, event: Event) -> None:
        self._witness.count("late answers")
        self._answer(event, LATE_S)

    def _answer_twice(self, event: Event) -> None:
        self._answer(event)
        self._answer(event, LATE_S)

    def _found(self, session: str, resident: Resident) -> Event:
        pickups = tuple(self._slips.get(resident.index, ()))[:1]
        return e.HouseholdFound(session, resident.household, resident.member, True, None, pickups)

    def _answer_offline(self, session: str, resident: Resident) -> None:
        refused = OfflineCode.NOT_FRESH if self._dice.random() < 0.3 else None
        record = e.OfflineRecord(AS_OF - timedelta(hours=self._dice.randrange(60)), refused)
        self._witness.count("offline answers")
        self._answer(e.LineChanged(PlatformCode.UNREACHABLE))
        self._answer(e.HouseholdFound(session, resident.household, resident.member, True, record))

    def _out_of_reach(self, session: str) -> Event:
        self._witness.count("offline answers")
        return e.HouseholdOutOfReach(session, PlatformCode.UNREACHABLE, OfflineCode.NOT_HELD)
