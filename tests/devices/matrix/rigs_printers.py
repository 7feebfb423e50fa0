"""The receipt printer and the page printer, each at its simulator. A use prints one document."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from devices.contract import Printed
from devices.escpos.driver import EscposPrinter
from devices.escpos.timings import Timings as SlipTimings
from devices.page.driver import IppPrinter
from devices.page.timings import Timings as PageTimings
from devices.simulators.escpos.printer import ReceiptSimulator
from devices.simulators.mishaps import Mishap
from devices.simulators.page.faults import EXCHANGE_FAULTS, Fault, FaultName
from devices.simulators.page.simulator import PagePrinterSimulator
from devices.simulators.wires import TerminalWire
from tests.devices.escpos.rigs import WIDTH, document
from tests.devices.matrix.rigs import UNTIL_CLEARED, Clock, Used
from tests.devices.matrix.rigs_box import mishap
from tests.devices.page.documents import make_document
from tests.devices.page.onlooker import Onlooker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
    closing=timedelta(seconds=0.3),
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
        self._slips = 0

    def make_ready(self) -> None:
        """Slips of before were taken."""
        self._slips = len(self._simulator.slips)

    def hang_up(self) -> None:
        self._driver.close()

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        onlooker = Onlooker() if midway is None else _Between(midway)
        clock = Clock()
        outcome = clock.call(lambda deadline: self._driver.print(document(), onlooker, deadline), _DEADLINE)
        return Used(outcome, clock.late_s)

    def fault(self, name: str, moment: Moment) -> None:
        del moment
        self._simulator.fault(mishap(name) if name in set(Mishap) else {"name": name})

    def clear(self) -> None:
        self._simulator.clear()

    def is_well(self, used: Used) -> bool:
        return used.outcome == Printed(1) and len(self._simulator.slips) > self._slips

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

    def make_ready(self) -> None:
        """Papers of before were taken."""
        self._simulator.collect()

    def hang_up(self) -> None:
        self._driver.close()

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        """Midway the job was created, and no byte of the document was sent."""
        onlooker = Onlooker({} if midway is None else {"sending": midway})
        clock = Clock()
        outcome = clock.call(
            lambda deadline: self._driver.print(make_document(pages=2), onlooker, deadline), _DEADLINE
        )
        return Used(outcome, clock.late_s)

    def fault(self, name: str, moment: Moment) -> None:
        del moment
        order = FaultName(name)
        count = UNTIL_CLEARED if order in EXCHANGE_FAULTS else 1
        self._simulator.fault(Fault(order, count, seconds=0.1))

    def clear(self) -> None:
        self._simulator.clear()

    def is_well(self, used: Used) -> bool:
        return used.outcome == Printed(2) and len(self._simulator.collect()) > 0

    def node(self) -> str:
        return ""

    def close(self) -> None:
        self._driver.close()
        self._simulator.close()
