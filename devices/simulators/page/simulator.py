"""The page printer simulator as an object: for tests, and for the program around it."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from devices.simulators.page.desk import Desk
from devices.simulators.page.faults import CLOSED_DOORS, EXCHANGE_FAULTS, Fault, FaultBoard, FaultName
from devices.simulators.page.front import Front
from devices.simulators.page.press import Press, PressState
from devices.simulators.page.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path

    from devices.simulators.page.jobs import Job

PAGE_TIME = timedelta(seconds=0.6)


class PagePrinterSimulator:
    """An IPP printer on loopback that stores what it prints in `spool`; port 0 takes any free port."""

    def __init__(
        self,
        spool: Path,
        port: int = 0,
        page_time: timedelta = PAGE_TIME,
        omits: frozenset[str] = frozenset(),
        device: str | None = None,
    ) -> None:
        """`omits`: job attributes that it does not report, as many real printers do not.

        `device`: it says that it is a spooler's queue of the printer there (and prints all the same).
        """
        self._place = _hold_place(port)
        self._port: int = self._place.getsockname()[1]
        self._press = Press(Spool(spool), page_time)
        self._omits = omits
        self._device = device
        self._board = FaultBoard()
        self._front: Front | None = None
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        """Where it serves, also while the port is closed by a fault."""
        return f"ipp://127.0.0.1:{self._port}/ipp/print"

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Copies of all jobs that it remembers, oldest first."""
        return self._press.jobs()

    @property
    def impressions(self) -> int:
        """Sheets that came out since the start, of whichever job."""
        return self._press.state().impressions

    @property
    def faults(self) -> tuple[FaultName, ...]:
        """What is wrong now, or still to go wrong."""
        return (*self._board.names, *self._press.state().faults)

    def state(self) -> PressState:
        """The machine's own view of itself."""
        return self._press.state()

    def start(self) -> Self:
        """Begin to serve and to print."""
        self._press.start()
        self._open_port()
        return self

    def fault(self, fault: Fault | FaultName) -> None:
        """Let something go wrong; a bare name strikes once (line) or stays until cleared (machine)."""
        order = fault if isinstance(fault, Fault) else Fault(fault)
        if order.name in EXCHANGE_FAULTS | CLOSED_DOORS:
            self._board.add(order)
        else:
            self._press.strike(order)
        if order.name is FaultName.REFUSE_CONNECTION:
            self._close_port()

    def clear(self) -> None:
        """Mend everything, fill the tray and open the port again."""
        self._board.clear()
        self._press.clear()
        self._open_port()

    def supply(self, percents: dict[str, int]) -> None:
        """Set the levels of these supplies; KeyError where it has no such."""
        self._press.supply(percents)

    def collect(self) -> tuple[str, ...]:
        """Take the papers out of the output tray: the names of their files."""
        return self._press.collect()

    def close(self) -> None:
        """End at once. Calling it twice is harmless."""
        self._board.clear()
        self._close_port()
        self._press.close()
        self._place.close()

    def _open_port(self) -> None:
        with self._lock:
            if self._front is None:
                desk = Desk(self.address, self._press, self._omits, self._device)
                self._front = Front(self._port, desk, self._board)

    def _close_port(self) -> None:
        with self._lock:
            front, self._front = self._front, None
            if front is not None:
                front.shut_down()


def _hold_place(port: int) -> socket.socket:
    """A bound socket that never listens: it keeps the port ours while a fault has closed it."""
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        place.bind(("127.0.0.1", port))
    except OSError:
        place.close()
        raise
    return place
