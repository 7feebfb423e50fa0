"""The printers that the contract suite runs on, each with one way to open, feed and disturb it."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from devices.contract import DeviceCode
from devices.escpos.driver import EscposPrinter
from devices.page.driver import IppPrinter
from devices.page.standby import StandbyPrinter
from devices.page.timings import PAPER_PATIENCE, Timings
from devices.simulators.page.faults import Fault, FaultName
from devices.simulators.page.simulator import PagePrinterSimulator
from tests.devices.escpos.rigs import HEIGHT, is_printed, running_receipt_printer, slip_document
from tests.devices.escpos.rigs import TIMINGS as RECEIPT_TIMINGS
from tests.devices.page.documents import make_document
from tests.devices.printers.cupsd import running_cupsd
from tests.devices.printers.ippeveprinter import running_ippeveprinter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from devices.contract import PrintDocument, Printer
    from tests.devices.escpos.rigs import ReceiptRig
    from tests.devices.printers.cupsd import Cupsd
    from tests.devices.printers.ippeveprinter import IppEvePrinter

PAGE_TIME = timedelta(seconds=0.03)
SHORT = timedelta(seconds=0.4)
TIMINGS = Timings(fault=SHORT, closing=SHORT)
_QUEUE_TIMINGS = Timings(fault=SHORT, closing=timedelta(seconds=2))  # CUPS looks at its printer once a second


class Rig(Protocol):
    """A printer that can be made to run out of paper and to jam."""

    paper_out_code: DeviceCode
    jam_code: DeviceCode
    unfed_code: DeviceCode  # nobody put paper in
    late_code: DeviceCode  # it waited for paper until the deadline
    most_pages: int
    tells_model: bool
    remembers_jobs: bool  # whether the printer can be asked after a restart what became of a job

    def open(self, paper_patience: timedelta = PAPER_PATIENCE) -> Printer:
        """A new driver for it; whoever asked for it closes it."""
        ...

    def document(self, pages: int = 1) -> PrintDocument:
        """Something that it can print, unlike anything before."""
        ...

    def copies(self, document: PrintDocument) -> int:
        """How often this document has come out whole."""
        ...

    def paper_out(self, after: int) -> None:
        """No paper for the sheet after this many, until mended."""
        ...

    def jam(self, after: int) -> None:
        """The sheet after this many jams."""
        ...

    def mend(self) -> None:
        """Refill, unjam; returns when the printer is ready again."""
        ...


class _PageRig:
    """What all page printers have in common."""

    paper_out_code = DeviceCode.PRINTER_PAPER_OUT
    jam_code = DeviceCode.PRINTER_JAM
    unfed_code = DeviceCode.JOB_CANCELLED
    late_code = DeviceCode.JOB_TOO_SLOW
    most_pages = 3
    tells_model = True
    remembers_jobs = True

    def document(self, pages: int = 1) -> PrintDocument:
        return make_document(pages)


class SimulatorRig(_PageRig):
    """Our own simulator, in this process."""

    def __init__(self, simulator: PagePrinterSimulator, spool: Path) -> None:
        self._simulator = simulator
        self._spool = spool

    def open(self, paper_patience: timedelta = PAPER_PATIENCE) -> Printer:
        return IppPrinter(self._simulator.address, paper_patience, TIMINGS)

    def copies(self, document: PrintDocument) -> int:
        return [path.read_bytes() for path in self._spool.glob("*.pdf")].count(document.pdf)

    def paper_out(self, after: int) -> None:
        self._simulator.fault(Fault(FaultName.PAPER_OUT, after=after))

    def jam(self, after: int) -> None:
        self._simulator.fault(Fault(FaultName.JAM, after=after))

    def mend(self) -> None:
        self._simulator.clear()


class EveRig(_PageRig):
    """CUPS's own ippeveprinter."""

    def __init__(self, eve: IppEvePrinter) -> None:
        self._eve = eve

    def open(self, paper_patience: timedelta = PAPER_PATIENCE) -> Printer:
        return IppPrinter(self._eve.address, paper_patience, TIMINGS)

    def copies(self, document: PrintDocument) -> int:
        return self._eve.printed().count(document.pdf)

    def paper_out(self, after: int) -> None:
        self._eve.paper_out(after)

    def jam(self, after: int) -> None:
        self._eve.jam(after)

    def mend(self) -> None:
        self._eve.mend()


