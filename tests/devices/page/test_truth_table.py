"""What is said of the paper, and what came out: at a printer that we did not write, and through cupsd.

The table of findings about CUPS as a test: it says "completed" where nothing came out, and may print twice.
All rows run at once, each on a printer and a queue of its own, for CUPS looks at its printers once a second.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import psutil
import pytest

from devices.contract import PrinterReady, PrinterStatus, PrintOutcome
from devices.page.conversation import Conversation
from devices.page.deadline import Deadline
from devices.page.driver import IppPrinter
from devices.page.errors import IppError
from devices.page.spooler import passes_on
from devices.page.tags import JobState
from devices.page.timings import Timings
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker
from tests.devices.page.truth_rows import BOTH, DIRECT, QUEUE, ROWS, WAIT_S, Row, Scene
from tests.devices.printers.avahi import running_avahi
from tests.devices.printers.cupsd import running_cupsd
from tests.devices.printers.ippeveprinter import running_ippeveprinter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from devices.page.job import JobReport
    from tests.devices.printers.cupsd import Cupsd
    from tests.devices.printers.ippeveprinter import IppEvePrinter

pytestmark = pytest.mark.xdist_group("truth table")

DEADLINE = timedelta(seconds=20)
TIMINGS = Timings(link=timedelta(seconds=0.6), fault=timedelta(seconds=0.8), closing=timedelta(seconds=2))
AT_ONCE = 8


CASES = [pytest.param(row, road, id=f"{row.name}-{road}") for row in ROWS for road in row.roads]


class QueueOnlooker(Onlooker):
    """Knows one more moment: "passed on", when the driver has seen that the queue has sent all there is."""

    def __init__(self, at: dict[str, Callable[[], None]], address: str) -> None:
        super().__init__(at)
        self._address = address
        self._was_passed_on = False

    def wants_cancel(self) -> bool:
        if "passed on" in self.at and "passed on" not in self.told:
            if self._was_passed_on:  # at the last look; the driver has looked since
                self._happened("passed on")
            job = _ask_queue(self._address, self)
            self._was_passed_on = "waiting" in self.told and job is not None and passes_on(job)
        return super().wants_cancel()


@dataclass(frozen=True)
class Result:
    """What was said, and what came out."""

    status: PrinterStatus
    outcome: PrintOutcome
    onlooker: Onlooker
    copies: int
    queue_says: JobReport | None  # CUPS's own view of the job in the end


Results = dict[tuple[str, str], "Future[Result]"]


@dataclass(frozen=True)
class Stage:
    """The printer of one row, and the queue before it, if any."""

    eve: IppEvePrinter
    cupsd: Cupsd | None
    queue: str


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    """Every row on every road, run once."""
    folders = tmp_path_factory.mktemp("rows")
    pairs = [(row, road) for row in ROWS for road in row.roads]
    with ExitStack() as stack:
        stack.enter_context(running_avahi())
        shared = stack.enter_context(running_cupsd())
        # One after the other, before anything is printed: two new queues at once confuse cupsd's filters.
        stages = [
            _stage(row, road, folders / str(number), shared, stack)
            for number, (row, road) in enumerate(pairs)
        ]
        pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
        yield {
            (row.name, road): pool.submit(_play, row, stage)
            for (row, road), stage in zip(pairs, stages, strict=True)
        }


def _stage(row: Row, road: str, folder: Path, shared: Cupsd, stack: ExitStack) -> Stage:
    folder.mkdir()
    eve = stack.enter_context(running_ippeveprinter(folder))
    if road == DIRECT:
        return Stage(eve, None, "")
    cupsd = stack.enter_context(running_cupsd()) if row.own_spooler else shared
    cupsd.add_queue(queue := f"queue{folder.name}", eve.address, row.policy)
    if row.own_spooler:
        cupsd.stop()  # which writes the queue down; a killed one has forgotten it
        cupsd.start()
    return Stage(eve, cupsd, queue)


def _play(row: Row, stage: Stage) -> Result:
    eve, cupsd = stage.eve, stage.cupsd
    address = cupsd.address(stage.queue) if cupsd else eve.address
    with closing(IppPrinter(address, timings=TIMINGS)) as printer:
        scene = Scene(eve, cupsd, stage.queue, printer, make_document(row.pages))
        if row.before is not None:
            row.before(scene)
        status = printer.status(DEADLINE)
        onlooker = QueueOnlooker({moment: _once(act, scene) for moment, act in row.at.items()}, address)
        outcome = printer.print(scene.document, onlooker, DEADLINE)
    eve.refill()
    for orphan in psutil.wait_procs(scene.orphans, WAIT_S)[1]:
        orphan.kill()
    copies = eve.printed_names().count(scene.document.job_name)
    return Result(status, outcome, onlooker, copies, _ask_queue(address, onlooker) if cupsd else None)


def _ask_queue(address: str, onlooker: Onlooker) -> JobReport | None:
    if onlooker.job is None:
        return None
    with closing(Conversation(address, TIMINGS)) as talk, suppress(IppError):
        return talk.job(onlooker.job.id, Deadline.after(DEADLINE))
    return None


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


def test_nothing_is_left_in_the_queue_for_a_printer_that_comes_back(results: Results) -> None:
    left = results["gone before its queue sent", QUEUE].result().queue_says

    assert left is not None
    assert left.state == JobState.CANCELED


def test_the_word_of_the_queue_alone_would_have_been_wrong(results: Results) -> None:
    """Why it is not taken; a CUPS with neither of these two lies would be the time to think again."""
    twice = results["backend crashed, and started again", QUEUE].result()
    jammed = results["jam", QUEUE].result()

    assert twice.queue_says is not None
    assert jammed.queue_says is not None
    says_printed_once = twice.queue_says.state == JobState.COMPLETED and twice.copies > 1
    counts_what_jammed = bool(jammed.queue_says.impressions) and jammed.copies == 0
    assert says_printed_once or counts_what_jammed
