"""The rows of the truth table: what happens to a print, and what must be said of the paper then."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from devices.contract import DeviceCode as Code
from devices.contract import NotPrinted, Printed, PrintOutcome, Uncertain

if TYPE_CHECKING:
    from collections.abc import Callable

    import psutil

    from devices.contract import PrintDocument
    from devices.page.driver import IppPrinter
    from tests.devices.printers.cupsd import Cupsd
    from tests.devices.printers.ippeveprinter import IppEvePrinter

DIRECT, QUEUE = "direct", "queue"
BOTH = (DIRECT, QUEUE)
BY_ITSELF = "Backend failed"  # what cupsd writes where its error policy stopped a queue
WAIT_S = 10


@dataclass
class Scene:
    """One printer, the queue before it, and one print."""

    eve: IppEvePrinter
    cupsd: Cupsd | None
    queue: str
    printer: IppPrinter
    document: PrintDocument
    orphans: list[psutil.Process] = field(default_factory=list)

    @property
    def spooler(self) -> Cupsd:
        assert self.cupsd is not None
        return self.cupsd

    def strike_backend(self, how: signal.Signals) -> None:
        """Let the program that sends to our printer crash, or be killed."""
        (backend,) = self.spooler.backends(self.eve.address)
        backend.send_signal(how)
        backend.wait(WAIT_S)
        self.eve.refill()

    def kill_spooler(self) -> None:
        """Let cupsd die; the backend that it has started goes on alone, and gets its paper."""
        self.orphans = self.spooler.helpers()
        self.spooler.kill()
        self.eve.refill()

    def kill_spooler_and_start_it_again(self) -> None:
        self.kill_spooler()
        self.spooler.start()


@dataclass(frozen=True)
class Row:
    """What happens, and what must be said of the paper then."""

    name: str
    kind: type[PrintOutcome]
    code: Code | None = None
    waits_for: Code | None = None
    roads: tuple[str, ...] = BOTH
    copies: tuple[int, ...] = (0,)  # how many may have come out in truth
    before: Callable[[Scene], None] | None = None
    at: dict[str, Callable[[Scene], None]] = field(default_factory=dict)
    pages: int = 1
    policy: str = "retry-current-job"
    own_spooler: bool = False


def no_paper(scene: Scene) -> None:
    scene.eve.paper_out(0)


NO_PAPER, JAM, GONE, STOPPED = (
    Code.PRINTER_PAPER_OUT,
    Code.PRINTER_JAM,
    Code.PRINTER_UNREACHABLE,
    Code.PRINTER_STOPPED,
)


def while_waiting(what: Callable[[Scene], None]) -> dict[str, Callable[[Scene], None]]:
    """The printer has the whole document, and waits for paper: now this happens."""
    return {"sending": no_paper, "waiting": what}


def once_passed_on(what: Callable[[Scene], None]) -> dict[str, Callable[[Scene], None]]:
    """The same, and the queue is known to have passed on the whole document."""
    return {"sending": no_paper, "passed on": what}


ROWS = (
    Row("nothing", Printed, copies=(1,), pages=2),
    Row("refilled", Printed, None, NO_PAPER, copies=(1,), at=while_waiting(lambda it: it.eve.refill())),
    Row(
        "refilled in mid-job",
        Printed,
        None,
        NO_PAPER,
        copies=(1,),
        pages=2,
        at={"sending": lambda it: it.eve.paper_out(1), "waiting": lambda it: it.eve.refill()},
    ),
    Row("jam", NotPrinted, JAM, at={"sending": lambda it: it.eve.jam(0)}),
    Row("jam after a sheet", Uncertain, JAM, at={"sending": lambda it: it.eve.jam(1)}, pages=2),
    Row("toner low", Printed, copies=(1,), before=lambda it: it.eve.toner(5)),
    Row("toner out", NotPrinted, Code.PRINTER_TONER_OUT, before=lambda it: it.eve.toner(0)),
    Row("gone before", NotPrinted, GONE, before=lambda it: it.eve.kill()),
    Row(
        "gone before the first byte",
        NotPrinted,
        GONE,
        roads=(DIRECT,),
        at={"sending": lambda it: it.eve.kill()},
    ),
    # The queue takes it, and would print it whenever the printer is back: it is cancelled there.
    Row(
        "gone before its queue sent",
        Uncertain,
        GONE,
        roads=(QUEUE,),
        at={"sending": lambda it: it.eve.kill()},
    ),
    Row("gone while it prints", Uncertain, GONE, NO_PAPER, at=while_waiting(lambda it: it.eve.kill())),
    Row(
        "backend killed after it sent all",
        Printed,
        None,
        NO_PAPER,
        (QUEUE,),
        (1,),
        at=once_passed_on(lambda it: it.strike_backend(signal.SIGKILL)),
    ),
    Row(
        "backend crashed, and started again",  # CUPS sends the job a second time, and says "completed"
        Uncertain,
        Code.JOB_COUNT_SHORT,
        NO_PAPER,
        (QUEUE,),
        (1, 2),
        at=once_passed_on(lambda it: it.strike_backend(signal.SIGSEGV)),
    ),
    Row(
        "backend crashed, and the queue stopped",  # resumed, it would send the job a second time
        Uncertain,
        STOPPED,
        NO_PAPER,
        (QUEUE,),
        (1,),
        at=once_passed_on(lambda it: it.strike_backend(signal.SIGSEGV)),
        policy="stop-printer",
    ),
    Row(
        "queue stopped by itself before",
        Printed,
        roads=(QUEUE,),
        copies=(1,),
        before=lambda it: it.spooler.pause(it.queue, BY_ITSELF),
    ),
    Row(
        "queue stopped by itself before it sent anything",
        Printed,
        None,
        STOPPED,
        (QUEUE,),
        (1,),
        at={"sending": lambda it: it.spooler.pause(it.queue, BY_ITSELF)},
    ),
    Row(
        "queue paused by a person before",
        NotPrinted,
        STOPPED,
        roads=(QUEUE,),
        before=lambda it: it.spooler.pause(it.queue),
    ),
    Row(
        "queue paused by a person before it sent anything",
        NotPrinted,
        STOPPED,
        STOPPED,
        (QUEUE,),
        at={"sending": lambda it: it.spooler.pause(it.queue)},
    ),
    Row(
        "spooler killed",
        Uncertain,
        GONE,
        NO_PAPER,
        (QUEUE,),
        (0, 1),
        at=while_waiting(Scene.kill_spooler),
        own_spooler=True,
    ),
    Row(
        "spooler killed and started again",  # it has forgotten the job
        Uncertain,
        Code.JOB_VANISHED,
        NO_PAPER,
        (QUEUE,),
        (0, 1),
        at=while_waiting(Scene.kill_spooler_and_start_it_again),
        own_spooler=True,
    ),
)