class QueueRig(EveRig):
    """The same behind a queue of cupsd, whose filters write the PDF anew."""

    remembers_jobs = False  # its word on a job at which nobody looked on is no proof

    def __init__(self, eve: IppEvePrinter, cupsd: Cupsd) -> None:
        super().__init__(eve)
        self._cupsd = cupsd

    def open(self, paper_patience: timedelta = PAPER_PATIENCE) -> Printer:
        return IppPrinter(self._cupsd.address("kiosk"), paper_patience, _QUEUE_TIMINGS)

    def copies(self, document: PrintDocument) -> int:
        return self._eve.printed_names().count(document.job_name)


class PairRig(SimulatorRig):
    """A pair whose first printer has no paper: whatever is printed comes from the second."""

    def __init__(self, first: PagePrinterSimulator, second: PagePrinterSimulator, spool: Path) -> None:
        super().__init__(second, spool)
        self._first = first

    def open(self, paper_patience: timedelta = PAPER_PATIENCE) -> Printer:
        self._first.fault(FaultName.PAPER_OUT)
        return StandbyPrinter(IppPrinter(self._first.address, timings=TIMINGS), super().open(paper_patience))


class SlipRig:
    """A receipt printer over ESC/POS: each page is a picture, and a fault strikes after a whole picture."""

    paper_out_code = unfed_code = late_code = DeviceCode.RECEIPT_PAPER_OUT
    jam_code = DeviceCode.RECEIPT_CUTTER
    most_pages = 3
    tells_model = False
    remembers_jobs = False

    def __init__(self, receipts: ReceiptRig) -> None:
        self._receipts = receipts

    def open(self, paper_patience: timedelta = PAPER_PATIENCE) -> Printer:
        timings = replace(RECEIPT_TIMINGS, paper_patience_s=paper_patience.total_seconds())
        return EscposPrinter(self._receipts.address, timings)

    def document(self, pages: int = 1) -> PrintDocument:
        return slip_document(pages)

    def copies(self, document: PrintDocument) -> int:
        return sum(is_printed(slip, *document.bitmaps) for slip in self._receipts.all_slips())

    def paper_out(self, after: int) -> None:
        self._receipts.fault("paper_out", after=after * HEIGHT)

    def jam(self, after: int) -> None:
        self._receipts.fault("cutter", after=after * HEIGHT)

    def mend(self) -> None:
        self._receipts.mend()


@contextmanager
def _slip_rig(folder: Path) -> Iterator[Rig]:
    with running_receipt_printer("tcp", folder) as receipts:
        yield SlipRig(receipts)


@contextmanager
def _simulator_rig(folder: Path) -> Iterator[Rig]:
    with running_page_simulator(folder) as simulator:
        yield SimulatorRig(simulator, folder)


@contextmanager
def _eve_rig(folder: Path) -> Iterator[Rig]:
    with running_ippeveprinter(folder) as eve:
        yield EveRig(eve)


@contextmanager
def _queue_rig(folder: Path) -> Iterator[Rig]:
    with running_ippeveprinter(folder) as eve, running_cupsd() as cupsd:
        cupsd.add_queue("kiosk", eve.address)
        yield QueueRig(eve, cupsd)


@contextmanager
def _pair_rig(folder: Path) -> Iterator[Rig]:
    with running_page_simulator(folder / "1") as first, running_page_simulator(folder / "2") as second:
        yield PairRig(first, second, folder / "2")


@contextmanager
def running_page_simulator(spool: Path) -> Iterator[PagePrinterSimulator]:
    """Our simulator on a free port, fast enough for tests."""
    with closing(PagePrinterSimulator(spool, page_time=PAGE_TIME)) as simulator:
        yield simulator.start()


# Every printer of this project; a new one is entered here and nowhere else.
RIGS: dict[str, Callable[[Path], AbstractContextManager[Rig]]] = {
    "page simulator": _simulator_rig,
    "ippeveprinter": _eve_rig,
    "pair with a stand-by": _pair_rig,
    "receipt printer": _slip_rig,
}
# Seconds for each print, for CUPS looks at its printer once a second: in `make soak`.
SLOW_RIGS: dict[str, Callable[[Path], AbstractContextManager[Rig]]] = {"queue of cupsd": _queue_rig}
