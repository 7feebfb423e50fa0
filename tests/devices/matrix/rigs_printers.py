"""The receipt printer and the page printer, each at its simulator. A use prints one document."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PIL import Image

from devices.contract import NotPrinted, Printed, Uncertain
from devices.escpos.driver import EscposPrinter
from devices.escpos.timings import Timings as SlipTimings
from devices.page.driver import IppPrinter
from devices.page.timings import Timings as PageTimings
from devices.simulators.escpos.printer import MachineFault, ReceiptSimulator
from devices.simulators.mishaps import Mishap
from devices.simulators.page.faults import EXCHANGE_FAULTS, Fault, FaultName
from devices.simulators.page.simulator import PagePrinterSimulator
from devices.simulators.wires import TerminalWire
from tests.devices.escpos.rigs import WIDTH, is_printed, slip_document
from tests.devices.matrix.rigs import LASTING, Clock, Used, has_struck
from tests.devices.matrix.rigs_box import is_met, mishap
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from devices.contract import PrintOutcome
    from tests.devices.matrix.rows import Moment

_DEADLINE = timedelta(seconds=1.5)
# Patient with answers, for the machine may be busy; impatient where nothing will come anyway.
_SLIP_TIMINGS = SlipTimings(
    answer_s=0.4, quiet_s=0.05, look_s=0.03, stuck_s=0.15, proof_s=0.3, paper_patience_s=0.3, closing_s=0.1
)
_PAPER_PATIENCE = timedelta(seconds=0.2)
_PAGE_TIMINGS = PageTimings(
    connect=timedelta(seconds=0.25),
    answer=timedelta(seconds=0.5),
    document=timedelta(seconds=0.5),
    link=timedelta(seconds=0.5),
    fault=timedelta(seconds=0.2),
    closing=timedelta(seconds=1.5),  # seen late where the machine is busy
)
_PAGE_TIME = timedelta(seconds=0.02)


class _Between(Onlooker):
    """Lets it happen when the first of three blocks was sent."""

    _LOOKS = 2

    def __init__(self, happens: Callable[[], None]) -> None:
        super().__init__({"between": happens})
        self._looks = 0

    def wants_cancel(self) -> bool:
        self._looks += 1
        if self._looks == self._LOOKS:
            self._happened("between")
        return False


class ReceiptRig:
    """Prints a slip of three blocks on a device file, as of a printer on USB."""

    def __init__(self, folder: Path, lane: int) -> None:
        del lane
        self._link = folder / "receipt"
        self._simulator = ReceiptSimulator(TerminalWire(self._link), folder / "slips", WIDTH)
        self._driver = EscposPrinter(f"file://{self._link}?paper=80", _SLIP_TIMINGS)
        self._hides_it = False

    def make_ready(self) -> None:
        """It always is."""

    def hang_up(self) -> None:
        self._driver.close()

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        onlooker = Onlooker() if midway is None else _Between(midway)
        clock, document, before = Clock(), slip_document(), len(self._simulator.slips)
        outcome = clock.call(lambda deadline: self._driver.print(document, onlooker, deadline), _DEADLINE)
        # What was left of a slip before comes out first, cut off by itself.
        came_out = [Image.open(path) for path in self._simulator.slips[before:]]
        copies = sum(is_printed(each, *document.bitmaps) for each in came_out)
        return Used(outcome, clock.late_s, self._hides_it or _agree(outcome, copies))

    def fault(self, name: str, moment: Moment) -> None:
        del moment
        self._hides_it = name == MachineFault.PRINTS_NOTHING
        self._simulator.fault(mishap(name) if name in set(Mishap) else {"name": name})

    def is_met(self) -> bool:
        return is_met(self._simulator.answering)

    def clear(self) -> None:
        self._hides_it = False
        self._simulator.clear()

    def is_well(self, used: Used) -> bool:
        return used.outcome == Printed(1)

    def node(self) -> str:
        return str(self._link.readlink())

    def close(self) -> None:
        self._driver.close()
        self._simulator.close()


class PageRig:
    """Prints a document of two pages over IPP."""

    def __init__(self, folder: Path, lane: int) -> None:
        del lane
        self._simulator = PagePrinterSimulator(folder / "pages", page_time=_PAGE_TIME).start()
        self._driver = IppPrinter(self._simulator.address, _PAPER_PATIENCE, _PAGE_TIMINGS)
        self._papers: list[str] = []
        self._denied: list[str] = []  # jobs that were told of as not printed

    def make_ready(self) -> None:
        """It always is."""

    def hang_up(self) -> None:
        self._driver.close()

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        """Midway the job was created, and no byte of the document was sent."""
        onlooker = Onlooker({} if midway is None else {"sending": midway})
        clock, document = Clock(), make_document(pages=2)
        outcome = clock.call(lambda deadline: self._driver.print(document, onlooker, deadline), _DEADLINE)
        self._papers += self._simulator.collect()
        if isinstance(outcome, NotPrinted):
            self._denied.append(document.job_name)
        is_true = _agree(outcome, self._copies(document.job_name)) and not any(
            map(self._copies, self._denied)
        )
        return Used(outcome, clock.late_s, is_true)

    def fault(self, name: str, moment: Moment) -> None:
        del moment
        order = FaultName(name)
        count = LASTING if order in EXCHANGE_FAULTS else 1
        self._simulator.fault(Fault(order, count, seconds=0.1))

    def is_met(self) -> bool:
        """A closed port and a dead line hold no list of strikes."""
        exchanges = (fault for fault in self._simulator._board._pending if fault.name in EXCHANGE_FAULTS)
        return has_struck(exchanges)

    def clear(self) -> None:
        self._simulator.clear()

    def is_well(self, used: Used) -> bool:
        return used.outcome == Printed(2)

    def node(self) -> str:
        return ""

    def close(self) -> None:
        self._driver.close()
        self._simulator.close()

    def _copies(self, job_name: str) -> int:
        return sum(job_name in paper for paper in self._papers)


def _agree(outcome: PrintOutcome, copies: int) -> bool:
    """Whether what is said of the paper is so; who is uncertain says nothing."""
    match outcome:
        case Printed():
            return copies == 1
        case NotPrinted():
            return copies == 0
        case Uncertain():
            return copies <= 1
