"""The I/O board, the UPS and the code scanner, each at its simulator."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from devices.board.driver import SerialIoBoard
from devices.contract import BoardReading, CodeScanned, UpsReading
from devices.scanner.driver import SerialCodeScanner
from devices.scanner.frames import STALE_S
from devices.simulators.board.board import BoardSimulator
from devices.simulators.mishaps import Mishap
from devices.simulators.scanner.scanner import ScannerSimulator
from devices.simulators.ups.upsd import UpsSimulator
from devices.simulators.wires import TcpWire, TerminalWire
from devices.ups.driver import NutUps
from tests.devices.matrix.rigs import LASTING, Clock, Used, WatchedWire, has_struck
from tests.devices.matrix.rows import Moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from devices.simulators.control import Request
    from devices.simulators.mishaps import Answering

_PATIENT = timedelta(seconds=1)  # longer than a slow answer takes
_PULLED = {Mishap.DISCONNECT, Mishap.NEW_NODE}


def mishap(name: str) -> Request:
    """The order for a fault of the line: a cable is pulled once, all else lasts."""
    return {"name": name, "count": 1 if name in _PULLED else LASTING}


def is_met(answering: Answering) -> bool:
    """Whether the fault has struck."""
    return has_struck(answering.mishaps._orders)


class BoardRig:
    """Asks for the contacts; the door opens or closes before each use."""

    def __init__(self, folder: Path, lane: int) -> None:
        del lane
        self._link = folder / "board"
        self._wire = WatchedWire(TerminalWire(self._link))
        self._simulator = BoardSimulator(self._wire)
        self._driver = SerialIoBoard(self._simulator.address)

    def make_ready(self) -> None:
        self._simulator.door_open = not self._simulator.door_open

    def hang_up(self) -> None:
        self._driver.close()

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        """The first exchange over a new line asks which board it is; the second one meets the fault."""
        if midway is not None:
            self._driver.close()
        self._wire.on_answered = midway
        clock = Clock()
        outcome = clock.call(self._driver.status)
        is_true = not isinstance(outcome, BoardReading) or outcome.door_open == self._simulator.door_open
        return Used(outcome, clock.late_s, is_true)

    def fault(self, name: str, moment: Moment) -> None:
        del moment
        self._simulator.answering.order(mishap(name))

    def is_met(self) -> bool:
        return is_met(self._simulator.answering)

    def clear(self) -> None:
        self._simulator.answering.clear()

    def is_well(self, used: Used) -> bool:
        return isinstance(used.outcome, BoardReading)

    def node(self) -> str:
        return str(self._link.readlink())

    def close(self) -> None:
        self._driver.close()
        self._simulator.close()


class UpsRig:
    """Asks for all variables: one exchange, so that a fault comes between question and answer."""

    def __init__(self, folder: Path, lane: int) -> None:
        del folder, lane
        self._wire = WatchedWire(TcpWire("nut", 0, "/ups"))
        self._simulator = UpsSimulator(self._wire)
        self._driver = NutUps(self._simulator.address)

    def make_ready(self) -> None:
        """It always is."""

    def hang_up(self) -> None:
        self._driver.close()

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        self._wire.on_heard = midway
        clock = Clock()
        outcome = clock.call(self._driver.status, _PATIENT)
        is_true = not isinstance(outcome, UpsReading) or (outcome.on_battery, outcome.charge_percent) == (
            False,
            100,
        )
        return Used(outcome, clock.late_s, is_true)

    def fault(self, name: str, moment: Moment) -> None:
        del moment
        self._simulator.answering.order(mishap(name))

    def is_met(self) -> bool:
        return is_met(self._simulator.answering)

    def clear(self) -> None:
        self._simulator.answering.clear()

    def is_well(self, used: Used) -> bool:
        return isinstance(used.outcome, UpsReading)

    def node(self) -> str:
        return ""

    def close(self) -> None:
        self._driver.close()
        self._simulator.close()


class ScannerRig:
    """Holds a code under the scanner that was not there before, and waits for it."""

    _SENT_S = 5.0  # no fault holds a code up for so long

    def __init__(self, folder: Path, lane: int) -> None:
        del lane
        self._link = folder / "scanner"
        self._wire = TerminalWire(self._link)
        self._simulator = ScannerSimulator(self._wire, b"\r")
        self._driver = SerialCodeScanner(f"{self._simulator.address}?end=cr")
        self._numbers = count(1)
        self._shown: list[str] = []
        self._is_half_there = False

    def make_ready(self) -> None:
        """A scanner says nothing to whoever has not opened its port; half a code is forgotten in a second."""
        if self._is_half_there:
            time.sleep(STALE_S)
            self._is_half_there = False

    def hang_up(self) -> None:
        self._driver.close()

    def use(self, midway: Callable[[], None] | None = None) -> Used:
        code = f"CODE-{next(self._numbers):06}"
        self._shown.append(code)
        clock = Clock()
        clock.call(self._driver.status)
        hand = threading.Thread(target=self._show, args=(code, midway))
        hand.start()
        outcome = clock.call(self._driver.scan, _PATIENT)
        hand.join(self._SENT_S)
        is_true = not isinstance(outcome, CodeScanned) or outcome.text in self._shown
        return Used(outcome, clock.late_s, is_true)

    def fault(self, name: str, moment: Moment) -> None:
        is_cut_short = name == Mishap.SILENT and moment is Moment.DURING
        self._is_half_there = name == Mishap.HALF_ANSWER or is_cut_short
        self._simulator.fault(mishap(name))

    def is_met(self) -> bool:
        return is_met(self._simulator._answering)

    def clear(self) -> None:
        self._simulator.clear()

    def is_well(self, used: Used) -> bool:
        return used.outcome == CodeScanned(self._shown[-1])

    def node(self) -> str:
        return str(self._link.readlink())

    def close(self) -> None:
        self._driver.close()
        self._simulator.close()

    def _show(self, code: str, midway: Callable[[], None] | None) -> None:
        raw = code.encode()
        if midway is not None:
            self._wire.write(raw[:4])
            midway()
            raw = raw[4:]
        self._simulator.scan(raw)
