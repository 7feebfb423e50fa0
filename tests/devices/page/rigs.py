"""The printers that the contract suite runs on, with one way to disturb them."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from devices.simulators.page.faults import Fault, FaultName
from devices.simulators.page.simulator import PagePrinterSimulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE_TIME = timedelta(seconds=0.03)


class Rig(Protocol):
    """A printer that can be made to run out of paper and to jam."""

    address: str

    def paper_out(self, after: int) -> None:
        """No paper for the sheet after this many, until mended."""
        ...

    def jam(self, after: int) -> None:
        """The sheet after this many jams."""
        ...

    def mend(self) -> None:
        """Refill, unjam; returns when the printer is ready again."""
        ...

    def printed(self) -> list[bytes]:
        """The documents that came out whole."""
        ...


class SimulatorRig:
    """Our own simulator, in this process."""

    def __init__(self, simulator: PagePrinterSimulator, spool: Path) -> None:
        self.address = simulator.address
        self._simulator = simulator
        self._spool = spool

    def paper_out(self, after: int) -> None:
        self._simulator.fault(Fault(FaultName.PAPER_OUT, after=after))

    def jam(self, after: int) -> None:
        self._simulator.fault(Fault(FaultName.JAM, after=after))

    def mend(self) -> None:
        self._simulator.clear()

    def printed(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self._spool.glob("*.pdf"))]


@contextmanager
def running_simulator(spool: Path) -> Iterator[SimulatorRig]:
    """Our simulator on a free port, fast enough for tests."""
    with closing(PagePrinterSimulator(spool, page_time=PAGE_TIME)) as simulator:
        simulator.start()
        yield SimulatorRig(simulator, spool)
