"""A printer that keeps every page it was handed, and whose word is as good as that of real ones."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from devices.contract import DeviceCode, JobRef, NotPrinted, Printed, PrinterReady, Uncertain

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from datetime import timedelta

    from devices.contract import PrintDocument, PrinterStatus, PrintObserver, PrintOutcome

STEPS = ("before", "creating", "created", "sending", "accepted", "after")
_PAUSE_S = 0.002


@dataclass(frozen=True, slots=True)
class Sent:
    """One document whose bytes went to the printer, and whose session was live at that moment."""

    job_name: str
    pdf: bytes = field(repr=False)
    live_session: str


@dataclass
class Moods:
    """How often, of all prints, each thing happens; what is left over is printed in peace."""

    refuses: float = 0.06
    fails: float = 0.08
    loses_answer: float = 0.14
    waits: float = 0.10
    dies: float = 0.05  # the kiosk, at one of the steps


@dataclass
class MoodyPrinter:
    """Outlives every kiosk that uses it (`Printer`). `at_step` is told where a print is."""

    dice: random.Random
    live_session: Callable[[], str]
    kill: Callable[[], None]
    moods: Moods = field(default_factory=Moods)
    sent: list[Sent] = field(default_factory=list)
    _jobs: dict[str, str] = field(default_factory=dict)  # uuid -> what the printer will say of it
    _serial: int = 0

    def status(self, deadline: timedelta) -> PrinterStatus:  # noqa: ARG002 - the port's signature
        return PrinterReady("moody")

    def print(self, document: PrintDocument, observer: PrintObserver, deadline: timedelta) -> PrintOutcome:
        del deadline  # it never gets that far
        mood, dies_at = self._mood(), self._dies_at()

        def reach(step: str) -> None:
            if step == dies_at:
                self.kill()

        reach("before")
        if mood == "refuses":
            return NotPrinted(DeviceCode.PRINTER_PAPER_OUT)
        reach("creating")
        observer.creating()
        self._serial += 1
        job = JobRef(document.job_name, f"urn:uuid:{self._serial}", self._serial)
        reach("created")
        observer.created(job)
        reach("sending")
        observer.sending()
        self.sent.append(Sent(document.job_name, document.pdf, self.live_session()))
        self._jobs[job.uuid] = "failed" if mood == "fails" else "completed"
        reach("accepted")
        if mood == "loses_answer":
            return Uncertain(DeviceCode.JOB_ANSWER_LOST)
        observer.accepted()
        reach("after")
        if mood == "waits" and self._waits(observer):
            self._jobs[job.uuid] = "failed"
            return NotPrinted(DeviceCode.JOB_CANCELLED)
        return NotPrinted(DeviceCode.JOB_ABORTED) if mood == "fails" else Printed(document.pages)

    def settle(self, job: JobRef, pages: int, deadline: timedelta) -> PrintOutcome:  # noqa: ARG002 - the port's signature
        self._perhaps_die()
        match self._jobs.get(job.uuid):
            case "completed" if self.dice.random() < 0.8:
                return Printed(pages)
            case "failed":
                return NotPrinted(DeviceCode.JOB_ABORTED)
            case _:
                return Uncertain(DeviceCode.JOB_VANISHED)

    def withdraw(self, job_name: str, deadline: timedelta) -> NotPrinted | Uncertain:  # noqa: ARG002 - the port's signature
        self._perhaps_die()
        if self.dice.random() < 0.1:
            return Uncertain(DeviceCode.PRINTER_UNREACHABLE)
        return NotPrinted(DeviceCode.JOB_CANCELLED)

    def close(self) -> None:
        """Nothing to let go of."""

    def _perhaps_die(self) -> None:
        """In the middle of a recovery too."""
        if self.dice.random() < self.moods.dies:
            self.kill()

    def _waits(self, observer: PrintObserver) -> bool:
        """Out of paper for a while; True where somebody gave up meanwhile."""
        for _ in range(self.dice.randint(5, 60)):
            if observer.wants_cancel():
                return True
            threading.Event().wait(_PAUSE_S)
        return False

    def _mood(self) -> str:
        chance = self.dice.random()
        for mood in ("refuses", "fails", "loses_answer", "waits"):
            chance -= getattr(self.moods, mood)
            if chance < 0:
                return mood
        return "prints"

    def _dies_at(self) -> str:
        return self.dice.choice(STEPS) if self.dice.random() < self.moods.dies else ""
