"""What is said of the paper, and what came out: at a printer that we did not write, and through cupsd.

The table of findings about CUPS as a test: it says "completed" where nothing came out, and may print twice.
All rows run at once, each on a printer and a queue of its own, for CUPS looks at its printers once a second.
"""

from __future__ import annotations

import signal
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import psutil
import pytest

from devices.contract import DeviceCode as Code
from devices.contract import NotPrinted, Printed, PrinterReady, PrinterStatus, PrintOutcome, Uncertain
from devices.page.driver import IppPrinter
from devices.page.timings import Timings
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker
from tests.devices.printers.avahi import running_avahi
from tests.devices.printers.cupsd import running_cupsd
from tests.devices.printers.ippeveprinter import running_ippeveprinter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from devices.contract import PrintDocument
    from tests.devices.printers.cupsd import Cupsd
    from tests.devices.printers.ippeveprinter import IppEvePrinter

pytestmark = pytest.mark.xdist_group("truth table")

DEADLINE = timedelta(seconds=20)
TIMINGS = Timings(link=timedelta(seconds=1.5), fault=timedelta(seconds=1.5), closing=timedelta(seconds=2))
AT_ONCE = 6
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
    Row("gone while it prints", Uncertain, GONE, NO_PAPER, at=while_waiting(lambda it: it.eve.kill())),
    Row(
        "backend killed after it sent all",
        Printed,
        None,
        NO_PAPER,
        (QUEUE,),
        (1,),
        at=while_waiting(lambda it: it.strike_backend(signal.SIGKILL)),
    ),
    Row(
        "backend crashed, and started again",  # CUPS sends the job a second time, and says "completed"
        Uncertain,
        Code.JOB_COUNT_SHORT,
        NO_PAPER,
        (QUEUE,),
        (1, 2),
        at=while_waiting(lambda it: it.strike_backend(signal.SIGSEGV)),
    ),
    Row(
        "backend crashed, and the queue stopped",  # resumed, it would send the job a second time
        Uncertain,
        STOPPED,
        NO_PAPER,
        (QUEUE,),
        (1,),
        at=while_waiting(lambda it: it.strike_backend(signal.SIGSEGV)),
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
CASES = [pytest.param(row, road, id=f"{row.name}-{road}") for row in ROWS for road in row.roads]


@dataclass(frozen=True)
class Result:
    """What was said, and what came out."""

    status: PrinterStatus
    outcome: PrintOutcome
    onlooker: Onlooker
    copies: int


Results = dict[tuple[str, str], "Future[Result]"]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    """Every row on every road, run once."""
    pairs = [(row, road) for row in ROWS for road in row.roads]
    folders = tmp_path_factory.mktemp("rows")
    with running_avahi(), running_cupsd() as cupsd, ThreadPoolExecutor(AT_ONCE) as pool:

        def play(number: int, row: Row, road: str) -> Result:
            folder = folders / str(number)
            folder.mkdir()
            if road == DIRECT:
                return _play(row, folder, None, "")
            if not row.own_spooler:
                return _play(row, folder, cupsd, f"queue{number}")
            with running_cupsd() as own:
                return _play(row, folder, own, f"queue{number}")

        futures = [pool.submit(play, number, row, road) for number, (row, road) in enumerate(pairs)]
        yield {(row.name, road): each for (row, road), each in zip(pairs, futures, strict=True)}


def _play(row: Row, folder: Path, cupsd: Cupsd | None, queue: str) -> Result:
    with running_ippeveprinter(folder) as eve:
        if cupsd is not None:
            cupsd.add_queue(queue, eve.address, row.policy)
        if row.own_spooler and cupsd is not None:
            cupsd.stop()  # which writes the queue down; a killed one has forgotten it
            cupsd.start()
        address = cupsd.address(queue) if cupsd else eve.address
        with closing(IppPrinter(address, timings=TIMINGS)) as printer:
            scene = Scene(eve, cupsd, queue, printer, make_document(row.pages))
            if row.before is not None:
                row.before(scene)
            status = printer.status(DEADLINE)
            onlooker = Onlooker({moment: _once(act, scene) for moment, act in row.at.items()})
            outcome = printer.print(scene.document, onlooker, DEADLINE)
            eve.refill()
            psutil.wait_procs(scene.orphans, WAIT_S)
            return Result(status, outcome, onlooker, eve.printed_names().count(scene.document.job_name))


def _once(act: Callable[[Scene], None], scene: Scene) -> Callable[[], None]:
    """A job may come to wait for one thing after the other."""
    ahead = [act]

    def happen() -> None:
        if ahead:
            ahead.pop()(scene)

    return happen


@pytest.mark.parametrize(("row", "road"), CASES)
def test_what_is_said_is_what_came_out(results: Results, row: Row, road: str) -> None:
    result = results[row.name, road].result()

    assert isinstance(result.outcome, row.kind), result.outcome
    assert getattr(result.outcome, "code", None) is row.code, result.outcome
    assert result.copies in row.copies
    assert result.onlooker.told.count("creating") <= 1
    if row.waits_for is not None:
        assert result.onlooker.waited_for()[0] is row.waits_for


@pytest.mark.parametrize("road", BOTH)
def test_low_toner_is_a_warning_and_no_obstacle(results: Results, road: str) -> None:
    status = results["toner low", road].result().status

    assert isinstance(status, PrinterReady)
    assert "toner-low" in status.warnings
    assert [supply.percent for supply in status.facts.supplies] == [25, 5]
